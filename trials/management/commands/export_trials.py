"""`manage.py export_trials`: the catalogue as one JSON object a line."""

import json
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trials.catalogue.serialise import export


class Command(BaseCommand):
    help = "Write one JSON object a line per listed trial."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="include what the public does not see")

    def handle(self, **options: Any) -> None:
        try:
            for trial in export(everything=options["all"]):
                self.stdout.write(json.dumps(trial))  # ASCII: safe on any terminal, one line anywhere
            self.stdout.flush()
        except BrokenPipeError:  # the reader had enough, as in `export_trials | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
