"""What must never stand in the tree. Arrows between rooms: contracts of import-linter (pyproject.toml)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("trials", "importers", "trialfinder")


def modules(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("folder", PRODUCT)
def test_product_never_imports_tests(folder: str) -> None:
    parsed = {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules(folder)}
    assert [
        path for path, tree in parsed.items() if any(n.split(".")[0] == "tests" for n in imports(tree))
    ] == []


@pytest.mark.parametrize("folder", ["trials", "importers"])
def test_imports_stand_at_the_top(folder: str) -> None:
    """An import inside a function or below other code hides an arrow that goes the wrong way."""
    hidden = []
    for path in modules(folder):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        kinds = ast.Import | ast.ImportFrom
        inside = [n for n in ast.walk(tree) if isinstance(n, kinds) and n not in tree.body]
        first_code = next((n.lineno for n in tree.body if not isinstance(n, kinds | ast.Expr)), 10**6)
        late = [n for n in tree.body if isinstance(n, kinds) and n.lineno > first_code]
        hidden += [f"{path.relative_to(ROOT)}:{n.lineno}" for n in (*inside, *late)]
    assert hidden == []


@pytest.mark.parametrize("folder", PRODUCT)
def test_files_stay_small(folder: str) -> None:
    long = [str(p.relative_to(ROOT)) for p in modules(folder) if len(p.read_text().splitlines()) > 300]
    assert long == []
