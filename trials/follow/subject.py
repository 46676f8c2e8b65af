"""What a subscription is about: read from a form, in words, and the page it is seen on."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from trials.explain.headline import headline
from trials.models import Site, Trial
from trials.models.follow import Subscription
from trials.search.filters import FILTERS
from trials.search.parameters import ParameterError
from trials.search.search import Search
from trials.search.situation import Situation

What = Subscription.What
_LEFT_OUT = ("page", "sort", "keep")
"""What changes how a list is shown, not which trials are on it."""
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Subject:
    """`words` in the language in use; `page` a path; `situation` what was said of the patient."""

    what: str
    about: str
    words: str
    page: str
    situation: Situation


class NothingToFollowError(Exception):
    """No such trial or hospital."""


def read(data: QueryDict) -> Subject:
    """Of a link or form: `trial` or `hospital`, else the parameters of a search.

    Raises `ParameterError`, and `NothingToFollowError`.
    """
    if number := data.get("trial", "").strip():
        return of_trial(number)
    if slug := data.get("hospital", "").strip():
        return of_hospital(slug)
    return of_search(data)


def of_subscription(subscription: Subscription) -> Subject:
    """Raises `ParameterError` or `NothingToFollowError` where what was followed is no longer there."""
    if subscription.what == What.TRIAL:
        return of_trial(subscription.about)
    if subscription.what == What.HOSPITAL:
        return of_hospital(subscription.about)
    return of_search(QueryDict(subscription.about))


def of_trial(number: str) -> Subject:
    """A trial that has a page, by any of its ids."""
    trial = Trial.objects.reachable().by_registry_id(number).order_by("-published", "id").first()
    if trial is None or trial.sample:
        raise NothingToFollowError
    words = f"{headline(trial)} ({trial.primary_id})"
    page = reverse("trials:detail", kwargs={"registry_id": trial.primary_id})
    return Subject(What.TRIAL, trial.primary_id, words, page, Situation())


def of_hospital(slug: str) -> Subject:
    """A hospital in India."""
    site = Site.objects.filter(slug=slug.lower()).first()
    if site is None:
        raise NothingToFollowError
    return Subject(What.HOSPITAL, site.slug, str(site), reverse("trials:site", args=[site.slug]), Situation())


def of_search(data: QueryDict) -> Subject:
    """A search; two that ask the same in another order are one. Raises `ParameterError`."""
    asked = data.copy()
    for name in _LEFT_OUT:
        asked.pop(name, None)
    search = Search.from_query(asked)
    pairs = sorted(
        (name, value.strip()) for name, values in asked.lists() for value in values if value.strip()
    )
    about = urlencode(pairs)
    if len(about) > _LONGEST:
        raise ParameterError("q", gettext("This search is too long to be followed."))
    page = reverse("trials:list") + (f"?{about}" if about else "")
    return Subject(What.SEARCH, about, words_of(search), page, Situation.of(search))


def words_of(search: Search) -> str:
    """The search in words: what was typed, then every filter."""
    words = [gettext("“%s”") % search.q] if search.q else []
    for one in FILTERS:
        given = search.value(one.name)
        if not one.label or given in (None, "", ()):
            continue
        label = one.label_in(search.places)
        words += filter(None, map(label, given if one.repeats else (given,)))
    return ", ".join(map(str, words)) or gettext("all CAR T trials for cancer")
