"""`make sbom`: what a release is made of, as CycloneDX (JSON), with hashes, licences and who needs whom."""

import re
import sys
import uuid
from importlib.metadata import PackageNotFoundError, metadata, requires

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.supply.pins import PRODUCT, Pin, pins
from trialfinder.version import VERSION


def bom() -> Bom:
    """Of the packages that the site runs with; those of tests are no part of it."""
    found = {pin.name: pin for pin in pins(PRODUCT)}
    made = Bom(
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, repr((VERSION, sorted(map(repr, found.values())))))
    )
    site = Component(
        name="trialfinder", version=VERSION, type=ComponentType.APPLICATION, bom_ref="trialfinder"
    )
    made.metadata.component = site
    components = {name: _component(pin) for name, pin in found.items()}
    made.components.update(components.values())
    asked_for = {canonicalize_name(Requirement(line).name) for line in _asked_for()}
    made.register_dependency(site, [components[name] for name in sorted(asked_for & set(components))])
    for name, component in components.items():
        made.register_dependency(
            component, [components[one] for one in sorted(_needed(name) & set(components))]
        )
    return made


def _asked_for() -> list[str]:
    lines = PRODUCT.with_suffix(".in").read_text(encoding="utf-8").splitlines()
    return [line.partition(" #")[0] for line in lines if line[:1].isalnum()]


def _component(pin: Pin) -> Component:
    version = str(pin.version)
    return Component(
        name=pin.name,
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{pin.name}@{version}",
        purl=PackageURL("pypi", name=pin.name, version=version),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content) for content in pin.hashes],
        licenses=_licenses(pin.name),
    )


def _licenses(name: str) -> list[License]:
    """As the package itself says; none where it says a whole text, or is for other machines."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return []
    classified = [
        one.rpartition(" :: ")[2] for one in said.get_all("Classifier", []) if one.startswith("License")
    ]
    names = ("License-Expression", "License")
    text = next((said[name] for name in names if name in said), "") or "".join(classified[:1])
    return [LicenseFactory().make_from_string(text)] if text and len(text) < 80 else []


def _needed(name: str) -> set[str]:
    """Names of what a package needs, without its extras."""
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return set()
    wanted = (Requirement(line) for line in lines if not re.search(r"\bextra\s*==", line))
    return {canonicalize_name(one.name) for one in wanted}


if __name__ == "__main__":
    sys.stdout.write(JsonV1Dot6(bom()).output_as_string(indent=1) + "\n")
