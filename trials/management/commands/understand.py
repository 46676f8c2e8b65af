"""`manage.py understand "QUERY"`: what the search box makes of it, as JSON. No database."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trials.search.understand import Understood, understand


class Command(BaseCommand):
    help = (
        "Print what the search box makes of a question, one JSON line each. Without one, reads stdin by line."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        queries = sys.stdin if options["query"] is None else [options["query"]]
        for query in queries:
            self.stdout.write(json.dumps(described(understand(query.rstrip("\n"))), ensure_ascii=False))


def described(understood: Understood) -> dict[str, Any]:
    """An answer as the command prints it: names are stable, other tools read them."""
    return {
        "conditions": list(understood.conditions),
        "targets": list(understood.targets),
        "products": list(understood.products),
        "phases": list(understood.phases),
        "city": understood.city,
        "state": understood.state,
        "registry_id": understood.registry_id,
        "age": understood.age,
        "age_group": understood.age_group,
        "sex": understood.sex,
        "near": understood.near,
        "within": understood.within,
        "recruiting": understood.recruiting,
        "lines": understood.lines,
        "prior_car_t": understood.prior_car_t,
        "investigator": understood.investigator,
        "sponsor": understood.sponsor,
        "unused": list(understood.unused),
        "rest": understood.rest,
    }
