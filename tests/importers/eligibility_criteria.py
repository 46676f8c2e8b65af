"""Records that hold eligibility criteria, and what is read from one of them."""

from importers.classify.eligibility import Stated, key_eligibility
from importers.registries.slugs import Registry
from trials.choices import Status
from trials.record import TrialRecord

NOTHING_ELSE = "Fever"


def record(inclusion: str = "", exclusion: str = "", whole: str = "", title: str = "") -> TrialRecord:
    return TrialRecord(
        Registry.CTGOV,
        "NCT1",
        "",
        title,
        Status.UNKNOWN,
        inclusion=inclusion,
        exclusion=exclusion,
        eligibility=whole,
    )


def told(facet: str, inclusion: str = "", exclusion: str = "", whole: str = "", title: str = "") -> Stated:
    return key_eligibility(record(inclusion, exclusion, whole, title))[facet]


def joins(facet: str, criterion: str, title: str = "") -> str:
    """The facet's value where a criterion stands among those for joining."""
    return told(facet, criterion, NOTHING_ELSE, title=title).value


def leaves(facet: str, criterion: str, title: str = "") -> str:
    """The facet's value where a criterion stands among those that exclude."""
    return told(facet, "Adults", criterion, title=title).value
