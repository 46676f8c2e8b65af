"""`docs/security/asvs.md` says something of each requirement once, and what it names is there."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/security/asvs.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", TEXT, re.M)
STATES = ("met", "partly", "not met", "does not apply")
LEVELS = """
1.1 22, 1.2 111112222, 1.3 11222222222, 1.4 222, 1.5 12
2.1 122, 2.2 112, 2.3 1222, 2.4 2
3.2 11, 3.3 1222, 3.4 112222, 3.5 11122, 3.7 22
4.1 122, 4.2 2, 4.3 22, 4.4 1222
5.1 2, 5.2 112, 5.3 11, 5.4 222
6.1 122, 6.2 111111112222, 6.3 1122, 6.4 1122, 6.5 22222, 6.6 222, 6.8 2222
7.1 222, 7.2 1111, 7.3 22, 7.4 11222, 7.5 22, 7.6 22
8.1 12, 8.2 112, 8.3 1, 8.4 2
9.1 111, 9.2 1222
11.1 22, 11.2 222, 11.3 112, 11.4 1222, 11.5 2, 11.6 2
12.1 122, 12.2 11, 12.3 2222
13.1 2, 13.2 22222, 13.3 22, 13.4 12222
14.1 22, 14.2 1222, 14.3 122
15.1 122, 15.2 122, 15.3 1222222
16.1 2, 16.2 22222, 16.3 2222, 16.4 222, 16.5 222
"""
"""Sections of ASVS 5.0.0, each with the level of its requirements in order; those of level 3 stand last."""


def test_every_requirement_of_levels_1_and_2_is_there_once() -> None:
    wanted = [
        (f"{section}.{number}", level)
        for section, levels in re.findall(r"([\d.]+) (\d+)", LEVELS)
        for number, level in enumerate(levels, start=1)
    ]
    assert [(number, level) for number, level, *_ in ROWS] == wanted


def test_states_are_counted_right() -> None:
    found = Counter(state for *_, state, _how in ROWS)
    said = {state: int(number) for state, number in re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", TEXT, re.M)}
    assert said == {state: found[state] for state in STATES}
    assert sum(said.values()) == len(ROWS)


def test_every_test_named_exists() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT))
    there = {(path, name) for path in {path for path, _ in named} for name in _functions(ROOT / path)}
    assert (len(named) > 20, named - there) == (True, set())


def _functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
