"""Every path that the documentation names exists."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "DEVELOPING.md",
    ROOT / "SECURITY.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
BASES = [ROOT, *(ROOT / name for name in ("importers", "trials", "tests"))]
"""Paths are written from the root or, of a room, from its house."""
FOLDERS = ("docker", "docs", "importers", "locale", "templates", "tests", "trialfinder", "trials")
_PATH = re.compile(r"[\w.*-]+(/[\w.*-]+)*/?")
_FILE = re.compile(r"\.(conf|css|csv|html|in|js|json|md|po|py|sh|toml|txt|yml)$")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_path_named_exists(document: Path) -> None:
    assert [path for path in _named(document.read_text()) if not _exists(path)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_path_that_is_no_more_is_noticed() -> None:
    gone = "`trials/no_such_room/`, `no_such.py`, `pipeline/no_such.py`, `locale/<code>/no_such`"
    text = f"{gone}, `CTRI/2024/01`, `a.b()`, `trials/models/`"
    assert [path for path in _named(text) if not _exists(path)] == [
        "trials/no_such_room/",
        "no_such.py",
        "pipeline/no_such.py",
        "locale/*/no_such",
    ]


def _named(text: str) -> Iterator[str]:
    """What stands in backticks and is a file by its ending, or begins with a folder that there is."""
    for words in re.findall(r"`([^`\n]+)`", text):
        path = re.sub(r"<\w+>", "*", words)
        if _PATH.fullmatch(path) and (_FILE.search(path) or ("/" in path and _exists(path.split("/")[0]))):
            yield path


def _exists(path: str) -> bool:
    """From one of the bases; a file's name alone may stand in any folder."""
    return path in _names() or any(next(base.glob(path), None) is not None for base in BASES)


@cache
def _names() -> frozenset[str]:
    return frozenset(file.name for folder in FOLDERS for file in (ROOT / folder).rglob("*") if file.is_file())


def test_hindi_strings_for_review_are_those_of_the_catalogue() -> None:
    catalogue = polib.pofile(str(ROOT / "locale/hi/LC_MESSAGES/django.po"))
    hindi = {entry.msgid: entry.msgstr or entry.msgstr_plural[0] for entry in catalogue if not entry.obsolete}
    rows = re.findall(r"^\| (.+?) \| (.+?) \|[^|]*\|[^|]*\|$", (ROOT / "docs/hindi.md").read_text(), re.M)
    listed = {english: words for english, words in rows if english not in ("English", "---")}
    assert len(listed) >= 60
    assert {english: hindi.get(english) for english in listed} == listed
