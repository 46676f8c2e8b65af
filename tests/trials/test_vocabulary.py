"""The tables: every name leads somewhere, nothing is said twice, no id of a trial has slipped in."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from trials import vocabulary
from trials.choices import CellSource
from trials.vocabulary.folding import fold

FOLDER = Path(vocabulary.__file__).parent
KINDS = {"cancer", "basket", "non_cancer", "complication"}
B_CELL = ("b-all", "cll", "b-nhl")
B_CELL_LEUKAEMIA = ("b-all", "cll")


def slugs_by_phrase() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for slug, condition in vocabulary.conditions().items():
        for phrase in {fold(phrase).line for phrase in condition.synonyms}:
            found[phrase].append(slug)
    return {phrase: tuple(slugs) for phrase, slugs in found.items()}


def test_conditions_are_the_closed_list() -> None:
    assert len(vocabulary.conditions()) == 105
    assert {condition.kind for condition in vocabulary.conditions().values()} == KINDS


def test_conditions_have_hindi_names() -> None:
    without = [
        c.slug
        for c in vocabulary.conditions().values()
        if not re.search("[\u0900-\u097f]", c.patient_names["hi"])
    ]
    assert without == []


def test_conditions_are_included_in_conditions_that_exist() -> None:
    parents = {parent for c in vocabulary.conditions().values() for parent in c.included_in}
    assert parents - set(vocabulary.conditions()) == set()


def test_inclusion_has_no_cycle() -> None:
    assert [slug for slug in vocabulary.conditions() if slug in vocabulary.wider(slug)] == []


def test_synonyms_of_several_conditions_are_the_broad_ones() -> None:
    shared = {slugs for slugs in slugs_by_phrase().values() if len(slugs) > 1}
    assert shared == {B_CELL, B_CELL_LEUKAEMIA}


def test_abbreviations_belong_to_one_condition() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for slug, condition in vocabulary.conditions().items():
        for abbreviation in condition.abbreviations:
            owners[abbreviation].append(slug)
    assert {name: slugs for name, slugs in owners.items() if len(slugs) > 1} == {}


def test_product_names_belong_to_one_product() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for product in vocabulary.products().values():
        for name in (product.name, *product.aliases):
            owners[fold(name).line].add(product.name)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_products_aim_at_known_targets_and_state_a_known_cell_source() -> None:
    products = vocabulary.products().values()
    assert {target for p in products for target in p.targets if p.is_car_t} - set(
        vocabulary.targets()
    ) == set()
    assert {p.cell_source for p in products} - set(CellSource.values) == set()


def test_target_aliases_belong_to_one_target() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for target in vocabulary.targets().values():
        for alias in target.aliases:
            owners[fold(alias).line].add(target.name)
    assert {alias: found for alias, found in owners.items() if len(found) > 1} == {}


def test_targets_are_single_antigens() -> None:
    assert [name for name in vocabulary.targets() if re.search(r"\w/CD|CD\d+/", name)] == []


@pytest.mark.parametrize("table", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.name)
def test_tables_hold_no_trial_id(table: Path) -> None:
    assert re.findall(r"NCT\d{6,}|CTRI/\d{4}", table.read_text(encoding="utf-8")) == []


def test_expand_finds_the_label_and_what_includes_it() -> None:
    assert vocabulary.expand(["mcl"]) == {"mcl", "b-nhl", "blood-cancers"}


def test_expand_finds_everything_a_broad_label_includes() -> None:
    assert {"b-nhl", "lbcl", "fl", "mcl", "blood-cancers"} < vocabulary.expand(["b-nhl"])
    assert "myeloma" not in vocabulary.expand(["b-nhl"])
    assert vocabulary.expand([]) == frozenset()


def test_is_cancer_tells_autoimmune_disease_apart() -> None:
    assert (vocabulary.is_cancer("lbcl"), vocabulary.is_cancer("lupus")) == (True, False)


def test_label_text_holds_every_name_people_search_by() -> None:
    text = vocabulary.label_text(["lbcl"], ["BCMA"], ["tisagenlecleucel"])
    wanted = ("DLBCL", "diffuse large b cell lymphoma", "लिंफोमा", "BCMA", "Kymriah")
    assert [word for word in wanted if word not in text] == []
