"""How people write it: organs instead of diseases, and English words in Hindi script. No database.

`organs.csv`: the conditions a cancer "of the liver" may be, with the organ's names in English and in Hindi
(in either script, other Indian languages too). `loan_words.csv`: English words as Hindi spells them.
`explained_words.csv`: questions that `/car-t/` answers, by the anchor on that page.
`ordinary_words.txt`: words that are no misspelt name of a disease or a place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from trials.vocabulary import table
from trials.vocabulary.folding import fold

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Organ:
    """A part of the body and the conditions that a cancer of it may be."""

    conditions: tuple[str, ...]
    english: tuple[str, ...]
    hindi: tuple[str, ...]


@cache
def organs() -> tuple[Organ, ...]:
    """Every organ, in the order of the table."""
    return tuple(
        Organ(table.values(row["conditions"]), table.values(row["english"]), table.values(row["hindi"]))
        for row in table.rows(_FOLDER / "organs.csv")
    )


@cache
def loan_words() -> Mapping[str, str]:
    """The folded English word for each folded word of Hindi script that is only English spelt in Hindi."""
    return MappingProxyType(
        {
            fold(hindi).line: fold(row["english"]).line
            for row in table.rows(_FOLDER / "loan_words.csv")
            for hindi in table.values(row["hindi"])
        }
    )


@cache
def explained_words() -> tuple[tuple[str, str], ...]:
    """Each phrase in which people ask what CAR T is, does or costs, with its anchor on that page."""
    return tuple(
        (phrase, row["anchor"])
        for row in table.rows(_FOLDER / "explained_words.csv")
        for column in ("english", "hindi")
        for phrase in table.values(row[column])
    )


@cache
def ordinary_words() -> tuple[str, ...]:
    """Words that people know and that are near the name of a disease or a place, as written in the list."""
    lines = (_FOLDER / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())
