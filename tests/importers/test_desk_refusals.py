"""Files dropped on the desk that are refused at the door: in words, and nothing of them is stored."""

from typing import Any

import pytest

from importers.desk import uploads
from importers.files.documents import MB
from importers.models import ImportRun, UploadedFile
from tests.desk import HOSTILE
from tests.importers.dropped import STUDY, Drop, named

pytestmark = pytest.mark.django_db


def refused(answer: Any) -> list[str]:
    """The codes of what a form is refused for; nothing is stored of it."""
    assert answer.status_code == 400
    assert (ImportRun.objects.count(), UploadedFile.objects.count()) == (0, 0)
    errors = answer.context["upload"].errors.as_data()
    codes = [error.code for field in ("registry", "dropped") for error in errors.get(field, [])]
    assert answer.text.count('role="alert"') == len(codes)
    return codes


@pytest.mark.parametrize(
    ("name", "registry"),
    [("a.txt", "ctgov"), ("a", "ctgov"), ("a.html", "ctgov"), ("a.json", "ctri"), ("a.json.exe", "ctgov")],
)
def test_file_with_a_wrong_ending_is_refused(drop: Drop, name: str, registry: str) -> None:
    assert refused(drop(named(name), registry=registry)) == ["wrong_ending"]


@pytest.mark.parametrize(
    ("name", "body", "registry"),
    [
        ("a.json", b"<html>", "ctgov"),
        ("a.jsonl", b"NCT,title", "ctgov"),
        ("a.json.gz", STUDY, "ctgov"),
        ("a.zip", STUDY, "ctgov"),
        ("a.html", b"MZ\x90", "ctri"),
        ("a.json", b"   ", "ctgov"),
    ],
)
def test_file_that_is_not_what_its_name_says_is_refused(
    drop: Drop, name: str, body: bytes, registry: str
) -> None:
    assert refused(drop(named(name, body), registry=registry)) == ["other_content"]


def test_too_many_files_are_refused(drop: Drop) -> None:
    files = [named(f"{number}.json") for number in range(21)]
    assert refused(drop(*files)) == ["too_many"]


def test_too_large_a_file_is_refused(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_FILE", MB)
    assert refused(drop(named("a.json", b"[" * (MB + 1)))) == ["too_large"]


def test_files_too_large_together_are_refused(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_ALL", MB)
    half = b"[" * (MB // 2 + 1)
    assert refused(drop(named("a.json", half), named("b.json", half))) == ["too_large_together"]


def test_empty_file_is_refused(drop: Drop) -> None:
    assert refused(drop(named("a.json", b""))) == ["empty"]


def test_no_file_is_refused(drop: Drop) -> None:
    assert refused(drop()) == ["required"]


@pytest.mark.parametrize("registry", ["", "nowhere", "ctgov\0", "9" * 5000, HOSTILE])
def test_nonsense_for_a_registry_is_refused(drop: Drop, registry: str) -> None:
    answer = drop(named("a.json"), registry=registry)
    assert len(refused(answer)) == 1
    assert HOSTILE not in answer.text


def test_hostile_name_of_a_refused_file_is_escaped(drop: Drop) -> None:
    answer = drop(named("<img src=x>.txt"))
    assert len(refused(answer)) == 1
    assert "<img src=x>" not in answer.text


def test_list_below_a_refused_upload_leads_to_the_desk(drop: Drop) -> None:
    ImportRun.objects.bulk_create(ImportRun(registry="ctgov", status="failed") for _ in range(21))
    assert 'href="/imports/?page=2#runs"' in drop().text


def test_refusal_in_hindi_is_a_hindi_page(drop: Drop) -> None:
    answer = drop(named("a.txt"), language="/hi")
    assert len(refused(answer)) == 1
    assert '<html lang="hi">' in answer.text
