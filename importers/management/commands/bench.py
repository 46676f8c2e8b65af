"""`manage.py bench`: how right labels, places and the search box are on the benchmark, and how fast.

Speed is given as a ratio to a floor measured in the same run: machines are shared and noisy.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from importers.bench import (
    corrections,
    eligibility,
    following,
    invented,
    labels,
    outcome,
    pages,
    places,
    published,
    queries,
    rules,
    speed,
)

SECTIONS: tuple[Callable[[Path], Iterator[str]], ...] = (
    labels.report,
    published.report,
    eligibility.report,
    queries.report,
    places.report,
    pages.report,
    speed.report,
    speed.ctri_report,
    following.report,
)


class Command(BaseCommand):
    help = "Quality per axis and label with every miss, and speed as ratios. The catalogue stays as it is."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--explain", action="store_true", help="which rules decide how many records, and how well"
        )
        parser.add_argument(
            "--corrections", type=Path, help="a table printed by export_corrections labels, measured as well"
        )

        parser.add_argument("--rows", type=Path, help="a folder of invented rows, measured as well")

    def handle(self, *args: Any, **options: Any) -> None:
        self._said: dict[str, list[str]] = {}
        if folder := options["rows"]:
            if not folder.is_dir():
                raise CommandError(f"There is no folder {folder}", returncode=2)
            self._write("invented", invented.report(folder))
        shared = Path(settings.BASE_DIR).parent / "shared"
        if not (shared / "benchmark").is_dir():
            self.stdout.write("The benchmark (../shared/benchmark) is not here: nothing more to measure.")
            return
        sections = (rules.report,) if options["explain"] else SECTIONS
        for section in sections:
            self._write(section.__module__.rpartition(".")[2], section(shared))
        if path := options["corrections"]:
            if not path.is_file():
                raise CommandError(f"There is no file {path}", returncode=2)
            self._write("corrections", corrections.report(path, shared))

    def _write(self, part: str, lines: Iterator[str]) -> None:
        """On the screen, and into `bench.json` beside what other sections of this part said."""
        said = self._said.setdefault(part, [])
        for line in lines:
            self.stdout.write(line)
            said.append(line)
        outcome.keep(part, said)
