"""`manage.py try_registries`: whether the registries answer as the product expects. Changes nothing."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand
from django.db import Error as DatabaseFailure

from importers.connection.report import Report, begin
from importers.http.access import Access
from importers.registries import adapter, over_network
from importers.registries.check import CheckResult
from importers.runs import circuit_breaker

ROW = "  {mark:<7}  {question:<43}  {status:<7}  {ms:>6} ms  {bytes:>8} bytes  {understood}"
INDENT = " " * 11


class Command(BaseCommand):
    help = (
        "Ask each registry one small question of every kind that imports ask, and say what differs from what "
        "they expect. Nothing is stored. Exit code: 0 all as expected, 1 something differs."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("registry", nargs="?", choices=over_network(), help="unset: every one")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = [options["registry"]] if options["registry"] else over_network()
        quiet = options["json"]
        reports = [self._try(registry, quiet) for registry in chosen]
        ok = all(report.ok for report in reports)
        if quiet:
            self.stdout.write(json.dumps({"ok": ok, "registries": [report.as_json() for report in reports]}))
        elif ok:
            self.stdout.write("Everything is as the product expects.")
        else:
            self.stdout.write(
                "Something differs. Lines that name a setting or this machine are yours to mend; please send "
                "the others, as printed here, to the people who make this program. No secret is in them."
            )
        sys.exit(0 if ok else 1)

    def _try(self, registry: str, quiet: bool) -> Report:
        report, found = begin(registry, self._access(registry))
        if not quiet:
            proxy = f" through {report.proxy}" if report.proxy else ""
            self.stdout.write(
                f"{adapter(registry).label}: {report.address}{proxy}, asked as {report.user_agent!r}"
            )
        for result in found:
            report.checks.append(result)
            if not quiet:
                self._show(result)
        return report

    def _access(self, registry: str) -> Access:
        """As the import desk says; as the settings say where there is no database yet."""
        try:
            return circuit_breaker.access(registry, lambda: None, most_retries=0)
        except (DatabaseFailure, ImproperlyConfigured, OSError):
            self.stderr.write("There is no database yet: asked as the settings say.")
            return Access(most_retries=0)

    def _show(self, result: CheckResult) -> None:
        row = ROW.format(
            mark="DIFFERS" if result.differs else "ok",
            question=result.question,
            status=",".join(map(str, result.statuses)) or "-",
            ms=result.ms,
            bytes=result.bytes,
            understood=result.understood or "(nothing)",
        )
        self.stdout.write(row)
        for words in result.differs:
            self.stdout.write(f"{INDENT}! {words}")
        self.stdout.flush()
