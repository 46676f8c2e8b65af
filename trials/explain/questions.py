"""Questions for the doctor, fitted to one trial: what its record leaves open and its kind of trial brings.

Pure: from a trial's facts to questions; no answer is guessed. A question says where the record is silent.
The order is that of the sheet, where only the first ones find room: first whether there is a place at all
and what it costs, then the treatment, then life around it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trials import vocabulary
from trials.choices import CellSource, Facet
from trials.explain.key_eligibility import key_points
from trials.models import Trial
from trials.record import StoredRecord

FIRST_PHASES = {"EARLY_PHASE1", "PHASE1"}
ADULT_YEARS = 18
FERTILE_UNTIL_YEARS = 55
FEW_CITIES = 3
ASKED_IN_RECORDS = (Facet.PRIOR_CAR_T, Facet.CNS_DISEASE, Facet.PRIOR_ALLO_SCT, Facet.HEPATITIS_B_C)
FOR_EVERYONE = ("stay-mentioned", "side-effects", "far", "fails", "harm", "follow-up", "leaving")
"""Questions that need no trial to make sense, in the order to ask them."""
_RANDOM = re.compile(r"(?<!non-)(?<!non )(?<!not )\brandomi[sz](?:ed|ation)", re.I)
_BRIDGING = re.compile(r"\bbridging\b", re.I)
_STAY = re.compile(r"\b(?:hospitali[sz]\w+|in-?patient|hospital stay)", re.I)
_COST = re.compile(r"\b(?:free of (?:cost|charge)|reimburs\w+|borne by)\b", re.I)
_FERTILITY = re.compile(r"\b(?:fertility|sperm|oocyte|egg freezing)\b", re.I)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at: the trial, and all its registry writes about how it is done."""

    trial: Trial
    text: str = ""
    ethics_stated: bool = False

    @property
    def eligibility_open(self) -> list[str]:
        """Names of the key questions the record does not answer."""
        points = key_points(self.trial.eligibility)
        return [point.name for point in points if not point.is_stated and point.facet in ASKED_IN_RECORDS]


@dataclass(frozen=True, slots=True)
class QuestionToAsk:
    slug: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionRule:
    """Asks its question where `fits`; `fill` gives what stands in the question's `%s`."""

    slug: str
    text: Promise
    fits: Callable[[Facts], bool] = lambda _facts: True
    fill: Callable[[Facts], str] | None = None

    def question(self, facts: Facts) -> QuestionToAsk:
        text = str(self.text)
        return QuestionToAsk(self.slug, text % self.fill(facts) if self.fill else text)


def questions(facts: Facts) -> list[QuestionToAsk]:
    """The questions of every rule that fits, most pressing first."""
    return [rule.question(facts) for rule in RULES if rule.fits(facts)]


def questions_for_everyone() -> list[QuestionToAsk]:
    """The questions of `FOR_EVERYONE`, where no trial is chosen yet."""
    rules = {rule.slug: rule for rule in RULES}
    return [QuestionToAsk(slug, str(rules[slug].text)) for slug in FOR_EVERYONE]


def facts_of(trial: Trial, record: StoredRecord) -> Facts:
    """`record` is what the trial's registrations say together (`trials.record.first_stated`)."""
    criteria = (record.eligibility, record.inclusion, record.exclusion)
    parts = [given.description for given in record.interventions] + [arm.description for arm in record.arms]
    texts = [trial.summary, record.description, *criteria, record.design, *parts]
    return Facts(trial, "\n".join(texts), bool(record.ethics_committees))


def _is_broad(facts: Facts) -> bool:
    known = vocabulary.conditions()
    return any(known[slug].umbrella for slug in facts.trial.conditions if slug in known)


def _takes_children(facts: Facts) -> bool:
    lowest = facts.trial.min_age_years
    return lowest is not None and lowest < ADULT_YEARS


def _may_have_children(facts: Facts) -> bool:
    return (facts.trial.min_age_years or 0) < FERTILE_UNTIL_YEARS and not _FERTILITY.search(facts.text)


def _made_from(source: str) -> Callable[[Facts], bool]:
    return lambda facts: facts.trial.cell_source == source


def _says(pattern: re.Pattern[str]) -> Callable[[Facts], bool]:
    return lambda facts: bool(pattern.search(facts.text))


def _is_few_cities(facts: Facts) -> bool:
    return 0 < len(facts.trial.open_cities) <= FEW_CITIES


RULES = (
    QuestionRule(
        "place",
        _("Is there a free place in the trial now, and how long is the wait?"),
        lambda facts: facts.trial.recruiting_in_india,
    ),
    QuestionRule(
        "opening",
        _("The trial is not known to be recruiting in India now. Will it open here, and when?"),
        lambda facts: not facts.trial.recruiting_in_india and "India" in facts.trial.countries,
    ),
    QuestionRule(
        "abroad",
        _("The trial has no site in India. Is there a trial like it, or another treatment, in India?"),
        lambda facts: "India" not in facts.trial.countries,
    ),
    QuestionRule(
        "cost",
        _("The record does not say who pays. What is free: cells, hospital, tests, travel?"),
        lambda facts: not _COST.search(facts.text),
    ),
    QuestionRule(
        "cost-mentioned",
        _("The record says something about costs. What exactly is free for us, and what is not?"),
        _says(_COST),
    ),
    QuestionRule(
        "phase-1",
        _("This is a first test in people. How many have had it, and with what side effects?"),
        lambda facts: bool(FIRST_PHASES & set(facts.trial.phases)),
    ),
    QuestionRule(
        "donor",
        _("The cells are a donor's. Can they attack the patient's body (graft-versus-host disease)?"),
        _made_from(CellSource.ALLOGENEIC),
    ),
    QuestionRule(
        "own-cells",
        _("How many weeks from taking the cells to giving them back? What happens if they cannot be made?"),
        _made_from(CellSource.AUTOLOGOUS),
    ),
    QuestionRule(
        "in-vivo",
        _("The CAR T cells are made inside the body. What is known about the safety of this new way?"),
        _made_from(CellSource.IN_VIVO),
    ),
    QuestionRule(
        "whose-cells",
        _("Are the cells made from the patient's own cells or a donor's? The record does not say."),
        _made_from(CellSource.NOT_STATED),
    ),
    QuestionRule(
        "bridging",
        _("Which treatment is given while the cells are being made (bridging), and where?"),
        _says(_BRIDGING),
    ),
    QuestionRule(
        "bridging-open",
        _("May the patient have treatment while the cells are being made? The record does not say."),
        lambda facts: facts.trial.cell_source == CellSource.AUTOLOGOUS and not _BRIDGING.search(facts.text),
    ),
    QuestionRule(
        "stay",
        _("The record does not say how long the hospital stay is. How long, and how long nearby after?"),
        lambda facts: not _STAY.search(facts.text),
    ),
    QuestionRule(
        "stay-mentioned",
        _("How many days in hospital, and for how long must we live nearby afterwards?"),
        _says(_STAY),
    ),
    QuestionRule(
        "fails",
        _("If it does not work, or the disease comes back, which treatments are left?"),
    ),
    QuestionRule(
        "side-effects",
        _("Which signs at home mean danger (fever, confusion), and whom do we call at night?"),
    ),
    QuestionRule(
        "broad",
        _("The trial is for several diseases. Are people with this one being taken now?"),
        _is_broad,
    ),
    QuestionRule(
        "antigen",
        _("Has it been tested that the disease carries %s? Is a new biopsy needed?"),
        lambda facts: bool(facts.trial.targets),
        lambda facts: " + ".join(facts.trial.targets),
    ),
    QuestionRule(
        "not-stated",
        _("The record says nothing on: %s. Does one of these matter for us?"),
        lambda facts: bool(facts.eligibility_open),
        lambda facts: ", ".join(facts.eligibility_open),
    ),
    QuestionRule(
        "by-lot",
        _("A computer decides by lot who gets what. What does the other group get, and may we choose?"),
        _says(_RANDOM),
    ),
    QuestionRule(
        "far",
        _("If we live far away: which visits can be near home, and is there help with travel and a room?"),
        _is_few_cities,
    ),
    QuestionRule(
        "fertility",
        _("Can the treatment harm the ability to have children? What can be done before it begins?"),
        _may_have_children,
    ),
    QuestionRule(
        "child",
        _("For a child: who may stay with it, and is there a children's intensive care unit?"),
        _takes_children,
    ),
    QuestionRule(
        "harm",
        _("If the trial itself does harm, who pays for the treatment and the compensation?"),
    ),
    QuestionRule(
        "approval",
        _("Have an ethics committee and India's drug regulator approved the trial? The record does not say."),
        lambda facts: "India" in facts.trial.countries and not facts.ethics_stated,
    ),
    QuestionRule("follow-up", _("For how many years are check-ups needed, and where?")),
    QuestionRule("leaving", _("Can we leave the trial at any time, and what treatment do we get then?")),
)
