"""The site without a network and on a home screen: what the server sends for it."""

import json
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from tests import desk
from trials.views.offline import NEEDED, SCRIPTS

pytestmark = pytest.mark.django_db
MARK = re.compile(r"\shidden\s+data-as-it-was")
LIMITS = {"worker.js": 6144, "listen.js": 2048, "offline.js": 2048, "kept.js": 2048, "icon-512.png": 20_000}


def test_worker_has_the_whole_site_and_is_asked_for_again(client: Client) -> None:
    reply = client.get("/sw.js")
    assert reply["Content-Type"].startswith("text/javascript")
    assert reply["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in reply["Content-Security-Policy"]


def test_worker_names_every_needed_file_by_its_address(client: Client) -> None:
    first = client.get("/sw.js").content.decode().partition("\n")[0]
    files = json.loads(first.removeprefix("const FILES = ").removesuffix(";"))
    assert files == [f"/static/trials/{name}" for name in NEEDED]
    assert [name for name in NEEDED if not (SCRIPTS / name).is_file()] == []


def test_another_file_makes_another_worker(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.get("/sw.js").content
    monkeypatch.setattr("trials.views.offline.static", lambda path: f"/static/{path}?new")
    assert client.get("/sw.js").content != before


def test_switched_off_the_worker_removes_itself_and_no_page_may_be_kept(
    client: Client, settings: Settings
) -> None:
    settings.OFFLINE = False
    reply = client.get("/sw.js")
    page = client.get("/privacy/").content.decode()
    assert reply.content.decode() == (SCRIPTS / "worker_off.js").read_text()
    assert reply["Cache-Control"] == "no-cache"
    assert (MARK.search(page), "offline.js" in page, "data-forget" in page) == (None, False, False)


@pytest.mark.parametrize(("home", "language"), [("/", "en"), ("/hi/", "hi")])
def test_manifest_speaks_the_language_of_its_address(client: Client, home: str, language: str) -> None:
    reply = client.get(f"{home}manifest.webmanifest")
    told = reply.json()
    assert reply["Content-Type"] == "application/manifest+json"
    assert (told["lang"], told["start_url"], told["scope"]) == (language, home, "/")
    assert {icon["sizes"] for icon in told["icons"]} == {"any", "192x192", "512x512"}
    assert f'href="{home}manifest.webmanifest"' in client.get(home).content.decode()


def test_manifests_have_names_of_their_own(client: Client) -> None:
    english, hindi = (client.get(f"{home}manifest.webmanifest").json() for home in ("/", "/hi/"))
    assert english["name"] != hindi["name"]
    assert english["id"] == hindi["id"]


@pytest.mark.parametrize("path", ["/", "/hi/car-t/", "/trials/", "/offline/", "/shortlist/"])
def test_pages_for_everyone_may_be_kept_and_hide_the_line(client: Client, path: str) -> None:
    assert len(MARK.findall(client.get(path).content.decode())) == 1


def test_nothing_of_a_person_who_has_signed_in_may_be_kept() -> None:
    reply = desk.signed_in(desk.person(admin=True)).get("/car-t/")
    assert (reply.status_code, MARK.search(reply.content.decode())) == (200, None)


def test_last_list_is_no_page_of_the_server(client: Client) -> None:
    assert client.get("/hi/offline/list/")["Location"] == "/hi/trials/"


def test_search_engines_leave_the_offline_page(client: Client) -> None:
    assert client.get("/offline/")["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(("name", "most"), LIMITS.items())
def test_files_stay_small(name: str, most: int) -> None:
    assert (SCRIPTS / name).stat().st_size <= most


def test_worker_reaches_people_without_a_second_factor(client: Client) -> None:
    client.force_login(User.objects.create_superuser("staff", "staff@example.org"))
    assert client.get("/sw.js").status_code == 200
