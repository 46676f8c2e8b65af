"""`manage.py suppress ADDRESS`: never write to an address again, and erase what it follows."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trials.follow.addresses import hashed
from trials.follow.wishes import suppress
from trials.models.follow import Suppression


class Command(BaseCommand):
    help = "No more mail to an address whose mails come back, or whose owner complained. Only a hash is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--why", choices=Suppression.Why.values, default=Suppression.Why.BOUNCED)

    def handle(self, *args: Any, **options: Any) -> None:
        if "@" not in options["address"]:
            raise CommandError("That is no e-mail address.", returncode=2)
        erased = suppress(hashed(options["address"]), options["why"], timezone.now())
        self.stdout.write(f"It gets no more mail. Subscriptions erased: {erased}.")
