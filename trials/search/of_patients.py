"""The filters of what a trial requires of patients. None hides a trial that requires it of some only.

Only `stated` requires that trials state something. The columns are made by `trials.catalogue.asked`.
"""

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.choices import Facet
from trials.search import parameters as read
from trials.search import reasons
from trials.search.filter_row import Control, Filter, closed
from trials.search.parameters import Taken

LINES = (0, 20)
ECOG = (0, 4)
PATIENT = {
    Facet.PRIOR_CAR_T: _("Had CAR T before"),
    Facet.PRIOR_SAME_TARGET: _("Had another treatment against the same antigen"),
    Facet.CNS_DISEASE: _("Cancer in the brain or spinal cord"),
    Facet.PRIOR_ALLO_SCT: _("Had a transplant from a donor"),
    Facet.HEPATITIS_B_C: _("Has hepatitis B or C"),
    Facet.HIV: _("Has HIV"),
}
"""What is true of the patient, by the facet that may exclude such patients. Its name is the parameter's."""


def _of_patient(facet: Facet, words: Promise) -> Filter:
    return Filter(
        facet.value,
        _("ok: leaves out trials that never take such patients; those that do not say stay."),
        **closed(Taken) | {"label": lambda _value: str(words)},
        where=lambda _value: ~Q(barred__contains=[facet.value]),
        counted=True,
        reason=reasons.of_patient(facet),
        legend=words,
        control=Control.TICK,
        asked=True,
    )


def _at_most(number: int) -> Q:
    """Trials that require no more earlier treatments than these."""
    return Q(min_prior_lines__lte=number) | _not_of_everyone(Facet.MIN_PRIOR_LINES, "min_prior_lines")


def _at_least(score: int) -> Q:
    """Trials that take people with this ECOG score."""
    return Q(ecog_max__gte=score) | _not_of_everyone(Facet.ECOG_MAX, "ecog_max")


def _not_of_everyone(facet: Facet, column: str) -> Q:
    return Q(**{column: None}) | Q(limited__contains=[facet.value])


OF_PATIENTS = (
    Filter(
        "lines",
        _("Lines of treatment had; leaves out trials that ask for more."),
        read.whole(*LINES),
        where=_at_most,
        numbers=range(6),
        label=lambda number: gettext("Treatments had: %d") % number,
        reason=reasons.of_number(Facet.MIN_PRIOR_LINES, "min_prior_lines"),
        legend=_("Different treatments had for this cancer"),
        control=Control.FIELD,
        asked=True,
        limits=LINES,
    ),
    Filter(
        "ecog",
        _("ECOG score of the patient; leaves out trials that take only lower ones."),
        read.whole(*ECOG),
        where=_at_least,
        numbers=range(5),
        label=lambda score: gettext("ECOG score %d") % score,
        reason=reasons.of_number(Facet.ECOG_MAX, "ecog_max"),
        legend=_("ECOG score (0 fully active, 4 always in bed)"),
        control=Control.FIELD,
        asked=True,
        limits=ECOG,
    ),
    *(_of_patient(facet, words) for facet, words in PATIENT.items()),
    Filter(
        "stated",
        _("Facet of `eligibility` of which the trial must say something; of several, of each."),
        **closed(Facet),
        repeats=True,
        column="stated",
        lookup="contains",
        reason=reasons.of_values("stated", _("The registry says something about: %s.")),
        legend=_("Only trials that say something about"),
        control=Control.BOXES,
        asked=True,
    ),
)
