"""`manage.py export_corrections labels|eligibility`: what people decided, as new rows of the benchmark."""

import csv
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from importers.review import rows


class Command(BaseCommand):
    help = "Print the labels people decided at the desk, as rows the classification is measured with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=["labels", "eligibility"], help="a CSV table, or JSON lines")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["kind"] == "labels":
            writer = csv.DictWriter(self.stdout, rows.COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows.label_rows())
        else:
            for row in rows.eligibility_rows():
                self.stdout.write(json.dumps(row, ensure_ascii=False))
