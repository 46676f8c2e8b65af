"""The page "Open data": what it shows is there, and its examples run as they stand."""

import contextlib
import io
import shlex
import shutil
import subprocess
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.builders import make_trial, site
from tests.pages import parsed
from trials.choices import Status
from trials.open_data.columns import REGISTRATIONS, SITES, TRIALS
from trials.open_data.dumps import make, shelf


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.DUMP_DIR = tmp_path / "dumps"
    return tmp_path / "dumps"


def example(live_server: LiveServer, settings: Settings, name: str) -> str:
    """As a visitor copies it from the page."""
    settings.SITE_URL = live_server.url
    page = parsed(Client().get("/open-data/"))
    return str(page.xpath(f'//code[@data-example="{name}"]')[0].text_content())


@pytest.mark.django_db(transaction=True)
def test_curl_example_fetches_the_open_trials(live_server: LiveServer, settings: Settings) -> None:
    make_trial("NCT00000001", sites=[site("CMC", "Vellore", "Tamil Nadu")])
    make_trial("NCT00000002", status=Status.COMPLETED)
    program, *options, address = shlex.split(example(live_server, settings, "curl"))
    assert (program, options) == ("curl", ["--fail", "--output", "trials.csv"])
    with urllib.request.urlopen(address) as answer:  # noqa: S310  # of our own live server
        lines = answer.read().decode("utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in lines] == ["id", "NCT00000001"]


@pytest.mark.django_db(transaction=True)
def test_python_example_prints_the_open_trials(live_server: LiveServer, settings: Settings) -> None:
    make_trial("NCT00000001", title="CAR T", sites=[site("CMC", "Vellore", "Tamil Nadu")])
    make_trial("NCT00000002", status=Status.COMPLETED)
    program = compile(example(live_server, settings, "python"), "example", "exec")
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(program, {})  # noqa: S102  # our own page's
    assert said.getvalue() == "NCT00000001 CAR T\n"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="no R: apt-get install r-base-core")
def test_r_example_can_be_read_by_r(live_server: LiveServer, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "example.R").write_text(example(live_server, settings, "r"))
    done = subprocess.run(["Rscript", "-e", f"parse('{tmp_path}/example.R')"], check=False)
    assert done.returncode == 0


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/open-data/", "/hi/open-data/"])
def test_page_describes_every_column_and_status(path: str) -> None:
    page = parsed(Client().get(path))
    named = [code.text for code in page.xpath('//th[@scope="row"]/code')]
    tables = [[column.name for column in columns] for columns in (TRIALS, REGISTRATIONS, SITES)]
    assert named == [*tables[0], *tables[1], "trial", *tables[2], "trial", *Status.values]
    assert len(page.xpath('//*[@id="recruitment-status"]')) == 1


@pytest.mark.django_db
def test_page_offers_the_newest_dump_and_says_where_there_is_none() -> None:
    assert parsed(Client().get("/open-data/")).xpath("//a[@download]") == []
    make_trial()
    dump = make.make_dump(datetime.now(UTC))
    assert dump
    links = parsed(Client().get("/open-data/")).xpath("//a[@download]/@href")
    assert sorted(links) == [f"/api/v1/dumps/{dump.date}/{name}" for name in sorted(shelf.FILES)]
    for link in links:
        answer = Client().get(link)
        assert (answer.status_code, bool(b"".join(answer))) == (200, True)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/hi"])
def test_pages_lead_to_open_data_and_the_list_to_its_file(language: str) -> None:
    make_trial(conditions=["lbcl"])
    about = parsed(Client().get(f"{language}/about/")).xpath("//a/@href")
    assert about.count(f"{language}/open-data/") == 2
    page = parsed(Client().get(f"{language}/trials/?condition=lbcl&page=1"))
    assert page.xpath("//a[@download]/@href") == [f"{language}/trials.csv?condition=lbcl"]
    empty = parsed(Client().get(f"{language}/trials/?condition=aml"))
    assert empty.xpath("//a[@download]") == []
