"""Files people hand to `--from`, whole and broken."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from importers.files import archives, documents
from importers.files.archives import RawItem, Unreadable, read
from importers.files.documents import Hint
from importers.registries.ctgov.files import KINDS
from importers.registries.ctri.files import KINDS as CTRI_KINDS
from importers.text.jsontext import canonical

ONE, TWO = ({"protocolSection": {"identificationModule": {"nctId": f"NCT9900000{n}"}}} for n in (1, 2))
RAW_ONE, RAW_TWO = canonical(ONE), canonical(TWO)
LINES = json.dumps(ONE).encode() + b"\n\n" + json.dumps(TWO).encode()


def ctgov(path: Path) -> list[RawItem | Unreadable]:
    return [item for item in read(path, KINDS) if not isinstance(item, Hint)]


def raws(path: Path) -> list[bytes | str]:
    """The records, and for what is no record the reason."""
    return [item.raw if isinstance(item, RawItem) else item.reason for item in ctgov(path)]


def written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("one.json", json.dumps(ONE).encode(), [RAW_ONE]),
        ("bom.json", b"\xef\xbb\xbf" + json.dumps(ONE).encode(), [RAW_ONE]),
        ("list.json", json.dumps([ONE, TWO]).encode(), [RAW_ONE, RAW_TWO]),
        ("page.json", json.dumps({"totalCount": 2, "studies": [ONE, TWO]}).encode(), [RAW_ONE, RAW_TWO]),
        ("none.json", b"[]", []),
        ("two.jsonl", LINES, [RAW_ONE, RAW_TWO]),
        ("two.jsonl.gz", gzip.compress(LINES, mtime=0), [RAW_ONE, RAW_TWO]),
        ("ONE.JSON.GZ", gzip.compress(json.dumps([ONE]).encode(), mtime=0), [RAW_ONE]),
    ],
)
def test_every_shape_of_studies_is_read(
    tmp_path: Path, name: str, content: bytes, expected: list[bytes]
) -> None:
    assert raws(written(tmp_path / name, content)) == expected


def test_lone_surrogates_lose_no_record(tmp_path: Path) -> None:
    path = written(tmp_path / "x.json", b'{"studies": [{"a": "\\ud800"}, {"b": 1}]}')
    assert raws(path) == [b'{"a":"\\ud800"}', b'{"b":1}']


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("x.json", b"<html><p>Sorry</p></html>", ["a web page, not JSON"]),
        ("x.json", b'{"a": "\xff"}', ["not JSON: the text is not UTF-8"]),
        ("x.json", b"", ["not JSON: Expecting value (line 1, column 1)"]),
        ("x.json", b'[{"a":1}, 5]', [b'{"a":1}', "not a study: a study is a JSON object"]),
        (
            "x.jsonl",
            b'{"a":1}\n{"b":\n{"c":3}\n',
            [b'{"a":1}', "not JSON: Expecting value (line 2, column 1)", b'{"c":3}'],
        ),
        ("x.json.gz", b"no gzip", ["cannot be read: Not a gzipped file (b'no')"]),
        ("x.txt", b"{}", ["not a file that ends in .json, .json.gz, .jsonl, .jsonl.gz, .zip"]),
        ("x.zip", b"no zip", ["cannot be read: File is not a zip file"]),
    ],
)
def test_what_is_broken_is_told_and_the_rest_read(
    tmp_path: Path, name: str, content: bytes, expected: list[bytes | str]
) -> None:
    assert raws(written(tmp_path / name, content)) == expected


def test_truncated_gzip_gives_what_it_holds(tmp_path: Path) -> None:
    packed = gzip.compress(b'{"a":1}\n' * 5000 + b"{}", compresslevel=0, mtime=0)
    found = raws(written(tmp_path / "x.jsonl.gz", packed[:-20]))
    reason = "cannot be read: Compressed file ended before the end-of-stream marker was reached"
    assert found == [b'{"a":1}'] * 4998 + [reason]


def test_origin_names_file_and_line(tmp_path: Path) -> None:
    path = written(tmp_path / "two.jsonl", LINES)
    assert [item.origin for item in ctgov(path)] == [f"{path}:1", f"{path}:3"]


def test_folder_is_read_in_order_at_any_depth(tmp_path: Path) -> None:
    written(tmp_path / "b.json", RAW_TWO)
    written(tmp_path / "a" / "deep" / "1.json", RAW_ONE)
    written(tmp_path / "README.md", b"# no record")
    written(tmp_path / ".hidden.json", b"{}")
    assert raws(tmp_path) == [RAW_ONE, RAW_TWO]


def test_folder_without_records_says_so(tmp_path: Path) -> None:
    assert raws(tmp_path) == ["no file in this folder ends in .json, .json.gz, .jsonl, .jsonl.gz, .zip"]


def test_missing_path_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nowhere", KINDS)


def test_archive_members_are_read(tmp_path: Path) -> None:
    members = {"b/two.json": RAW_TWO, "a.jsonl": RAW_ONE, "note.txt": b"x", "__MACOSX/._a.json": b"x"}
    assert raws(zipped(tmp_path / "x.zip", members)) == [RAW_ONE, RAW_TWO]


def test_archive_in_archive_is_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.json": RAW_ONE}).read_bytes()
    found = raws(zipped(tmp_path / "x.zip", {"inner.zip": inner, "z.json": RAW_TWO}))
    assert found == ["an archive inside an archive is not opened", RAW_TWO]


def test_archive_member_outside_the_archive_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    assert raws(zipped(folder / "x.zip", {"../../evil.json": RAW_ONE})) == [RAW_ONE]
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "x.zip"]


def test_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "x.zip", {"a.json": b" " * 300 * documents.MB})
    assert raws(bomb) == ["the archive expands more than 200 times"]


def test_archive_of_too_many_files_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)
    path = zipped(tmp_path / "x.zip", {"a.json": RAW_ONE, "b.json": RAW_TWO})
    assert raws(path) == ["the archive holds more than 1 files"]


def test_gzip_bomb_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_RATIO", 2)
    bomb = gzip.compress(b"{}\n" + b" " * 4 * documents.MB, mtime=0)
    assert raws(written(tmp_path / "x.jsonl.gz", bomb)) == [
        b"{}",
        "cannot be read: expands more than 2 times or to more than 4096 MB",
    ]


def test_endless_line_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_RECORD", 1024)
    path = written(tmp_path / "x.jsonl", b'{"a": "' + b"x" * 5000 + b'"}\n' + RAW_ONE)
    assert raws(path) == ["a line of more than 0 MB", RAW_ONE]


def test_ctri_pages_pass_through_as_bytes(tmp_path: Path) -> None:
    page = written(tmp_path / "page.HTM", b"<html>\xa0</html>")
    assert list(read(tmp_path, CTRI_KINDS)) == [RawItem(str(page), b"<html>\xa0</html>")]


def test_export_that_names_no_trial_of_ctri_is_refused_with_a_reason(tmp_path: Path) -> None:
    path = written(tmp_path / "export.xml", b"<x/>")
    reason = "no export of WHO ICTRP that names a trial of CTRI with its address"
    assert list(read(path, CTRI_KINDS)) == [Unreadable(str(path), reason)]
