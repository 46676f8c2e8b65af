"""Key eligibility against `eligibility_dev.jsonl` (guide beside it): F1 per facet, and wrong directions."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from importers.bench.labels import BLIND, LOOK, half_of, records
from importers.classify.eligibility import ALLOWED, EXCLUDED, NOT_STATED, key_eligibility
from trials.record import TrialRecord

Row = dict[str, Any]
Miss = tuple[str, str, str, str]
Measured = tuple[dict[str, float], float, list[Miss]]


def report(shared: Path) -> Iterator[str]:
    """Each half: F1 per facet, their mean, wrong directions; misses only of the half to look at."""
    for half in (LOOK, BLIND):
        rows = [row for row in _rows(shared) if half_of(row["id"]) == half]
        yield f"half: {half}, {len(rows)} studies"
        yield from lines(score(rows, records(shared)), misses=half == LOOK)
        yield ""
    limited, stated = limits(shared)
    yield f"eligibility limits: {limited} of {stated} allowed or excluded facets are not for everybody"
    yield ""


def lines(measured: Measured, *, misses: bool = True) -> Iterator[str]:
    """What was measured as text, with each miss where they may be looked at."""
    scores, wrong, missed = measured
    for name, score in scores.items():
        yield f"eligibility {name}: F1 {score:.3f}"
    yield f"eligibility macro-F1 {sum(scores.values()) / len(scores):.3f}, wrong direction {wrong:.1%}"
    for number, name, right, given in missed if misses else ():
        yield f"  {number} {name}: {given or '-'} instead of {right or '-'}"


def measure(shared: Path) -> Measured:
    """The benchmark's studies, scored."""
    return score(_rows(shared), records(shared))


def score(rows: Iterable[Row], known: Mapping[str, TrialRecord]) -> Measured:
    """F1 by facet, share of stated values in the wrong direction, and the misses."""
    hits: dict[str, list[int]] = {}
    misses, stated, wrong = list[Miss](), 0, 0
    for row in rows:
        stated_facets = key_eligibility(known[row["id"]])
        for name, gold in row["facets"].items():
            if "ambiguous" in gold["note"]:
                continue
            right, given = _value(gold["value"]), _value(stated_facets[name].value)
            count = hits.setdefault(name, [0, 0, 0])
            count[0] += bool(right) and right == given
            count[1] += bool(right)
            count[2] += bool(given)
            stated += bool(given)
            wrong += {right, given} == {ALLOWED, EXCLUDED}
            if right != given:
                misses.append((row["id"], name, right, given))
    return {name: _f1(*count) for name, count in hits.items()}, wrong / max(1, stated), misses


def limits(shared: Path) -> tuple[int, int]:
    """How many facets of the benchmark's studies have a limit, of those that are allowed or excluded."""
    known = records(shared)
    stated_facets = [one for row in _rows(shared) for one in key_eligibility(known[row["id"]]).values()]
    stated = [one for one in stated_facets if one.value in (ALLOWED, EXCLUDED)]
    return sum(bool(one.limit) for one in stated), len(stated)


def _rows(shared: Path) -> list[Row]:
    return read(shared / "benchmark/eligibility_dev.jsonl")


def read(path: Path) -> list[Row]:
    """The rows of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _value(value: str) -> str:
    return "" if value == NOT_STATED else str(value)


def _f1(hits: int, right: int, given: int) -> float:
    return 2 * hits / (right + given) if right + given else 1.0
