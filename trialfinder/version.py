"""Which code is running: so that an import can be traced to it later, and no page outlives it."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

VERSION = "0.1"
BASE = Path(__file__).resolve().parent.parent
GIT = BASE / ".git"
SHORT = 10
SOURCES = ("trialfinder", "trials", "importers", "templates", "locale")
SHOWN = (
    *("MODE", "SITE_URL", "SITE_OPERATOR", "SITE_OPERATOR_ADDRESS", "CONTACT_EMAIL", "OFFLINE"),
    *("API_PER_MINUTE", "EMBED_ANCESTORS", "FOLLOW_BY_MAIL"),
)
"""Settings that public pages show. `tests/trialfinder/test_version.py` finds one that is missing here."""


@cache
def edition() -> str:
    """Ten letters that are others where the code, a template, a word or a setting that pages show is another.

    The same in every process and on every machine of one installation. Reads the files once, in 0.1 s: a
    commit is not enough where there is no checkout, or where it was edited.
    """
    content = blake2b(repr([(name, getattr(settings, name)) for name in SHOWN]).encode())
    for source in SOURCES:
        for path in sorted((BASE / source).rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                content.update(f"{path.relative_to(BASE)}\0".encode())
                content.update(path.read_bytes())
    return content.hexdigest()[:SHORT]


@cache
def code_version() -> str:
    """The version, and the commit where the code runs from a checkout: `0.1 (edcb358a1b)`."""
    commit = _commit()
    return f"{VERSION} ({commit[:SHORT]})" if commit else VERSION


def _commit() -> str:
    """The commit that is checked out, read from git's own files: git need not be there."""
    try:
        head = (GIT / "HEAD").read_text(encoding="ascii").strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        if (GIT / name).exists():
            return (GIT / name).read_text(encoding="ascii").strip()
        packed = (GIT / "packed-refs").read_text(encoding="utf-8").splitlines()
        return next((line.split()[0] for line in packed if line.endswith(f" {name}")), "")
    except OSError:
        return ""
