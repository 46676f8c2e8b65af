"""Results and papers that came between two copies of a registration.

A row of an older parser, or of a copy without that part of the record, says nothing of what the registry had.
Only where both copies were read for papers is one that came a change; for results the registry's own day can
prove it too. A copy read again under other rules shows nothing new: the registry did nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from trials.models import TrialEvent
from trials.record import TrialRecord, decode_parts
from trials.results_record import Paper

Kind = TrialEvent.Kind
ABOUT_THE_TRIAL = ("RESULT", "DERIVED")
"""Kinds of papers that are news; those that led to a trial are not."""


def publication_changes(
    before: Mapping[str, Any] | None, record: TrialRecord, fetched_at: datetime
) -> Iterator[tuple[Kind, str]]:
    """Kind and words of each. `before` are the details of the older copy, fetched at `fetched_at`."""
    old = before if isinstance(before, dict) else {}
    if _results_came(old, record, fetched_at):
        yield Kind.RESULTS_POSTED, record.results_posted or ""
    if "papers" in old and old.get("has_results") is not None:
        known = {_key(paper) for paper in decode_parts(old["papers"], Paper)}
        for paper in record.papers:
            if paper.kind in ABOUT_THE_TRIAL and _key(paper) not in known:
                yield Kind.PAPER_ADDED, paper.citation or f"PMID {paper.pmid}"


def _results_came(old: Mapping[str, Any], record: TrialRecord, fetched_at: datetime) -> bool:
    """Whether the older copy said that there are none, or was fetched before the day they were posted."""
    if not record.has_results or old.get("has_results"):
        return False
    if old.get("has_results") is False:
        return True
    return (record.results_posted or "") > timezone.localdate(fetched_at).isoformat()


def _key(paper: Paper) -> str:
    """PubMed's number, else the citation in any spacing."""
    return paper.pmid or " ".join(paper.citation.casefold().split())
