"""A small picture for a hospital's own page: how many trials are open there, and when it confirmed them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from trials.browse.hospitals import TrialHere, trials_at
from trials.catalogue.certainty import Strength
from trials.models.fulltext import clean_text
from trials.search.parameters import ParameterError, refuse_unknown
from trials.views.embed.framing import tagged

HEIGHT, PADDING, EM = 28, 10, 14
CONFIRMED, SAID_BY_REGISTRY, NONE_OPEN = "#14652f", "#7a4b00", "#4c5557"
"""White text on each has a contrast of more than 4.5 to 1."""
_WIDTHS = {**dict.fromkeys("ijl.,:;'|!()", 0.3), **dict.fromkeys("frt -", 0.38), **dict.fromkeys("mwMW", 0.9)}
_MARK, _CAPITAL, _LETTER, _INDIAN, _INDIAN_SIGN = 0.0, 0.68, 0.56, 0.56, 0.26


@dataclass(frozen=True, slots=True)
class Half:
    """One half of the badge: words on a ground."""

    words: str
    ground: str
    left: int = 0

    @property
    def width(self) -> int:
        return round(EM * sum(map(_width, self.words))) + 2 * PADDING

    @property
    def text_width(self) -> int:
        """What the words are fitted into: a device's own face may be wider than the estimate."""
        return self.width - 2 * PADDING

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


@tagged
def badge(request: HttpRequest, slug: str) -> HttpResponse:
    """`/embed/badge/<slug>.svg`; one that says so with a 404 where the hospital is not listed."""
    try:
        refuse_unknown(request.GET, ())
    except ParameterError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    here = trials_at(clean_text(slug))
    label = gettext("CAR T trials here:")
    if any(one.trial.sample for one in here):
        label = gettext("Sample data") + " · " + label
    words, ground = _said(here) if here else (gettext("this hospital is not known"), NONE_OPEN)
    first = Half(label, "#0b5d63")
    second = Half(words, ground, first.width)
    context = {"halves": [first, second], "width": first.width + second.width, "height": HEIGHT, "em": EM}
    return render(
        request,
        "trials/embed/badge.svg",
        context,
        content_type="image/svg+xml; charset=utf-8",
        status=200 if here else 404,
    )


def _said(here: Sequence[TrialHere]) -> tuple[str, str]:
    """What is known: the open ones, and of how many the hospital's own word still counts.

    The day is that of the oldest word, so that it holds for all of them.
    """
    opened = [one for one in here if any(sure.is_open for _, sure in one.places)]
    days = [day for one in opened if (day := _confirmed(one))]
    if not opened:
        return gettext("none known to be open"), NONE_OPEN
    counted = ngettext("%d open", "%d open", len(opened)) % len(opened)
    if not days:
        return gettext("%(counted)s, not confirmed") % {"counted": counted}, SAID_BY_REGISTRY
    oldest = date_format(localtime(min(days)), "j F")
    if len(days) == len(opened):
        return gettext("%(counted)s, confirmed %(day)s") % {"counted": counted, "day": oldest}, CONFIRMED
    words = ngettext(
        "%(counted)s, %(number)s of them confirmed %(day)s",
        "%(counted)s, %(number)s of them confirmed %(day)s",
        len(days),
    )
    return words % {"counted": counted, "number": len(days), "day": oldest}, SAID_BY_REGISTRY


def _confirmed(here: TrialHere) -> datetime | None:
    """The day of the hospital's own word that the trial is open, None where there is none that counts."""
    days = [
        sure.day
        for _, sure in here.places
        if sure.is_open and sure.strength is Strength.CONFIRMED and sure.day
    ]
    return max(days, default=None)


def _width(letter: str) -> float:
    """About how wide a letter is, in units of the type's size; signs above and below take no room."""
    if unicodedata.category(letter) == "Mn":
        return _MARK
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if letter > "\u0900":
        return _INDIAN if unicodedata.category(letter) == "Lo" else _INDIAN_SIGN
    return _CAPITAL if letter.isupper() else _LETTER
