"""Which code is running, so that an import can be traced to it later."""

from functools import cache
from pathlib import Path

VERSION = "0.1"
GIT = Path(__file__).resolve().parent.parent / ".git"
SHORT = 10


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
