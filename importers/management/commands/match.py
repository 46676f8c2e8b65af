"""`manage.py match PATH --answers JSON`: one person's answers held against saved records. No database."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from importers.classify import classify
from importers.management.commands.classify import records
from importers.records import Labels
from importers.registries import adapter, adapters
from trials.explain.answers import QUESTIONS, AnswerError, Answers, read_answers
from trials.explain.match import Match, StatedFacts, match
from trials.record import StoredFacet, TrialRecord

NOT_STATED = ("", "not_stated")


class Command(BaseCommand):
    help = (
        "Print, one JSON line a study, whether anything in its record speaks against a person with these "
        "answers: fits, does_not_fit or ask, and why. Exit code 1: some were unreadable."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a file, a folder, .jsonl, .jsonl.gz or .zip")
        parser.add_argument(
            "--answers", required=True, help=f"a JSON object of any of: {', '.join(QUESTIONS)}"
        )
        parser.add_argument("--registry", choices=list(adapters()), default=next(iter(adapters())))

    def handle(self, *args: Any, **options: Any) -> None:
        answers = _answers(options["answers"])
        if not options["path"].exists():
            raise CommandError(f"There is no file or folder {options['path']}", returncode=2)
        failed = False
        for record in records(options["path"], adapter(options["registry"])):
            if isinstance(record, TrialRecord):
                found = match(answers, facts_of_record(record, classify(record)))
                self.stdout.write(json.dumps(described(record.registry_id, found), ensure_ascii=False))
            else:
                failed = True
                self.stderr.write(record)
        sys.exit(1 if failed else 0)


def _answers(text: str) -> Answers:
    """Raises CommandError with the exit code of a mistyped command."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CommandError(f"--answers is not JSON: {error}", returncode=2) from error
    if not isinstance(given, dict):
        raise CommandError("--answers must be a JSON object", returncode=2)
    try:
        return read_answers(given)
    except AnswerError as error:
        raise CommandError(f"--answers: {error}", returncode=2) from error


def facts_of_record(record: TrialRecord, labels: Labels) -> StatedFacts:
    """What one record states. Labels whose evidence contradicts itself count as not stated."""
    facets: dict[str, StoredFacet] = {
        name: {"value": one.value, "quote": one.quote, "limit": one.limit}
        for name, one in labels.eligibility.items()
        if one.value not in NOT_STATED
    }
    return StatedFacts(
        conditions=() if "conditions" in labels.undecided else labels.conditions,
        disease_words="; ".join(record.conditions),
        targets=() if "targets" in labels.undecided else labels.targets,
        min_age_years=record.min_age_years,
        max_age_years=record.max_age_years,
        age_words=" – ".join(filter(None, (record.min_age, record.max_age))),
        sex=record.sex or "",
        facets=facets,
    )


def described(registry_id: str, found: Match) -> dict[str, Any]:
    """One study as `match` prints it: names are stable, other tools read them."""
    reasons = [asdict(reason) for reason in found.reasons if reason.is_relevant]
    for reason in reasons:
        del reason["is_relevant"]
    return {"id": registry_id, "verdict": found.verdict, "reasons": reasons}
