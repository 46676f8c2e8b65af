"""Exports of WHO ICTRP say where CTRI's pages are, and nothing else is taken of them."""

from pathlib import Path

import pytest

from importers.models import ImportRun
from importers.models.crawl import CtriTarget
from importers.pipeline import start
from importers.registries.ctri.ictrp import Pointer, pointers
from importers.registries.slugs import Registry
from tests.shared_records import SHARED, needs_shared
from trials.models import Registration

URL = "http://www.ctri.nic.in/Clinicaltrials/pmaindet2.php?trialid="
XML = f"""<?xml version="1.0"?><Trials_downloaded_from_ICTRP>
<Trial><TrialID>
 CTRI/2026/01/000001 </TrialID><Public_title>CAR T-cells<br/ ></Public_title>
<web_address>{URL}11</web_address></Trial>
<Trial><TrialID>ChiCTR2000029953</TrialID><web_address>http://www.chictr.org.cn/?proj=1</web_address></Trial>
<Trial><TrialID>CTRI/2026/01/000002</TrialID>
<web_address>https://ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid=MTI=&amp;Enc=</web_address></Trial>
<Trial><TrialID>CTRI/2026/01/000003</TrialID><Public_title>broken o"""
HEADED = (
    f'TrialID,"Public title","web address"\nCTRI/2026/01/000001,"CAR T, ""cells""",{URL}11\nNCT01234567,x,y\n'
)
WEEKLY = f"\ufeffCTRI/2026/01/000001,01-02-2026,NULL,chimeric antigen receptor,x,{URL}11\nshort,row\n"
ONE = Pointer("x", "CTRI/2026/01/000001", 11, names_car_t=True)
TWO = Pointer("x", "CTRI/2026/01/000002", 12, names_car_t=False)


@pytest.mark.parametrize(
    ("export", "found"), [(XML, [ONE, TWO]), (HEADED, [ONE]), (WEEKLY, [ONE])], ids=["xml", "csv", "weekly"]
)
def test_every_shape_is_known_by_its_content(export: str, found: list[Pointer]) -> None:
    assert list(pointers(export.encode(), "x")) == found


@pytest.mark.parametrize(
    "junk", [b"", b"<html>WAF</html>", b"\xff\xfe\x00", b'"', b"CTRI/2026/01/000001,no url"]
)
def test_junk_names_nothing(junk: bytes) -> None:
    assert list(pointers(junk, "x")) == []


@needs_shared
def test_real_rows_all_name_their_page() -> None:
    rows = SHARED / "registries/ctri/ictrp/ctri_rows_2020-07-07.csv"
    assert len({pointer.trial_id for pointer in pointers(rows.read_bytes(), "x")}) == 209


@pytest.mark.django_db
def test_export_makes_targets_and_no_record(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text(XML)
    run = start.carry_out(start.queue(Registry.CTRI, ImportRun.Source.FILES, origin=str(path)).pk)
    told = [(target.ctri_number, target.due_at is None) for target in CtriTarget.objects.order_by("trial_id")]
    assert (run.status, run.pointed, Registration.objects.count()) == ("succeeded", 2, 0)
    assert told == [("CTRI/2026/01/000001", False), ("CTRI/2026/01/000002", True)]


@pytest.mark.django_db
def test_export_never_changes_what_a_page_has_told(tmp_path: Path) -> None:
    CtriTarget.objects.create(trial_id=11, ctri_number="CTRI/2026/09/000009", reason="frontier")
    path = tmp_path / "export.csv"
    path.write_text(HEADED)
    start.carry_out(start.queue(Registry.CTRI, ImportRun.Source.FILES, origin=str(path)).pk)
    assert CtriTarget.objects.get().ctri_number == "CTRI/2026/09/000009"
