"""Why a trial is in the list: what was asked for, and how this trial answers to it."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from django.utils.translation import gettext

from trials.models import Trial
from trials.search.filter_row import Label, Reason
from trials.search.filters import BY_NAME, FILTERS
from trials.search.search import Search

Asked = Sequence[tuple[Reason, Any, Label]]


def asked_of(search: Search) -> Asked:
    """What a trial gives a reason for: lists of values first, then what words stand for, then the rest."""
    asked = [(one, value) for one in FILTERS if (value := search.meant(one.name)) not in (None, "", ())]
    in_words = [(BY_NAME[name.removeprefix("q_")], values) for name, values in search.from_words.items()]
    ordered = [
        *((one, value) for one, value in asked if one.repeats),
        *in_words,
        *((one, value) for one, value in asked if not one.repeats),
    ]
    return [(one.reason, value, one.label_in(search.places)) for one, value in ordered if one.reason]


def reasons(search: Search, asked: Asked, trial: Trial) -> list[str]:
    """One sentence for each filter, then for words that none understood."""
    sentences = (reason(trial, value, label) for reason, value, label in asked)
    return [*chain.from_iterable(sentences), *_of_words(search, trial)]


def _of_words(search: Search, trial: Trial) -> Iterator[str]:
    """Words no filter understood: full text found them, in the title or further down."""
    title = trial.title.casefold()
    for words in filter(None, (search.rest, search.understood.sponsor)):
        if all(word in title for word in words.casefold().split()):
            yield gettext("Your words are in its title: %s") % words
        else:
            yield gettext("Your words are in its record: %s") % words
