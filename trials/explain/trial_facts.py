"""What a stored trial states, as `trials.explain.match` holds answers against it. Pure: its columns alone.

Of several registrations only what all of them bar without a limit is a bar (`trials.catalogue.asked`): where
they disagree, people ask.
"""

from collections.abc import Iterable

from trials.choices import NUMBERS, Facet, Limit
from trials.display import age_words
from trials.explain.answers import Answers
from trials.explain.match import EXCLUDED, Match, Reason, StatedFacts, match
from trials.models import Trial
from trials.record import StoredFacet

DISAGREE = StoredFacet(value=EXCLUDED, quote="", limit=Limit.EXCEPTIONS)
"""What stands for records that do not agree and give no limit: it depends."""


def could_it_fit(trial: Trial, answers: Answers) -> Match:
    """Every reason for and against, and what has to be asked."""
    return match(answers, facts_of(trial))


def stated_against(trial: Trial, answers: Answers) -> list[Reason]:
    """What the trial states against a person with these answers, each with its quotation; often nothing."""
    return could_it_fit(trial, answers).against


def facts_of(trial: Trial, disease_words: str = "") -> StatedFacts:
    """The facts of one trial. `disease_words` are the registry's own, where the caller has them."""
    lowest, highest = trial.min_age_years, trial.max_age_years
    return StatedFacts(
        conditions=trial.conditions,
        disease_words=disease_words,
        targets=trial.targets,
        min_age_years=lowest,
        max_age_years=highest,
        age_words="" if lowest is None and highest is None else age_words(lowest, highest),
        sex=trial.sex,
        facets=dict(_facets(trial)),
    )


def _facets(trial: Trial) -> Iterable[tuple[str, StoredFacet]]:
    for facet in Facet:
        stored = trial.eligibility.get(facet)
        if stored is None:
            continue
        if facet in NUMBERS:
            stored = _number(trial, facet, stored)
        elif facet in trial.limited and not stored.get("limit"):
            stored = {**DISAGREE, "quote": stored["quote"]}
        yield facet.value, stored


def _number(trial: Trial, facet: Facet, stored: StoredFacet) -> StoredFacet:
    """The number that shuts out fewest. Where it is not that of the quotation, the records disagree."""
    laxest = trial.min_prior_lines if facet == Facet.MIN_PRIOR_LINES else trial.ecog_max
    if laxest is None:
        return stored
    depends = facet in trial.limited or str(laxest) != stored["value"]
    limit = Limit.EXCEPTIONS if depends else stored.get("limit", "")
    return {"value": str(laxest), "quote": stored["quote"], "limit": limit}
