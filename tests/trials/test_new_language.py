"""docs/languages.md, "Adding Tamil", followed in a copy of the product: a language is nothing but files."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from tests.builders import make_trial, site

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("trials", "importers", "trialfinder", "templates", "locale", "manage.py")
WORD, IN_TAMIL = "Skip to the content", "உள்ளடக்கத்திற்குச் செல்"
LYMPHOMA, CHENNAI, INDICATION = "பெரிய பி செல் லிம்போமா", "சென்னை", "லிம்போமா சிகிச்சை"
SCRIPT = """
from trials.search.understand.scripts import script

SCRIPT = script(
    "[\\u0b80-\\u0bff]",
    consonants=(("k", "க"), ("ch", "ச"), ("n", "ஞணநன"), ("p", "ப"), ("m", "ம"), ("r", "ரற"), ("l", "லளழ")),
    vowels=(("a", "அஆா"), ("i", "இஈிீ"), ("u", "உஊுூ"), ("e", "எஏெே"), ("ai", "ஐை"), ("o", "ஒஓொோ")),
    silencer="்",
)
"""
ASK = """
import json, sys
import django
django.setup()
from django.test import Client
client = Client(SERVER_NAME="127.0.0.1")
print(json.dumps([client.get(path).content.decode() for path in json.load(sys.stdin)]))
"""
UNDERSTAND = """
import json, sys
import django
django.setup()
from trials.search.understand import understand
print(json.dumps([understand(text).city for text in json.load(sys.stdin)]))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The product in a folder of its own, with a catalogue of two lines and a few names in Tamil."""
    for name in PRODUCT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name)
        else:
            shutil.copy(source, tmp_path / name)
    (tmp_path / "tests").mkdir()
    for name in ("settings.py", "program_settings.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests" / name)
    catalogue = tmp_path / "locale/ta/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(f'msgid "{WORD}"\nmsgstr "{IN_TAMIL}"\n', encoding="utf-8")
    tables = tmp_path / "trials/vocabulary"
    _add_column(tables / "conditions.csv", "patient_name_ta", {"lbcl": LYMPHOMA})
    _add_column(tables / "cities.csv", "name_ta", {"Chennai": CHENNAI})
    _add_column(tables / "approvals.csv", "indication_ta", {"talicabtagene autoleucel": INDICATION})
    _run(tmp_path, "-m", "trialfinder.catalogues")
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_language_is_files_and_nothing_else(copy: Path) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sites=[site("A hospital", "Chennai", state="Tamil Nadu")])
    make_trial(
        "NCT00000002", conditions=["myeloma"], sites=[site("A hospital", "Mumbai", state="Maharashtra")]
    )
    home, english, named, placed, product, conditions, broken = _answers(
        copy,
        ASK,
        *("/ta/", "/", f"/ta/trials/?q={quote(LYMPHOMA)}", f"/ta/trials/?q={quote(CHENNAI)}"),
        *("/ta/products/talicabtagene-autoleucel/", "/api/v1/conditions", "/ta/no-such-page/"),
    )
    assert re.findall(r'<html lang="(\w+)">', home + english + broken) == ["ta", "en", "ta"]
    assert (IN_TAMIL in home, IN_TAMIL in english, 'aria-label="More pages"' in home) == (True, False, True)
    assert re.findall(r'lang="(ta|hi)"\s+hreflang="\w+">([^<]+)<', english) == [
        ("hi", "हिंदी"),
        ("ta", "தமிழ்"),
    ]
    assert ("NCT00000001" in named, "NCT00000002" in named, LYMPHOMA in named) == (True, False, True)
    assert (placed.index("NCT00000001") < placed.index("NCT00000002"), CHENNAI in placed) == (True, True)
    assert INDICATION in product
    told = {row["slug"]: row["patient_name_ta"] for row in json.loads(conditions)["results"]}
    assert (told["lbcl"], told["myeloma"]) == (LYMPHOMA, "")
    _run(copy, "manage.py", "makemigrations", "--check")


@pytest.mark.django_db
def test_script_is_one_file_more(copy: Path) -> None:
    assert _answers(copy, UNDERSTAND, "புனே", CHENNAI) == ["", "Chennai"]
    (copy / "trials/search/understand/scripts/ta.py").write_text(SCRIPT, encoding="utf-8")
    assert _answers(copy, UNDERSTAND, "புனே", CHENNAI) == ["Pune", "Chennai"]


def _add_column(table: Path, column: str, cells: dict[str, str]) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row | {column: cells.get(next(iter(row.values())), "")} for row in csv.DictReader(file)]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _answers(copy: Path, script: str, *asked: str) -> list[str]:
    answers: list[str] = json.loads(_run(copy, "-c", script, told=json.dumps(asked)))
    return answers


def _run(copy: Path, *command: str, told: str = "") -> str:
    """Python in the copy, with the database of this test."""
    config = connection.settings_dict
    place = f"{config['USER']}:{config['PASSWORD']}@{quote(str(config['HOST']), safe='')}:{config['PORT']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"postgres://{place}/{config['NAME']}",
    }
    done = subprocess.run(
        [sys.executable, *command], cwd=copy, env=environment, input=told, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout
