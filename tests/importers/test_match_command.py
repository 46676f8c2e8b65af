"""`manage.py match`: one JSON line a study, no database."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.importers.test_classify_command import STUDY

CRITERIA = {
    "eligibilityCriteria": "Inclusion Criteria:\n\n* ECOG 0-1\n\nExclusion Criteria:\n\n"
    "* HIV infection\n* Active hepatitis B",
    "minimumAge": "18 Years",
    "maximumAge": "70 Years",
    "sex": "ALL",
}


def study() -> dict[str, Any]:
    return {"protocolSection": STUDY["protocolSection"] | {"eligibilityModule": CRITERIA}}


def run(path: Path, answers: str) -> tuple[list[dict[str, Any]], str, int | str | None]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("match", str(path), answers=answers, stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), stopped.value.code


@pytest.mark.parametrize(
    ("answers", "verdict", "against"),
    [
        ({"age": 62, "conditions": ["lbcl"], "hiv": True}, "does_not_fit", {"hiv": "HIV infection"}),
        ({"age": 71}, "does_not_fit", {"age": "18 Years – 70 Years"}),
        ({"hepatitis_b_c": True}, "ask", {}),
        ({}, "ask", {}),
        ({"age": 62, "conditions": ["lbcl"], "ecog": 1, "hiv": False, "hepatitis_b_c": False}, "fits", {}),
    ],
)
def test_one_line_a_study_says_why(
    tmp_path: Path, answers: dict[str, Any], verdict: str, against: dict[str, str]
) -> None:
    path = tmp_path / "study.json"
    path.write_text(json.dumps(study()))
    [line], problems, code = run(path, json.dumps(answers))
    assert (line["id"], line["verdict"], problems, code) == ("NCT90000001", verdict, "", 0)
    reasons = {one["facet"]: one["quote"] for one in line["reasons"] if one["verdict"] == "does_not_fit"}
    assert reasons == against
    assert all(one.keys() == {"facet", "verdict", "quote"} for one in line["reasons"])


def test_goes_on_after_a_record_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "studies.jsonl"
    path.write_text("<html>\n" + json.dumps(study()) + "\n")
    lines, problems, code = run(path, "{}")
    assert ([line["id"] for line in lines], code) == (["NCT90000001"], 1)
    assert problems.startswith(f"{path}")


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ('{"hivv": true}', "hivv"),
        ('{"age": -1}', "age"),
        ('{"age": NaN}', "age"),
        ('{"conditions": ["nothing"]}', "conditions"),
        ('{"hiv": "no"}', "hiv"),
        ("[]", "--answers"),
        ("{", "--answers"),
        ("[" * 100_000, "--answers"),
    ],
)
def test_unknown_and_impossible_answers_are_usage_errors_that_name_them(
    tmp_path: Path, answers: str, named: str
) -> None:
    path = tmp_path / "study.json"
    path.write_text(json.dumps(study()))
    with pytest.raises(CommandError, match=named) as refused:
        call_command("match", str(path), answers=answers)
    assert refused.value.returncode == 2


def test_refuses_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("match", str(tmp_path / "nothing.json"), answers="{}")
    assert refused.value.returncode == 2
