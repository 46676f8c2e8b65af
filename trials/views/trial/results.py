"""What came of the trial, for its page: each registry's record for itself."""

from collections.abc import Sequence

from trials.explain.results import Results, results
from trials.models import Registration


def results_of(registrations: Sequence[Registration]) -> list[tuple[Registration, Results]]:
    """Each registration with its results and papers, in the order given."""
    return [(registration, results(registration.record)) for registration in registrations]
