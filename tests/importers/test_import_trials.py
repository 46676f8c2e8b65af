"""`manage.py import_trials`: exit codes, words and the JSON line other tools read."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.studies import study, write_lines

pytestmark = pytest.mark.django_db

COUNTS = ["seen", "created", "updated", "unchanged", "failed", "notices", "withdrawn", "held"]
KEYS = ["run_id", "registry", "status", *COUNTS, "seconds", "questions"]


def call(*arguments: object) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("import_trials", *map(str, arguments), stdout=out, stderr=err)
    return int(str(exit_.value.code)), out.getvalue(), err.getvalue()


def test_success_exits_0_with_counts(tmp_path: Path) -> None:
    code, out, _ = call("ctgov", "--from", write_lines(tmp_path / "a.jsonl", study()), "--json")
    told = json.loads(out.splitlines()[-1])
    assert (code, told["status"], told["seen"], told["created"]) == (0, "succeeded", 1, 1)
    assert list(told) == KEYS


def test_problems_are_listed_and_exit_1(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", study(), study("NCT99000002", designModule={"phases": ["X"]}))
    code, out, err = call("ctgov", "--from", path)
    assert (code, "partial" in out) == (1, True)
    assert err.strip().endswith("NCT99000002 protocolSection.designModule.phases[0]: X")


def test_problem_is_one_line_whatever_the_record_says(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", study("NCT99000002", designModule={"phases": ["PHASE\nseven"]}))
    _, _, err = call("ctgov", "--from", path)
    assert err.splitlines()[-1].endswith("NCT99000002 protocolSection.designModule.phases[0]: PHASE seven")


@pytest.mark.parametrize(
    "arguments", [["ctgov", "--from", "nowhere.jsonl"], ["ctri", "--from", "x", "--reparse"]]
)
def test_wrong_use_exits_2(arguments: list[str]) -> None:
    from django.core.management.base import CommandError

    with pytest.raises(CommandError) as error:
        call_command("import_trials", *arguments)
    assert error.value.returncode == 2
