"""`manage.py classify` and `manage.py understand`: one JSON line each, no database."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

STUDY: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT90000001", "briefTitle": "CD19 CAR-T in DLBCL"},
        "statusModule": {"overallStatus": "RECRUITING"},
        "armsInterventionsModule": {"interventions": [{"name": "Autologous CD19 CAR-T cells"}]},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE1"]},
    }
}


def run(path: Path) -> tuple[list[dict[str, Any]], str, int | str | None]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("classify", str(path), stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), stopped.value.code


def test_classify_prints_one_line_a_study(tmp_path: Path) -> None:
    path = tmp_path / "study.json"
    path.write_text(json.dumps(STUDY))
    [line], problems, code = run(path)
    assert {name: line[name] for name in ("id", "role", "conditions", "targets", "cell_source")} == {
        "id": "NCT90000001",
        "role": "gives_car_t",
        "conditions": ["lbcl"],
        "targets": ["CD19"],
        "cell_source": "autologous",
    }
    assert (problems, code) == ("", 0)


def test_classify_goes_on_after_a_record_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "studies.jsonl"
    path.write_text("<html>\n" + json.dumps(STUDY) + "\n")
    lines, problems, code = run(path)
    assert ([line["id"] for line in lines], code) == (["NCT90000001"], 1)
    assert problems.startswith(f"{path}")


def test_classify_refuses_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("classify", str(tmp_path / "nothing.json"))
    assert refused.value.returncode == 2


def test_understand_answers_each_line_of_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("DLBCL Mumbai\n\n"))
    out = io.StringIO()
    call_command("understand", stdout=out)
    first, second = map(json.loads, out.getvalue().splitlines())
    assert (first["conditions"], first["city"]) == (["lbcl"], "Mumbai")
    lists: dict[str, Any] = {key: [] for key in ("conditions", "targets", "products", "phases", "unused")}
    words = ("city", "state", "registry_id", "age_group", "sex", "near", "recruiting")
    texts = dict.fromkeys((*words, "investigator", "sponsor", "rest"), "")
    numbers = dict.fromkeys(("age", "within", "lines", "prior_car_t"), None)
    assert second == lists | texts | numbers
