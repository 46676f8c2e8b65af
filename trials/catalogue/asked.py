"""What a trial asks of patients, as the columns that a search narrows by. Pure.

Only a bar that every record states, and that has no limit, shuts anybody out: where records disagree, or a
limit says "while it is active", people ask the hospital. What no record states is in no column.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from trials.choices import NUMBERS, Facet
from trials.explain.match import EXCLUDED, is_limited
from trials.record import StoredFacet

Stated = Mapping[str, StoredFacet]
"""The facets that one record states, by name."""


def asked_columns(records: Sequence[Stated]) -> dict[str, Any]:
    """The columns of `Trial` that say what is asked of patients; `records` are those of one trial."""
    facets = {facet: [record[facet] for record in records if facet in record] for facet in Facet}
    stated = [facet for facet in Facet if facets[facet]]
    barred = [facet for facet in stated if facet not in NUMBERS and _is_bar(facets[facet])]
    limited = [facet for facet in stated if facet not in barred and _is_limited(facets[facet])]
    return {
        "stated": [facet.value for facet in stated],
        "barred": [facet.value for facet in barred],
        "limited": [facet.value for facet in limited],
        "min_prior_lines": _laxest(min, facets[Facet.MIN_PRIOR_LINES]),
        "ecog_max": _laxest(max, facets[Facet.ECOG_MAX]),
    }


def _is_bar(facets: Sequence[StoredFacet]) -> bool:
    """Whether every record keeps people out, and one of them without a limit."""
    return {one["value"] for one in facets} == {EXCLUDED} and not all(map(is_limited, facets))


def _is_limited(facets: Sequence[StoredFacet]) -> bool:
    """Whether it depends: the records disagree, or one has a limit."""
    return len({one["value"] for one in facets}) > 1 or any(map(is_limited, facets))


def _laxest(pick: Callable[[Iterable[int]], int], facets: Sequence[StoredFacet]) -> int | None:
    """The number that shuts out fewest, None where no record states one that can be read."""
    numbers = [int(one["value"]) for one in facets if one["value"].isdecimal() and len(one["value"]) < 3]
    return pick(numbers) if numbers else None
