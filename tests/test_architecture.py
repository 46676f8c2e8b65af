"""The import arrows of DEVELOPING.md, and what must never stand in the tree."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PURE = ["importers/records.py", "importers/text/cleaning.py"]
PURE_FOLDERS = ["importers/registries", "importers/classify", "importers/places", "trials/vocabulary"]
ORM = ("django.db", "trials.models", "trials.catalogue.compose", "importers.models")


def modules(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def offences(paths: list[Path], forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in paths
        for name in imports(path)
        if any(name == word or name.startswith(f"{word}.") for word in forbidden)
    ]


def test_trials_never_imports_importers() -> None:
    assert offences(modules("trials"), ("importers",)) == []


def test_reading_a_registry_touches_no_database() -> None:
    pure = [ROOT / name for name in PURE] + [path for name in PURE_FOLDERS for path in modules(name)]
    # the closed lists of trials.choices are Django's TextChoices: that is all of Django they may know
    found = [o for o in offences(pure, ORM) if not o.endswith("django.db.models.TextChoices")]
    assert found == []


def test_only_the_files_of_requests_know_the_network() -> None:
    """`http.py` sends requests, `certificates.py` only shakes hands; two hold their errors and trust."""
    known = ("http.py", "causes.py", "certificates.py", "tls.py")
    paths = [p for p in modules("importers") if p.name not in known and p.parent.name != "fake"]
    assert offences(paths, ("requests", "urllib.request", "http.client", "socket")) == []


def test_the_product_never_imports_tests() -> None:
    paths = [path for folder in ("trials", "importers", "trialfinder") for path in modules(folder)]
    assert offences(paths, ("tests",)) == []


def test_models_know_nothing_of_pages() -> None:
    paths = [ROOT / "trials" / name for name in ("models.py", "compose.py", "choices.py")]
    assert offences(paths, ("trials.views", "trials.search.search", "trials.api.views", "django.http")) == []


@pytest.mark.parametrize("folder", ["trials", "importers", "trialfinder"])
def test_files_stay_small(folder: str) -> None:
    long = [str(p.relative_to(ROOT)) for p in modules(folder) if len(p.read_text().splitlines()) > 300]
    assert long == []
