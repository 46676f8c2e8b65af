"""Every word of the interface in every language."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from trials.management.commands.makemessages import calls

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
EACH = pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda catalogue: catalogue.parts[-3])


@EACH
def test_placeholders_survive_translation(catalogue: Path) -> None:
    for entry in polib.pofile(str(catalogue)):
        for told in [entry.msgstr, *entry.msgstr_plural.values()]:
            if told and "python-format" in entry.flags:
                assert sorted(_placeholders(told)) == sorted(_placeholders(entry.msgid_plural or entry.msgid))


def _placeholders(text: str) -> list[str]:
    return re.findall(r"%\(\w+\)[sd]|%[sdg]", text)


def test_words_of_both_kinds_of_templates_are_read_alike() -> None:
    both = """{{ _("all of it, 100 %") }} {% trans a=1, b=2 %}{{ a }} of {{ b }} ({{ a }} %){% endtrans %}
        {% trans trimmed number=1 %}
            one site
        {% pluralize %}
            {{ number }} sites
        {% endtrans %}"""
    assert list(calls(both)) == [
        "gettext('all of it, 100 %%')",
        "gettext('%(a)s of %(b)s (%(a)s %%)')",
        "ngettext('one site', '%(number)s sites')",
    ]


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="no GNU gettext: apt-get install gettext")
def test_no_word_is_missing_from_the_catalogue(tmp_path: Path) -> None:
    for name in ("trials", "importers", "trialfinder", "templates", "manage.py"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    (tmp_path / "locale").mkdir()
    command = [sys.executable, "manage.py", "makemessages", "--locale", "hi", "--no-location"]
    plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=tmp_path, env=plain, check=True, capture_output=True)
    found = {entry.msgid for entry in polib.pofile(str(tmp_path / "locale/hi/LC_MESSAGES/django.po"))}
    known = {path: {entry.msgid for entry in polib.pofile(str(path))} for path in CATALOGUES}
    assert {path: found - words for path, words in known.items() if found - words} == {}
