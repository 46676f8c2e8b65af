"""Styles stay few: six files, three widths, one scale of spaces and one of type, no unused class."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMES = ["browse", "ground", "list", "print", "staff", "trial"]
STYLES = {
    path: re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for folder in ("trials", "importers", "trialfinder")
    for path in sorted((ROOT / folder).rglob("static/**/*.css"))
}
MARGIN_OF_PAPER = re.compile(r"@page \{[^}]*\}")
SPACE = re.compile(r"\s(?:margin|padding|gap|column-gap|row-gap)(?:-[\w-]+)?: ([^;]+);")
LENGTH = re.compile(r"(?<![\w.-])[\d.]+(?!%)[a-z]+")
FREE = {"1px", "2px", "100vw"}
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")


def source() -> str:
    """Templates, Python and JavaScript of the product, with `{}` for each tag of a template."""
    folders = [("templates", "*.html"), ("trials", "*.py"), ("trials", "*.js"), ("importers", "*.py")]
    files = (path for folder, pattern in folders for path in (ROOT / folder).rglob(pattern))
    return TAG.sub("{}", "\n".join(path.read_text(encoding="utf-8") for path in files))


def unknown_classes() -> list[str]:
    """Classes that no `class="..."` has, neither whole nor in halves a template joins (`badge-{{ ... }}`)."""
    text = source()
    written = {
        part for names in re.findall(r'class="([^"]*)"', text) for part in re.split(r"\s+|\{\}", names)
    }
    classes = set(re.findall(r"\.([a-z][\w-]*)", "\n".join(selectors())))
    joined = {c for c in classes for start in written if start.endswith("-") and c.startswith(start)}
    return sorted(classes - written - joined)


def selectors() -> Iterator[str]:
    for style in STYLES.values():
        yield from (found for found in re.findall(r"([^{};]+)\{", style) if not found.strip().startswith("@"))


def test_there_are_six_files() -> None:
    assert sorted(path.stem for path in STYLES) == NAMES


def test_layouts_change_at_three_widths() -> None:
    conditions = [c for style in STYLES.values() for c in re.findall(r"@media ([^{]+)", style)]
    widths = {width for condition in conditions for width in re.findall(r"[\d.]+[a-z]+", condition)}
    assert widths == {"36rem", "48rem", "64rem"}


def test_spaces_are_of_the_scale() -> None:
    outside = [
        (path.stem, found[0].strip())
        for path, style in STYLES.items()
        for found in SPACE.finditer(MARGIN_OF_PAPER.sub("", style))
        if set(LENGTH.findall(found[1])) - FREE
    ]
    assert outside == []


def test_type_is_of_the_scale() -> None:
    sizes = [s for style in STYLES.values() for s in re.findall(r"\sfont-size: ([^;]+);", style)]
    assert [s for s in sizes if not re.fullmatch(r"var\(--size-[\w]+\)|[\d.]+pt", s)] == []


def test_tokens_are_defined_and_used() -> None:
    text = "\n".join(STYLES.values())
    assert set(re.findall(r"(--[\w-]+):", text)) == set(re.findall(r"var\((--[\w-]+)", text))


def test_every_class_is_used() -> None:
    assert unknown_classes() == []
