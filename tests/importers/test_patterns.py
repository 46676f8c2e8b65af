"""An expression that looks first for letters it cannot do without finds what `re` finds."""

import gc
import re
from itertools import chain
from pathlib import Path

import pytest

from importers.bench import invented
from importers.classify.patterns import Pattern, needed
from importers.classify.sentences import fold_sentences

ROWS = Path(__file__).parents[1] / "benchmark"
NEEDED = (
    ("allo|donor", 0, ("allo", "donor")),
    (r"\bcells? from", 0, ("cell from", "cells from")),
    (r"(?:cord )?blood", 0, ("blood",)),
    (r"no(?:ne)?\s+[a-z]+", 0, ("no",)),
    (r"(?:ab|cd)+[xy]z?", 0, ("ab", "cd")),
    (r"CD\d+|(?-i:AIDS)", re.I, ("cd", "aids")),
    (r"[\d.]+|mg", 0, ()),
    (r"(?:mg)?\d", 0, ()),
    (r"(?!no)\w+(?<=x)", 0, ()),
    (r"(?i:a)bc", 0, ("bc",)),
)


@pytest.mark.parametrize(("expression", "flags", "pieces"), NEEDED)
def test_letters_of_which_every_match_holds_some(
    expression: str, flags: int, pieces: tuple[str, ...]
) -> None:
    assert sorted(needed(re.compile(expression, flags))) == sorted(pieces)


@pytest.mark.parametrize("text", ["KIS", "ſki", "kıſ", "sİk", "\u212ais", "none"])
def test_letters_that_match_others_where_case_does_not_matter(text: str) -> None:
    pattern = Pattern("kis|ski|sik", re.I)
    assert bool(pattern.search(text)) == bool(pattern.whole.search(text))


def test_every_expression_of_the_rules_finds_the_same() -> None:
    gc.unfreeze()  # another test may have frozen what there was
    patterns = [one for one in gc.get_objects() if type(one) is Pattern]  # isinstance wakes lazy objects
    records = invented.records(ROWS / invented.ELIGIBILITY).values()
    written = [line for record in records for line in f"{record.inclusion}\n{record.exclusion}".split("\n")]
    texts = set(chain(written[::9], (fold_sentences(line).line for line in written[::9])))
    assert len(patterns) > 200
    for pattern in patterns:
        assert [t for t in texts if pattern.search(t)] == [t for t in texts if pattern.whole.search(t)]


def test_what_holds_nothing_is_left_as_it_is() -> None:
    pattern = Pattern("donor")
    found = (
        pattern.findall("own"),
        pattern.split("own"),
        pattern.sub("x", "own"),
        list(pattern.finditer("own")),
    )
    assert found == ([], ["own"], "own", [])
