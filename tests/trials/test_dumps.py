"""The daily dump: whole, checkable, and never half there."""

import csv
import gzip
import hashlib
import json
import os
import signal
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from tests.builders import make_trial, site, trial_row
from trials.catalogue.serialise import as_json
from trials.catalogue.spreadsheet import MARK
from trials.open_data import streams
from trials.open_data.columns import TRIALS
from trials.open_data.dumps import make, shelf
from trials.open_data.tasks import dump, dump_missing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.DUMP_DIR = tmp_path / "dumps"
    return tmp_path / "dumps"


INDIA = ZoneInfo("Asia/Kolkata")


def made(now: datetime | None = None) -> shelf.Dump:
    found = make.make_dump(now or datetime.now(UTC))
    assert found
    return found


def folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]


def test_dump_holds_the_same_trials_in_every_form(folder: Path) -> None:
    trial = make_trial(sites=[site("CMC", "Vellore", "Tamil Nadu"), site("Abroad", "Paris", "", "France")])
    make_trial(title="=1")
    trial_row(sample=True)
    trial_row(published=False)
    day = folder / made().date
    assert sorted(path.name for path in day.iterdir()) == sorted(shelf.FILES)
    lines = gzip.decompress((day / "trials.ndjson.gz").read_bytes()).decode().splitlines()
    assert json.loads(lines[0]) == as_json(trial)
    text = (day / "trials.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.removeprefix(MARK).splitlines()))
    assert rows[0] == [column.name for column in TRIALS]
    with closing(sqlite3.connect(day / "trials.sqlite")) as tables:
        counts = tables.execute(
            "SELECT (SELECT count(*) FROM trials), (SELECT count(*) FROM sites)"
        ).fetchone()
        open_now = tables.execute(
            "SELECT hospital FROM sites WHERE recruiting AND country = 'India'"
        ).fetchall()
    assert (len(lines), len(rows) - 1, counts, open_now) == (2, 2, (2, 2), [("CMC",)])


def test_checksums_and_data_package_fit_the_files(folder: Path) -> None:
    make_trial()
    day = folder / made().date
    for line in (day / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((day / name).read_bytes()).hexdigest() == digest
    package = json.loads((day / "datapackage.json").read_text())
    assert [one["path"] for one in package["resources"]] == [
        "trials.csv",
        "trials.ndjson.gz",
        "trials.sqlite",
    ]
    fields = package["resources"][0]["schema"]["fields"]
    assert [one["name"] for one in fields] == [column.name for column in TRIALS]
    assert all(one["description"] for one in fields)
    assert "CC BY 4.0" in (day / "LICENCE.txt").read_text()


def test_nothing_real_makes_no_dump(folder: Path) -> None:
    trial_row(sample=True)
    assert make.make_dump(datetime.now(UTC)) is None
    assert shelf.dumps() == []
    with pytest.raises(CommandError):
        call_command("dump")


def test_second_dump_of_a_day_takes_the_place_of_the_first(folder: Path) -> None:
    make_trial()
    first = made()
    make_trial()
    dump()
    dump_missing()
    assert [(one.date, one.trials) for one in shelf.dumps()] == [(first.date, 2)]
    assert sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.is_symlink()) == [
        (folder / first.date).resolve().name
    ]


def test_dumps_are_kept_for_seven_days(folder: Path) -> None:
    make_trial()
    first = datetime(2026, 11, 1, 7, tzinfo=INDIA)
    for number in range(9):
        made(first + timedelta(days=number))
    assert shelf.days() == [f"2026-11-0{number}" for number in range(9, 2, -1)]
    assert len(folders(folder)) == 7


@pytest.mark.parametrize(("hour", "there", "comes"), [(1, False, True), (1, True, False), (7, True, True)])
def test_missing_dump_is_made_in_the_morning_and_the_first_one_at_once(
    hour: int, there: bool, comes: bool
) -> None:
    make_trial()
    if there:
        made(datetime(2026, 11, 1, 7, tzinfo=INDIA))
    now = datetime(2026, 11, 2, hour, tzinfo=INDIA)
    assert (make.make_missing_dump(now) is not None) == comes
    assert ("2026-11-02" in shelf.days()) == comes
    assert make.make_missing_dump(now) is None


def test_failing_dump_leaves_the_old_files_alone(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    make_trial()
    before = made()

    def fail(*_: Any) -> str:
        raise RuntimeError

    make_trial()
    monkeypatch.setattr(streams, "json_line", fail)
    with pytest.raises(RuntimeError):
        make.make_dump(datetime.now(UTC))
    assert shelf.dumps() == [before]
    assert len(folders(folder)) == 1


def test_killed_dump_leaves_the_old_files_and_the_next_one_clears_up(folder: Path) -> None:
    """A child writes half a dump and is killed with SIGKILL; it needs no database for that."""
    make_trial()
    before = made()
    child = os.fork()
    if child == 0:
        with shelf.alone():
            half = shelf.unfinished()
            (half / "trials.csv").write_text("half")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert shelf.dumps() == [before]
    assert len([path for path in folder.glob(".*") if path.is_dir()]) == 2
    made()
    assert len([path for path in folder.glob(".*") if path.is_dir()]) == 1


def let_go(answer: Any) -> None:
    """Close the file of an answer that is not read; closing the answer would end the database connection."""
    for close in answer._resource_closers:
        close()


def test_api_lists_dumps_and_serves_their_files(folder: Path) -> None:
    make_trial()
    dumped = made()
    (listed,) = Client().get("/api/v1/dumps").json()["results"]
    assert (listed["date"], listed["trials"]) == (dumped.date, 1)
    assert {one["name"] for one in listed["files"]} == {*shelf.FILES} - {"SHA256SUMS"}
    for one in listed["files"]:
        answer = Client().get(one["url"])
        content = b"".join(answer)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (one["bytes"], one["sha256"])
        assert answer["ETag"] == f'"{one["sha256"]}"'
        assert Client().get(one["url"], headers={"if-none-match": answer["ETag"]}).status_code == 304
        head = Client().head(one["url"])
        let_go(head)
        assert head["Content-Length"] == str(one["bytes"])


def test_only_files_of_earlier_days_never_change() -> None:
    make_trial()
    today = made().date
    earlier = made(datetime.now(UTC) - timedelta(days=2)).date
    for day, said in ((today, "public, no-cache"), (earlier, "public, max-age=604800, immutable")):
        answer = Client().head(f"/api/v1/dumps/{day}/trials.csv")
        let_go(answer)
        assert answer["Cache-Control"] == said


@pytest.mark.parametrize(
    "path",
    [
        "2026-11-01/trials.csv",
        "../secret_key",
        "{day}/..%2f..%2fsecret_key",
        "{day}/../../secret_key",
        "{day}/secret.txt",
        ".lock/trials.csv",
        "..%2f{day}/trials.csv",
        "{day}%00/trials.csv",
        "{day}/trials.csv%00",
        "٢٠٢٦-١١-٠١/trials.csv",
    ],
)
def test_nothing_else_is_served(path: str, folder: Path) -> None:
    make_trial()
    day = made().date
    (folder / day / "secret.txt").write_text("x")
    (folder.parent / "secret_key").write_text("x")
    assert Client().get(f"/api/v1/dumps/{path.format(day=day)}").status_code == 404


def test_damaged_dump_is_not_listed(folder: Path) -> None:
    make_trial()
    day = made().date
    (folder / day / "datapackage.json").write_text("[]")
    assert shelf.dumps() == []
    assert Client().get(f"/api/v1/dumps/{day}/trials.csv").status_code == 404
    assert Client().get("/open-data/").status_code == 200
