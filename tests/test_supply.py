"""What a release is made of is listed whole; an advisory finds exactly the versions it is about."""

import json
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.output.json import JsonV1Dot6
from packaging.version import Version

from tests.supply import audit, sbom
from tests.supply.pins import PRODUCT, TESTS, Pin, pins

SINCE_2 = [{"introduced": "2"}, {"fixed": "2.5"}]


def advisory(*events: dict[str, str], **more: Any) -> dict[str, Any]:
    package = {"ecosystem": "PyPI", "name": "Some_Package"}
    affected = {"package": package, "ranges": [{"type": "ECOSYSTEM", "events": list(events)}]}
    return {"id": "PYSEC-2026-1", "summary": "It leaks.", "affected": [affected | more.pop("of", {})]} | more


def found(version: str, *advisories: dict[str, Any], name: str = "some-package") -> list[str]:
    return [str(one) for one in audit.findings([Pin(name, Version(version))], advisories)]


@pytest.mark.parametrize(
    ("version", "events", "hit"),
    [
        ("1.9", SINCE_2, False),
        ("2", SINCE_2, True),
        ("2.4.9", SINCE_2, True),
        ("2.5rc1", SINCE_2, True),
        ("2.5", SINCE_2, False),
        ("0.0.1a1", [{"introduced": "0"}], True),
        ("2.5", [{"introduced": "0"}, {"last_affected": "2.5"}], True),
        ("2.5.1", [{"introduced": "0"}, {"last_affected": "2.5"}], False),
        ("3.1", [*SINCE_2, {"introduced": "3"}, {"fixed": "3.2"}], True),
        ("2.7", [{"fixed": "3.2"}, {"introduced": "3"}, *SINCE_2], False),
    ],
)
def test_range_of_an_advisory(version: str, events: list[dict[str, str]], hit: bool) -> None:
    words = f"some-package {version}: PYSEC-2026-1 It leaks."
    assert found(version, advisory(*events)) == [words] * hit


def test_named_versions_count_however_they_are_written() -> None:
    named = advisory(of={"versions": ["1.0.0", "not a version"], "ranges": []})
    assert [bool(found(version, named)) for version in ("1.0", "1.0.1")] == [True, False]


def test_withdrawn_and_foreign_advisories_count_not() -> None:
    everything = {"introduced": "0"}
    foreign = advisory(everything, of={"package": {"ecosystem": "npm", "name": "some-package"}})
    assert found("1", advisory(everything, withdrawn="2026-01-01T00:00:00Z"), foreign) == []
    assert found("1", advisory(everything), name="another-package") == []


@pytest.mark.parametrize(("fixed", "code"), [("999", 1), ("0.0.1", 0)])
def test_folder_of_advisories_is_held_against_our_pins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], fixed: str, code: int
) -> None:
    about = advisory(
        {"introduced": "0"}, {"fixed": fixed}, of={"package": {"ecosystem": "PyPI", "name": "Django"}}
    )
    (tmp_path / "one.json").write_text(json.dumps(about))
    assert (audit.main([str(tmp_path)]), capsys.readouterr().out.startswith("django ")) == (code, bool(code))


def test_empty_folder_proves_nothing(tmp_path: Path) -> None:
    assert audit.main([str(tmp_path)]) == 1


@pytest.mark.parametrize("path", [PRODUCT, TESTS], ids=lambda path: path.name)
def test_every_pin_is_read_with_its_hashes(path: Path) -> None:
    read = list(pins(path))
    lines = [line for line in path.read_text().splitlines() if line[:1].isalnum()]
    assert (len(read), [pin.name for pin in read if not pin.hashes]) == (len(lines), [])


def test_bill_of_materials_lists_every_pin_and_what_needs_it() -> None:
    made = json.loads(JsonV1Dot6(sbom.bom()).output_as_string())
    listed = {(one["name"], one["version"]) for one in made["components"]}
    assert listed == {(pin.name, str(pin.version)) for pin in pins(PRODUCT)}
    assert (made["bomFormat"], made["metadata"]["component"]["name"]) == ("CycloneDX", "trialfinder")
    needs = {one["ref"].partition("@")[0]: one.get("dependsOn", []) for one in made["dependencies"]}
    assert "django" in {ref.partition("@")[0] for ref in needs["trialfinder"]}
    assert [ref.partition("@")[0] for ref in needs["django"]] == ["asgiref", "sqlparse", "tzdata"]
    licences = {one["name"]: one.get("licenses") for one in made["components"]}
    assert licences["django"] == [{"license": {"id": "BSD-3-Clause"}}]
