"""`manage.py classify PATH`: what we conclude from saved records. No database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from importers.classify import classify
from importers.files import archives
from importers.records import Labels, ParseError
from importers.registries import adapter, adapters
from importers.registries.base import Adapter
from trials.record import TrialRecord


class Command(BaseCommand):
    help = "Print what each saved record is, one JSON line each. Exit code 1: some were unreadable."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a file, a folder, .jsonl, .jsonl.gz or .zip")
        parser.add_argument("--registry", choices=list(adapters()), default=next(iter(adapters())))

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["path"].exists():
            raise CommandError(f"There is no file or folder {options['path']}", returncode=2)
        failed = False
        for record in records(options["path"], adapter(options["registry"])):
            if isinstance(record, TrialRecord):
                self.stdout.write(
                    json.dumps(described(record.registry_id, classify(record)), ensure_ascii=False)
                )
            else:
                failed = True
                self.stderr.write(record)
        sys.exit(1 if failed else 0)


def records(path: Path, registry: Adapter) -> Iterator[TrialRecord | str]:
    """Every study under `path`, or why it could not be read."""
    for item in archives.read(path, registry.kinds):
        if not isinstance(item, archives.RawItem):
            yield f"{item.origin}: {item.reason if isinstance(item, archives.Unreadable) else 'no study'}"
            continue
        try:
            yield registry.parse(item.raw)
        except ParseError as error:
            yield f"{item.origin}: {error}"


def described(registry_id: str, labels: Labels) -> dict[str, Any]:
    """One study as `classify` prints it: names are stable, other tools read them."""
    return {
        "id": registry_id,
        "role": labels.role,
        "conditions": list(labels.conditions),
        "targets": list(labels.targets),
        "cell_source": labels.cell_source,
        "eligibility": {name: asdict(stated) for name, stated in labels.eligibility.items()},
        "products": list(labels.products),
        "undecided": list(labels.undecided),
        "evidence": [asdict(evidence) for evidence in labels.evidence],
    }
