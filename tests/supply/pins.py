"""The packages that requirements files pin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PRODUCT, TESTS = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"


@dataclass(frozen=True, slots=True)
class Pin:
    """One version of one package; `hashes` are the SHA-256 of its files."""

    name: str
    version: Version
    hashes: tuple[str, ...] = ()


def pins(path: Path) -> Iterator[Pin]:
    """Every pin of a file, also those for other kinds of machines."""
    lines = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    for line in lines:
        if line[:1].isalnum():
            requirement = Requirement(line.partition("--hash")[0].strip())
            (version,) = requirement.specifier
            found = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
            yield Pin(canonicalize_name(requirement.name), Version(version.version), found)
