"""Terms of side effects: each line of the table has a hit, and what only looks like one is none."""

from pathlib import Path

import pytest

from trials import vocabulary
from trials.vocabulary import table
from trials.vocabulary.side_effects import CRS, KINDS, NEUROTOXICITY, kind_of

ROWS = table.rows(Path(vocabulary.__file__).with_name("side_effects.csv"))


@pytest.mark.parametrize(("term", "kind"), [(row["term"], row["kind"]) for row in ROWS])
def test_every_line_is_found_and_has_a_reason(term: str, kind: str) -> None:
    assert kind in KINDS
    assert kind_of(term.upper()) == kind


def test_every_line_says_why() -> None:
    assert [row["term"] for row in ROWS if not row["reason"] or row["whole"] not in ("yes", "no")] == []


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("Cytokine Release Syndrome (CRS), Grade 3", CRS),
        ("Immune effector cell-associated neurotoxicity syndrome", NEUROTOXICITY),
        ("Neurotoxicity NOS", NEUROTOXICITY),
        ("CAR T-cell-related encephalopathy syndrome", NEUROTOXICITY),
    ],
)
def test_a_term_is_found_in_any_writing(term: str, kind: str) -> None:
    assert kind_of(term) == kind


@pytest.mark.parametrize(
    "term",
    [
        "",
        "Hepatic encephalopathy",
        "Posterior reversible encephalopathy syndrome",
        "Chronic rhinosinusitis (CRS)",
        "Cytokine increased",
        "Confusional state",
        "Infusion related reaction",
        "Crsx",
    ],
)
def test_what_only_looks_like_it_is_none(term: str) -> None:
    assert kind_of(term) == ""
