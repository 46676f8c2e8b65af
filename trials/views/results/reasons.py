"""Why a trial is in the list: what was asked for, and how this trial answers to it."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from trials.models import Trial
from trials.search.filter_row import Filter
from trials.search.filters import BY_NAME, FILTERS
from trials.search.search import Search


def reasons(search: Search, trial: Trial) -> list[str]:
    """One sentence for each filter: lists of values first, then what the words stand for, then the rest."""
    asked = [(one, value) for one in FILTERS if (value := search.meant(one.name)) not in (None, "", ())]
    in_words = [(BY_NAME[name.removeprefix("q_")], values) for name, values in search.from_words.items()]
    return [
        *_sentences(search, trial, [(one, value) for one, value in asked if one.repeats]),
        *_sentences(search, trial, in_words),
        *_sentences(search, trial, [(one, value) for one, value in asked if not one.repeats]),
        *_of_words(search, trial),
    ]


def _sentences(search: Search, trial: Trial, asked: Sequence[tuple[Filter, object]]) -> Iterator[str]:
    for one, value in asked:
        if one.reason:
            yield from one.reason(trial, value, one.label_in(search.places))


def _of_words(search: Search, trial: Trial) -> Iterator[str]:
    """Words no filter understood: full text found them, in the title or further down."""
    title = trial.title.casefold()
    for words in filter(None, (search.rest, search.understood.sponsor)):
        if all(word in title for word in words.casefold().split()):
            yield gettext("Your words are in its title: %s") % words
        else:
            yield gettext("Your words are in its record: %s") % words
