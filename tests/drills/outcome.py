"""What a drill showed: one row of the table in docs/operations.md."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import psycopg2

from tests.drills import imports
from tests.drills.site import Site
from tests.drills.waiting import NotWellError

CALM = 2.0
"""Seconds of visits before the blow and after all is well."""
State = Mapping[str, tuple[object, ...]]


@dataclass(frozen=True)
class Outcome:
    """`wrong`: the promise that was broken. `skipped`: why this machine cannot show it."""

    name: str
    asked: int = 0
    failed: int = 0
    seconds: float = 0.0
    notes: str = ""
    wrong: str = ""
    skipped: str = ""

    def row(self) -> str:
        if self.skipped:
            return f"| {self.name} | | | | not tried: {self.skipped} |"
        result = f"**{self.wrong}**" if self.wrong else "; ".join(filter(None, ("nothing lost", self.notes)))
        return f"| {self.name} | {self.asked} | {self.failed} | {self.seconds:.1f} | {result} |"


HEAD = "| what happens | requests | failed | seconds until well | |\n|---|---|---|---|---|"


def strike(site: Site, name: str, blow: Callable[[], float | None], *, importing: bool = False) -> Outcome:
    """Visitors, an import that runs where wanted, a blow, and how long until every part works.

    The import reads what is there already and must succeed; the data must be as before. `blow` may return the
    moment from which on the site could be well.
    """
    columns = site.columns()
    before = site.state(columns)
    seconds, wrong, notes = 0.0, "", ""
    with site.visitors().there() as visitors:
        time.sleep(CALM)
        try:
            run = imports.begin(site) if importing else 0
            began = time.monotonic()
            began = blow() or began
            site.until_well()
            seconds = time.monotonic() - began
            if run:
                imports.until_ended(site, run)
                notes = f"import ended after {time.monotonic() - began:.0f} s"
            time.sleep(CALM)
            wrong = changed(before, site.state(columns))
        except (NotWellError, psycopg2.Error) as error:
            wrong = str(error).strip() or type(error).__name__
    failed = sum(visitors.failures.values())
    told = ", ".join(f"{count} {what}" for what, count in visitors.failures.items())
    return Outcome(name, visitors.asked, failed, seconds, "; ".join(filter(None, (notes, told))), wrong)


def changed(before: State, after: State) -> str:
    """What of it is not as before; empty where all is."""
    return ", ".join(
        f"{name} changed ({rows[0]} rows, now {after[name][0]})"
        for name, rows in before.items()
        if after[name] != rows
    )
