"""`manage.py make_snapshot`: what lists and counts are read from, made of today's data."""

from typing import Any

from django.core.management.base import BaseCommand

from trials.search.snapshot import current


class Command(BaseCommand):
    help = "Make the file that lists and counts are read from. Pages do so themselves; nobody needs to."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        current.make()
