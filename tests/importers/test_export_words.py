"""What people said, as a file of its own."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from importers.management.commands.export_words import KINDS
from tests.peoples_words import FOLLOWER, ID, OF_A_VISITOR, people_spoke

pytestmark = pytest.mark.django_db


def test_every_kind_of_word_is_exported_by_lasting_names(tmp_path: Path) -> None:
    people_spoke()
    call_command("export_words", str(tmp_path / "words.json"), stdout=StringIO())
    words = json.loads((tmp_path / "words.json").read_text())
    assert {kind: len(words[kind]) for kind in KINDS} == dict.fromkeys(KINDS, 1)
    edit = words["listing_edits"][0]
    where = (edit["registry"], edit["registry_id"], edit["hospital"])
    assert where == ("ctgov", ID, "tata-memorial-hospital-mumbai")
    assert edit["value"] == "Ring before nine.\nनौ बजे से पहले"
    assert [row["text"] for row in words["missing"]] == ["Ours of 2025 is missing"]


def test_nothing_of_visitors_and_no_account_is_exported(tmp_path: Path) -> None:
    people_spoke()
    call_command("export_words", str(tmp_path / "words.json"), stdout=StringIO())
    text = (tmp_path / "words.json").read_text()
    assert [word for word in (OF_A_VISITOR, FOLLOWER, "ravi", "md5$", "pbkdf2") if word in text] == []


def test_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_words", str(tmp_path / "none" / "words.json"))
