"""What a frame looks like: three checked parameters, and the style they make.

The colour of links is the host's, made darker or lighter until it can be read: a contrast of 4.5 to 1 is what
WCAG 2.2 asks of text (success criterion 1.4.3, https://www.w3.org/TR/WCAG22/#contrast-minimum).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.models.fulltext import clean_text
from trials.search.parameters import ParameterError, choice_of
from trials.views.offline import SCRIPTS, THEME

PARAMETERS = ("accent", "theme", "font")
LEAST_CONTRAST = 4.5
_STEP = 0.04
_BLACK, _WHITE = "#000000", "#ffffff"
_Rgb = tuple[float, float, float]


class Ground(TextChoices):
    """Light, dark, or as the visitor's device is set."""

    AUTO = "auto", _("As the visitor's device is set")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Font(TextChoices):
    """The face of headings and text; all are the device's own."""

    SYSTEM = "system", _("Plain")
    SERIF = "serif", _("With serifs")


@dataclass(frozen=True, slots=True)
class Theme:
    """The looks of one frame; without an accent of its own the links have the site's colour."""

    accent: str = ""
    ground: str = Ground.AUTO
    font: str = Font.SYSTEM

    @classmethod
    def from_query(cls, data: QueryDict) -> Self:
        """Raises ParameterError for a value that is not known."""
        readers = {"accent": _colour, "theme": choice_of(Ground), "font": choice_of(Font)}
        values: dict[str, str] = {}
        for name, read in readers.items():
            if text := clean_text(data.get(name, "")):
                try:
                    values["ground" if name == "theme" else name] = read(text)
                except ValueError as error:
                    raise ParameterError(name, str(error)) from error
        return cls(**values)

    @property
    def parameters(self) -> dict[str, str]:
        """What differs from the usual looks, for an address."""
        usual = Theme()
        given = {"theme": (self.ground, usual.ground), "font": (self.font, usual.font)}
        chosen = {name: value for name, (value, default) in given.items() if value != default}
        return ({"accent": self.accent.lstrip("#")} if self.accent else {}) | chosen

    @property
    def tokens(self) -> Mapping[str, str]:
        """Colours of a frame that is not dark."""
        return self._tokens(Ground.DARK if self.ground == Ground.DARK else Ground.LIGHT)

    @property
    def dark_tokens(self) -> Mapping[str, str]:
        """Colours where the visitor's device is dark; none where the ground is chosen."""
        return self._tokens(Ground.DARK) if self.ground == Ground.AUTO else {}

    @property
    def corrected(self) -> bool:
        """Whether the colour asked for could not be read on a ground of this frame as it is."""
        used = {tokens["--brand"] for tokens in (self.tokens, self.dark_tokens) if tokens}
        return bool(self.accent) and used != {self.accent}

    def _tokens(self, ground: Ground) -> Mapping[str, str]:
        tokens = page_colours()[ground]
        if not self.accent:
            return tokens
        return {
            **tokens,
            "--brand": readable(self.accent, tokens["--sheet"]),
            "--brand-ink": tokens["--sheet"],
        }


@cache
def page_colours() -> Mapping[str, Mapping[str, str]]:
    """The colours of the site's own pages, light and dark: the tokens that its stylesheet gives twice."""
    light, dark = re.findall(r":root \{(.*?)\}", (SCRIPTS / "ground.css").read_text(), re.DOTALL)[:2]
    colours = dict(_tokens_in(dark))
    everything = dict(_tokens_in(light))
    return {Ground.DARK: colours, Ground.LIGHT: {name: everything[name] for name in colours}}


def _tokens_in(block: str) -> list[tuple[str, str]]:
    return re.findall(r"(--[\w-]+): ([^;]+);", block)


def readable(colour: str, ground: str) -> str:
    """The colour, as much darker or lighter as it must be to be read on this ground."""
    end = _BLACK if contrast(ground, _BLACK) > contrast(ground, _WHITE) else _WHITE
    found, share = colour, 0.0
    while contrast(found, ground) < LEAST_CONTRAST:
        share += _STEP
        found = _mixed(colour, end, min(share, 1.0))
    return found


def contrast(one: str, other: str) -> float:
    """From 1 to 21, as https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> _Rgb:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _mixed(colour: str, end: str, share: float) -> str:
    parts = (
        round(255 * (one + (other - one) * share)) for one, other in zip(_rgb(colour), _rgb(end), strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)


def _colour(text: str) -> str:
    if not re.fullmatch(r"#?[0-9a-fA-F]{6}", text):
        raise ValueError(gettext("Not a colour of six hexadecimal digits: %s") % text[:100])
    colour = f"#{text.lstrip('#').lower()}"
    return "" if colour == THEME else colour  # the site's own has a shade for each ground already
