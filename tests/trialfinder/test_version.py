"""The edition is another one where pages could be: in code, templates, words, or a setting they show."""

import re
from pathlib import Path

from pytest_django import Settings

from trialfinder.version import BASE, SHOWN, edition

NOT_SHOWN = {
    "AUTH_USER_MODEL": "a table",
    "BASE_DIR": "where the code lies",
    "DATA_DIR": "where files lie",
    "DEBUG": "nothing is kept with it",
    "DUMP_DIR": "a folder of files, which the version does not count",
    "FOLLOW_KEY": "encrypts addresses and second factors",
    "LANGUAGES": "the folders of locale/, which are part of the edition",
    "LANGUAGE_CODE": "in the code",
    "REGISTRIES": "in the code",
    "SESSION_COOKIE_NAME": "in the code",
    "TIME_ZONE": "in the code",
    "WORKSPACE_UNREVIEWED": "decides about words, which are data",
}


def test_every_setting_that_pages_read_is_shown_or_is_not() -> None:
    sources = [path.read_text() for path in Path(BASE / "trials").rglob("*.py")]
    read = {name for source in sources for name in re.findall(r"\bsettings\.([A-Z_]+)", source)}
    assert read == {*SHOWN, *NOT_SHOWN}


def test_a_setting_that_pages_show_makes_another_edition(settings: Settings) -> None:
    before = edition.__wrapped__()
    assert edition.__wrapped__() == before
    settings.CONTACT_EMAIL = "another@example.org"
    assert edition.__wrapped__() != before
