"""What a search widened by itself, each in words with a link that undoes it."""

import re
from collections.abc import Iterator

from django.http import QueryDict
from django.utils.translation import gettext

from trials import vocabulary
from trials.display import condition_label
from trials.search.parameters import Exact
from trials.search.search import Search
from trials.views.query_strings import list_link, with_added
from trials.views.results.chips import FilterChip

PLACES = ("city", "state")


def widened(search: Search, query: QueryDict) -> list[FilterChip]:
    """Spelling first, then groups of diseases; nothing of what was asked to be exact."""
    return [*_spelling(search, query), *_broad(search, query)]


def _spelling(search: Search, query: QueryDict) -> Iterator[FilterChip]:
    """ "lymfoma → lymphoma": one link undoes them all, as words are then read as they stand."""
    link = list_link(with_added(query, "exact", Exact.SPELLING))
    for _, span in search.spans:
        for typed, meant in span.respelt:
            yield FilterChip("spelling", f"{typed} → {meant.title() if span.kind in PLACES else meant}", link)


def _broad(search: Search, query: QueryDict) -> Iterator[FilterChip]:
    """The wider groups whose trials may take people with the disease asked for."""
    asked = search.wanted_conditions
    groups = set().union(*map(vocabulary.wider, asked)) - asked
    if groups and Exact.BROAD not in search.exact:
        names = [_plain(slug) for slug in vocabulary.conditions() if slug in groups]
        label = gettext("also broad trials: %s") % " / ".join(names)
        yield FilterChip("broad", label, list_link(with_added(query, "exact", Exact.BROAD)))


def _plain(slug: str) -> str:
    """The group's name without what it says in brackets or behind a comma."""
    return re.split(r" \(|, ", condition_label(slug))[0]
