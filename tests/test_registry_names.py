"""Nothing outside `importers/registries/` knows a registry by name, but for the places listed here.

Comments and docstrings may name a registry: they give the evidence for a rule.
"""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAME = re.compile(r"(?i:(?<![a-z])(?:ctgov|ctri|nct)(?=[^a-z]|$)|clinicaltrials\.gov)|Ct(?:ri|gov)[A-Z]")
CODE = {
    "importers/admin.py": "shows the tables of the crawl",
    "importers/bench": "measures with saved records of these registries",
    "importers/desk/ctri.py": "the page of the crawl that CTRI alone needs",
    "importers/desk/urls.py": "its addresses",
    "importers/management/commands/bench.py": "calls the benches",
    "importers/management/commands/ctri_targets.py": "the same crawl at a terminal",
    "importers/models/__init__.py": "names the tables of that crawl",
    "importers/models/crawl.py": "the tables of that crawl",
    "trials/api/examples.py": "an invented answer as one of them gives it",
    "trials/workspace/acts.py": "words for the forms of that crawl's page",
    "trialfinder/settings.py": "lists the registries, and where each is asked",
    "trials/templatetags/trial_page.py": "the words of a field that CTRI alone has",
}
TEMPLATES = {
    "404.html": "examples of numbers",
    "imports/_ctri_part.html": "the page of the crawl that CTRI alone needs",
    "imports/ctri.html": "the same page",
    "imports/links.html": "explains which registries overlap",
    "registries": "one paragraph about each registry",
    "jinja/trials/_record.html": "a field that CTRI alone has",
    "trials/_add_trial.html": "examples of numbers",
    "trials/about.html": "says what is covered",
    "trials/how_we_decide.html": "says whose word counts",
}


def names_a_registry(path: Path) -> bool:
    """In code: an identifier or a text that is no docstring."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return bool(NAME.search(source))
    texts = {
        (node.value.lineno, node.value.col_offset)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return any(
        NAME.search(token.string)
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type != tokenize.COMMENT and token.start not in texts
    )


def allowed(path: str, table: dict[str, str]) -> str:
    """The entry of the table that covers a path, "" for none."""
    return next((entry for entry in table if path == entry or path.startswith(f"{entry}/")), "")


def found(folders: tuple[str, ...], below: Path) -> list[str]:
    paths = (path for folder in folders for path in sorted((below / folder).rglob("*.*")))
    shown = (
        path for path in paths if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts
    )
    return [str(path.relative_to(below)) for path in shown if names_a_registry(path)]


def test_no_code_outside_their_folder_names_a_registry() -> None:
    named = found(("trials", "importers", "trialfinder"), ROOT)
    outside = [p for p in named if not p.startswith(("importers/registries/", "importers/sample/"))]
    assert [path for path in outside if not allowed(path, CODE)] == []
    assert {allowed(path, CODE) for path in outside} == set(CODE)


def test_only_templates_about_registries_name_one() -> None:
    named = found((".",), ROOT / "templates")
    assert [path for path in named if not allowed(path, TEMPLATES)] == []
    assert {allowed(path, TEMPLATES) for path in named} == set(TEMPLATES)


@pytest.mark.parametrize("registry", ["ctgov", "ctri"])
def test_every_registry_has_the_same_files(registry: str) -> None:
    names = {path.name for path in (ROOT / "importers/registries" / registry).glob("*.py")}
    asked = {"description.py", "adapter.py", "fetch.py", "checks.py", "files.py", "fake.py"}
    assert asked - names == set()
