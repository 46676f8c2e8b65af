"""`make audit`: is anything known against the packages that are pinned?

ADVISORIES=FOLDER holds them against advisories in OSV's form (a JSON file each), as the PyPI part of osv.dev
or the database of the Python Packaging Authority has them; no network is asked. Without a folder it names the
pins for which the package index has a newer version. Only an advisory makes it fail.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from tests.supply.pins import PRODUCT, TESTS, Pin, pins

ECOSYSTEM = "PyPI"


@dataclass(frozen=True, slots=True)
class Finding:
    """One advisory against one pin."""

    pin: Pin
    advisory: str
    summary: str

    def __str__(self) -> str:
        return f"{self.pin.name} {self.pin.version}: {self.advisory} {self.summary}".rstrip()


def main(arguments: list[str]) -> int:
    known = sorted({*pins(PRODUCT), *pins(TESTS)}, key=lambda pin: (pin.name, pin.version))
    if not arguments:
        print("\n".join(_behind({pin.name for pin in known})))
        return 0
    advisories = list(read(Path(arguments[0])))
    found = list(findings(known, advisories))
    print(
        "\n".join(map(str, found)) or f"{len(known)} pins, {len(advisories)} advisories: none is about them."
    )
    return 1 if found or not advisories else 0  # an empty folder proves nothing


def read(folder: Path) -> Iterator[Mapping[str, Any]]:
    for path in sorted(folder.rglob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def findings(known: Iterable[Pin], advisories: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """What is known against these pins; an advisory that was withdrawn counts no more."""
    by_name = {pin.name: pin for pin in known}
    for advisory in advisories:
        if advisory.get("withdrawn"):
            continue
        affected = {canonicalize_name(one["package"]["name"]) for one in _about_packages(advisory)}
        for name in sorted(affected & set(by_name)):
            pin = by_name[name]
            about = [
                one for one in _about_packages(advisory) if canonicalize_name(one["package"]["name"]) == name
            ]
            if any(_affects(one, pin.version) for one in about):
                yield Finding(pin, advisory["id"], advisory.get("summary", ""))


def _about_packages(advisory: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [
        one for one in advisory.get("affected", ()) if one.get("package", {}).get("ecosystem") == ECOSYSTEM
    ]


def _affects(affected: Mapping[str, Any], version: Version) -> bool:
    """By the versions it names, or by a range (OSV schema, "evaluation algorithm")."""
    if any(_parsed(one) == version for one in affected.get("versions", ())):
        return True
    ranges = (one for one in affected.get("ranges", ()) if one["type"] == "ECOSYSTEM")
    return any(_is_in(one["events"], version) for one in ranges)


def _is_in(events: Iterable[Mapping[str, str]], version: Version) -> bool:
    inside = False
    for kind, at in sorted(((*event.items(),)[0] for event in events), key=lambda event: _from(event[1])):
        if kind == "introduced":
            inside = inside or version >= _from(at)
        elif kind in ("fixed", "last_affected"):
            is_over = version > _from(at) if kind == "last_affected" else version >= _from(at)
            inside = inside and not is_over
    return inside


def _from(text: str) -> Version:
    """`0` is before all versions, a version that cannot be read too: rather an alarm too many."""
    return Version("0.dev0") if text == "0" else _parsed(text) or Version("0.dev0")


def _parsed(text: str) -> Version | None:
    try:
        return Version(text)
    except InvalidVersion:
        return None


def _behind(names: set[str]) -> Iterator[str]:
    command = [
        sys.executable,
        "-m",
        "pip",
        "list",
        "--outdated",
        "--format",
        "json",
        "--disable-pip-version-check",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    yield "No ADVISORIES=FOLDER was given: only how far the pins are behind is known."
    if done.returncode:
        yield f"The package index does not answer: {done.stderr.strip().splitlines()[-1:]}"
        return
    for one in json.loads(done.stdout):
        if canonicalize_name(one["name"]) in names:
            yield f"{one['name']} {one['version']}: {one['latest_version']} is there"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
