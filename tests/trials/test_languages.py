"""A language is a catalogue and columns: nothing of either may be missing."""

import csv
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import override

from trials import vocabulary
from trials.display import (
    city_label,
    condition_label,
    condition_short,
    group_label,
    state_label,
)
from trials.vocabulary.translated import in_language, names

TABLES = Path(vocabulary.__file__).parent
LANGUAGES = [code for code, _ in settings.LANGUAGES]
COLUMNS = [
    ("conditions.csv", "patient_name"),
    ("groups.csv", "name"),
    ("states.csv", "name"),
    ("cities.csv", "name"),
    ("glossary.csv", "term"),
    ("glossary.csv", "plain"),
    ("approvals.csv", "indication"),
    ("car_t_facts.csv", "text"),
    ("help_with_cost.csv", "name"),
    ("help_with_cost.csv", "who"),
]


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_name_is_there_in_every_language(table: str, column: str, language: str) -> None:
    with (TABLES / table).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    missing = [next(iter(row.values())) for row in rows if not row.get(f"{column}_{language}", "").strip()]
    assert missing == []


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_language_has_a_whole_catalogue(language: str) -> None:
    entries = polib.pofile(str(settings.BASE_DIR / "locale" / language / "LC_MESSAGES/django.po"))
    assert [entry.msgid for entry in entries if not entry.translated() or entry.fuzzy] == []


def test_new_language_is_read_from_its_columns_and_falls_back_to_english() -> None:
    row = {"name": "Chennai", "name_hi": "चेन्नई", "name_ta": "சென்னை", "slug": "chennai"}
    found = names(row, "name")
    assert [in_language(found, code, "Chennai") for code in ("ta", "ta-in", "hi", "bn", "en")] == [
        "சென்னை",
        "சென்னை",
        "चेन्नई",
        "Chennai",
        "Chennai",
    ]


def test_labels_of_a_language_without_columns_are_english() -> None:
    with override("ta"):
        assert (city_label("mumbai"), state_label("kerala")) == ("Mumbai", "Kerala")
        assert condition_label("lbcl") == vocabulary.conditions()["lbcl"].patient_names["en"]
        assert condition_short("lbcl") == condition_label("lbcl").split(" (")[0]
        assert group_label("Leukaemia") == "Leukaemia"
