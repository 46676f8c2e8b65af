"""The languages of the pages: English, and every folder of `locale/` (docs/languages.md)."""

from pathlib import Path

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, to_language

ENGLISH = "en"
_OF_INDIA = {
    "as": ("Assamese", "অসমীয়া"),
    "brx": ("Bodo", "बर'"),
    "doi": ("Dogri", "डोगरी"),
    "gu": ("Gujarati", "ગુજરાતી"),
    "kn": ("Kannada", "ಕನ್ನಡ"),
    "kok": ("Konkani", "कोंकणी"),
    "mai": ("Maithili", "मैथिली"),
    "mni": ("Manipuri", "মৈতৈলোন্"),
    "or": ("Odia", "ଓଡ଼ିଆ"),
    "pa": ("Punjabi", "ਪੰਜਾਬੀ"),
    "sa": ("Sanskrit", "संस्कृतम्"),
    "sat": ("Santali", "ᱥᱟᱱᱛᱟᱲᱤ"),
}
"""Languages of India that Django does not know, or not by their own name."""


def found(locale: Path) -> list[tuple[str, str | Promise]]:
    """Code and name of each language, for the setting `LANGUAGES`: English first, the others by code."""
    for code, (name, own) in _OF_INDIA.items():
        LANG_INFO[code] = {"bidi": False, "code": code, "name": name, "name_local": own}
    folders = sorted(folder.parent.name for folder in locale.glob("*/LC_MESSAGES"))
    codes = [ENGLISH, *(code for code in map(to_language, folders) if code != ENGLISH)]
    return [(code, _name(code)) for code in codes]


def _name(code: str) -> Promise:
    """Its English name, in the language of the page: Django's own catalogues have it."""
    if code not in LANG_INFO:
        raise ImproperlyConfigured(f"No language is known by the code of the folder locale/{code}.")
    return gettext_lazy(LANG_INFO[code]["name"])
