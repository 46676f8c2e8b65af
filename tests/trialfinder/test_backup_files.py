"""The files of backups: encryption, whole or refused; which nightly ones are kept."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from importers import tasks
from importers.runs import alerts
from trialfinder.backup import BackupError, archive, nightly, restore
from trialfinder.backup.sealing import MAGIC, PIECE, SALT, TAG, SealedReader, SealedWriter

KEY = "k3y-of-a-site-which-is-long-enough-to-be-taken-1234567890"
NOW = datetime(2026, 11, 29, 0, 20, tzinfo=UTC)


def sealed(data: bytes, key: str = KEY) -> bytes:
    file = io.BytesIO()
    with SealedWriter(file, key) as writer:
        writer.write(data)
    return file.getvalue()


def opened(file: bytes, key: str = KEY) -> bytes:
    return io.BufferedReader(SealedReader(io.BytesIO(file), key)).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5])
def test_sealed_bytes_come_back_whatever_their_number(size: int) -> None:
    data = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    assert opened(sealed(data)) == data


@given(st.integers(0, 200_000), st.integers(0, 5_000))
def test_sealed_file_is_read_from_any_place(begin: int, number: int) -> None:
    reader = SealedReader(io.BytesIO(_SEALED), KEY)
    reader.seek(begin)
    assert io.BufferedReader(reader).read(number) == _DATA[begin : begin + number]


_DATA = bytes(range(256)) * 600
_SEALED = sealed(_DATA)


def test_same_bytes_are_never_sealed_alike() -> None:
    assert sealed(b"x" * 100) != sealed(b"x" * 100)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file[:-1],
        lambda file: file[: len(MAGIC) + SALT + PIECE + TAG],
        lambda file: file[: len(MAGIC) + 3],
        lambda file: file[: len(MAGIC)] + bytes(SALT) + file[len(MAGIC) + SALT :],
        lambda file: file[:-40] + b"!" + file[-39:],
        lambda file: file + b"more",
    ],
    ids=["a byte short", "a piece short", "no content", "another salt", "a byte changed", "longer"],
)
def test_changed_or_shortened_file_is_refused(spoil: "type[bytes]") -> None:
    with pytest.raises(BackupError):
        opened(spoil(_SEALED))


def test_other_key_is_refused() -> None:
    with pytest.raises(BackupError):
        opened(_SEALED, KEY + "x")


@pytest.mark.parametrize("key", ["", KEY])
def test_file_that_could_not_be_finished_leaves_the_old_one(tmp_path: Path, key: str) -> None:
    path = tmp_path / "a.backup"
    path.write_bytes(b"the old one")
    with pytest.raises(TypeError), archive.writing(path, key) as target:
        target.writestr("tables/a", None)  # type: ignore[arg-type]
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a.backup", b"the old one")]


def test_backup_is_readable_for_its_owner_alone(tmp_path: Path) -> None:
    with archive.writing(tmp_path / "a.backup", "") as target:
        target.writestr("a", b"")
    assert (tmp_path / "a.backup").stat().st_mode & 0o777 == 0o600


def manifest(**changed: Any) -> archive.Manifest:
    entry = archive.TableEntry(["id"], 2, archive.Counted().sha256)
    values: dict[str, Any] = {
        "version": "9.9",
        "made_at": "",
        "migrations": [],
        "follow_key": "",
        "tables": {"a": entry},
    }
    return archive.Manifest(**(values | changed))


def written(path: Path, *members: tuple[str, bytes]) -> Path:
    with archive.writing(path, "") as target:
        for name, content in members:
            target.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "no manifest"),
        ([("manifest.json", b"[]")], "cannot be read"),
        ([("manifest.json", b"{")], "cannot be read"),
        ([("manifest.json", manifest(format=2).to_json())], r"newer release \(9.9\)"),
        ([("manifest.json", manifest().to_json())], "damaged; not as its manifest says: a"),
        ([("manifest.json", manifest().to_json()), ("tables/a", b"1\n")], "damaged"),
        (
            [("manifest.json", manifest(tables={}, migrations=[("trials", "9999_later")]).to_json())],
            r"newer release \(9.9\).*does not know trials.9999_later",
        ),
    ],
)
def test_file_that_is_not_what_it_should_be_is_one_sentence(
    tmp_path: Path, content: list[tuple[str, bytes]], words: str
) -> None:
    with pytest.raises(BackupError, match=words):
        restore.check(written(tmp_path / "a.backup", *content))


@pytest.mark.parametrize("content", [b"", b"PK", b"a note", MAGIC + b"short"])
def test_other_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.backup").write_bytes(content)
    with pytest.raises(BackupError):
        restore.check(tmp_path / "a.backup", KEY)


def test_encrypted_backup_asks_for_its_key(tmp_path: Path) -> None:
    (tmp_path / "a.backup").write_bytes(_SEALED)
    with pytest.raises(BackupError, match="set BACKUP_KEY"):
        restore.check(tmp_path / "a.backup")


def test_zip_with_a_byte_changed_is_refused(tmp_path: Path) -> None:
    rows = b"1\n2\n" * 1000
    count = archive.Counted()
    count.write(rows)
    entry = archive.TableEntry(["id"], count.rows, count.sha256)
    path = written(
        tmp_path / "a.backup", ("tables/a", rows), ("manifest.json", manifest(tables={"a": entry}).to_json())
    )
    assert restore.check(path).tables == {"a": entry}
    with zipfile.ZipFile(path) as file:
        at = file.getinfo("tables/a").header_offset + 45
    content = bytearray(path.read_bytes())
    content[at] ^= 255
    path.write_bytes(content)
    with pytest.raises(BackupError, match="damaged"):
        restore.check(path)


def test_seven_days_and_one_of_each_of_four_weeks_before_are_kept() -> None:
    today = date(2026, 11, 29)  # a Sunday
    days = {today - timedelta(days=number) for number in range(60)}
    kept = sorted(days - nightly.too_old(days), reverse=True)
    assert kept[:7] == [today - timedelta(days=number) for number in range(7)]
    assert kept[7:] == [today - timedelta(days=7 * week) for week in (1, 2, 3, 4)]


def test_weeks_stay_kept_as_days_go_by() -> None:
    kept: set[date] = set()
    for number in range(100):
        kept.add(date(2026, 1, 1) + timedelta(days=number))
        kept -= nightly.too_old(kept)
    assert len(kept) == 11
    assert date(2026, 1, 1) + timedelta(days=99) - min(kept) >= timedelta(days=22)


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.BACKUP_DIR = tmp_path
    return tmp_path


def test_no_folder_given_makes_no_backup(settings: Settings) -> None:
    settings.BACKUP_DIR = None
    tasks.back_up()
    assert nightly.trouble(NOW) == ""


def test_nightly_backup_is_made_once_a_day(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def make(path: Path, key: str) -> None:
        made.append(path.name)
        path.touch()

    monkeypatch.setattr(nightly, "make", make)
    (folder / "trialfinder-2020-01-01.backup").touch()
    (folder / "trialfinder-2020-01-02.backup.part").touch()  # killed in the middle
    (folder / nightly.NOTE).write_text("yesterday the disk was full")
    tasks.back_up()
    tasks.back_up()
    assert len(made) == 1
    assert list(folder.glob("*.part")) == []
    assert not (folder / nightly.NOTE).exists()
    assert nightly.trouble(NOW) == ""


@pytest.mark.django_db
def test_backup_that_failed_is_mailed_to_admins_and_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, key: str) -> None:
        raise BackupError("No space left on device.")

    monkeypatch.setattr(nightly, "make", full)
    tasks.back_up()
    found = [alert for alert in alerts.due() if alert.key.startswith("backup:")]
    assert [alert.subject for alert in found] == ["There is no fresh backup"]
    assert found[0].text.splitlines()[0] == "No space left on device."
    monkeypatch.setattr(nightly, "make", lambda path, _key: path.touch())
    tasks.back_up()
    assert [alert for alert in alerts.due() if alert.key.startswith("backup:")] == []


def test_folder_that_is_not_there_is_told(folder: Path, settings: Settings) -> None:
    settings.BACKUP_DIR = folder / "none"
    tasks.back_up()
    assert nightly.trouble(NOW) == f"BACKUP_DIR is {folder / 'none'}, and there is no such folder."


def test_backups_that_stopped_coming_are_told(folder: Path) -> None:
    later = datetime.now(UTC) + timedelta(hours=37)
    assert (nightly.trouble(datetime.now(UTC)), bool(nightly.trouble(later))) == ("", True)
