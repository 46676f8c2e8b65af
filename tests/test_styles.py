"""Styles stay few: six files, three widths, one scale of spaces and one of type, no class that nothing uses."""

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


def sources() -> Iterator[str]:
    """What writes classes: templates, Python and JavaScript of the product."""
    for folder, pattern in (
        ("templates", "*.html"),
        ("trials", "*.py"),
        ("trials", "*.js"),
        ("importers", "*.py"),
    ):
        yield from (path.read_text(encoding="utf-8") for path in (ROOT / folder).rglob(pattern))


def unknown_classes() -> list[str]:
    """Classes of style sheets that occur nowhere, whole or as a word after what a template writes before it."""
    text = "\n".join(sources())
    words = set(re.findall(r"[\w-]+", text))
    starts = {f"{start}-" for start in re.findall(r"([\w-]+)-\{[{%]", text)}
    classes = set(re.findall(r"\.([a-z][\w-]*)", "\n".join(selectors())))
    composed = {c for c in classes for s in starts if c.startswith(s) and c.removeprefix(s) in words}
    return sorted(classes - words - composed)


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
