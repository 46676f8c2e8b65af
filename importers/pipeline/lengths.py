"""No text of a record is longer than anything a registry takes: pages, feeds and the search stay of a size.

ClinicalTrials.gov's forms end at 300 characters for a title, 600 for an official one, 5,000 for a summary,
20,000 for criteria, 32,000 for a description (PRS data element definitions); CTRI names no limits. What is
longer is damage: it is cut, and noted.
"""

from typing import Any

import msgspec

from trials.record import TrialRecord

LONGEST, LONGEST_PROSE = 10_000, 100_000
"""Characters of a text, and of those in `PROSE`. A whole record of fewer than that is not looked at."""
PROSE = ("summary", "description", "eligibility", "inclusion", "exclusion")


def within_limits(record: TrialRecord) -> TrialRecord:
    """The record, with a notice for each field in which something was cut."""
    cut: dict[str, int] = {}
    fields = {
        name: _cut(value, name, LONGEST_PROSE if name in PROSE else LONGEST, cut)
        for name, value in msgspec.to_builtins(record).items()
    }
    if not cut:
        return record
    fields["notices"] += [{"field": name, "value": f"{size} characters: cut"} for name, size in cut.items()]
    return msgspec.convert(fields, TrialRecord)


def _cut(value: Any, field: str, limit: int, cut: dict[str, int]) -> Any:
    if isinstance(value, str) and len(value) > limit:
        cut[field] = max(len(value), cut.get(field, 0))
        return value[:limit]
    if isinstance(value, list | tuple):
        return [_cut(item, field, limit, cut) for item in value]
    if isinstance(value, dict):
        return {key: _cut(item, field, limit, cut) for key, item in value.items()}
    return value
