"""`manage.py check_imports`: say what is wrong with the imports; tell it by e-mail, once each. For cron."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections

from importers.runs import alerts

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Check imports: late, failed, held, blocked. New findings are e-mailed. Exit code 1: something is."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--watch", type=int, metavar="SECONDS", help="check again and again, quietly")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["watch"]:
            watch(options["watch"])
        found = list(alerts.due())
        alerts.send_due()
        for alert in found:
            self.stdout.write(f"{alert.subject}\n  {alert.text.splitlines()[0] if alert.text else ''}")
        if found:
            raise CommandError(f"{len(found)} to look at.", returncode=1)
        self.stdout.write("All imports are well.")


def watch(seconds: int) -> None:
    """Look every so many seconds, for ever; a database that is away for a while is waited for."""
    while True:
        try:
            alerts.send_due()
        except Error as error:
            logger.warning("Imports could not be checked: %s", error)
        close_old_connections()
        time.sleep(seconds)
