"""What visitors are answered again, what is never kept, and who gets it."""

import gzip
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone
from pytest_django import Settings

from tests.desk import person, signed_in
from tests.kept import commit, files, fill
from trialfinder.kept_pages import KeptPages
from trials.models import Registration, RegistrySource, Trial

pytestmark = pytest.mark.django_db

PUBLIC = (
    *("/", "/trials/", "/hi/trials/", "/trials/?condition=lbcl", "/trials/NCT00000001/"),
    *("/changes/feed/", "/changes/", "/sitemap.xml", "/match/trials/", "/about/"),
)
TYPED = (
    *("/trials/?q=leukemia", "/trials/?near=Delhi", "/trials/?age=62&condition=lbcl"),
    *("/trials/?sponsor=novartis", "/trials/?hiv=ok", "/trials/?sex=female", "/trials/?lines=2"),
    *("/trials/NCT00000001/?near=400012", "/find/?condition=lbcl&age=7", "/shortlist/?id=NCT00000001"),
    *(
        "/trials/?condition=%6Cbcl",
        "/trials/?condition=lbcl&state=delhi",
        "/trials/?condition=lbcl&condition=aml",
    ),
)


@pytest.fixture
def keeping(settings: Settings, tmp_path: Path) -> Path:
    settings.KEEP_PAGES = True
    settings.DATA_DIR = tmp_path
    fill()
    return tmp_path / "pages"


@pytest.fixture
def visitor() -> Client:
    return Client()


def same(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    return answer.status_code, answer.content, dict(answer.headers)


@pytest.mark.parametrize("path", PUBLIC)
def test_the_second_visitor_gets_the_same_answer_for_one_statement(
    keeping: Path, visitor: Client, path: str
) -> None:
    first = visitor.get(path)
    with CaptureQueriesContext(connection) as asked:
        second = Client().get(path)
    assert same(second) == same(first)
    assert (second.status_code, len(asked)) == (200, 1)


def test_a_browser_that_has_the_page_is_told_so_until_it_changes(keeping: Path, visitor: Client) -> None:
    tag = visitor.get("/trials/?q=leukemia")["ETag"]
    again = visitor.get("/trials/?q=leukemia", headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    Trial.objects.update(title="Another title")
    commit()
    changed = visitor.get("/trials/?q=leukemia", headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed["ETag"] != tag


@pytest.mark.parametrize("tag", ["*", "", "W/", '"x', 'W/"1-2-3"', "\x00"])
def test_a_tag_that_is_not_ours_is_answered_in_full(keeping: Path, visitor: Client, tag: str) -> None:
    assert visitor.get("/trials/", headers={"if-none-match": tag}).status_code == 200


def test_browsers_ask_each_time(keeping: Path, visitor: Client) -> None:
    page = visitor.get("/trials/NCT00000001/")
    assert (page["Cache-Control"], "Cookie" in page["Vary"]) == ("no-cache", True)


@pytest.mark.parametrize("path", TYPED)
def test_nothing_typed_and_nothing_of_a_patient_is_kept(keeping: Path, visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 200
    assert files(keeping) == []


@pytest.mark.parametrize(
    "path", ["/trials/?condition=nothing", "/trials/NCT99999999/", "/match/", "/trials/NCT00000001/report/"]
)
def test_errors_and_forms_have_no_tag_and_are_not_kept(keeping: Path, visitor: Client, path: str) -> None:
    assert "ETag" not in visitor.get(path)
    assert files(keeping) == []


def test_staff_neither_see_nor_make_kept_pages(keeping: Path, visitor: Client) -> None:
    staff = signed_in(person(admin=True))
    page = staff.get("/trials/")
    assert ("ETag" in page, page["Cache-Control"], files(keeping)) == (False, "private, no-cache", [])
    kept = visitor.get("/trials/")
    seen = staff.get("/trials/", headers={"if-none-match": kept["ETag"]})
    assert seen.status_code == 200
    assert "/imports/" in seen.content.decode()
    assert "/imports/" not in kept.content.decode()


def test_the_cookie_of_a_form_changes_no_page(keeping: Path, visitor: Client) -> None:
    visitor.get("/match/")
    assert "csrftoken" in visitor.cookies
    assert same(visitor.get("/trials/")) == same(Client().get("/trials/"))


def test_each_host_and_encoding_has_its_own_answer(
    keeping: Path, visitor: Client, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    ask = {host: {"host": f"{host}.example"} for host in ("one", "two")}
    sheets = [visitor.get("/trials/NCT00000001/sheet/", headers=ask[host]) for host in ("one", "two", "one")]
    assert ["http://one.example" in sheet.content.decode() for sheet in sheets] == [True, False, True]
    assert visitor.get("/trials/", headers={"host": "evil.example"}).status_code == 400
    packed = [visitor.get("/trials/", headers=ask["one"] | {"accept-encoding": "gzip"}) for _ in range(2)]
    plain = visitor.get("/trials/", headers=ask["one"])
    assert [gzip.decompress(page.content) for page in packed] == [plain.content] * 2
    assert same(packed[0]) == same(packed[1])


def test_head_is_answered_from_what_get_has_made(keeping: Path, visitor: Client) -> None:
    page = visitor.get("/trials/")
    head = visitor.head("/trials/")
    assert (dict(head.headers), head.content) == (dict(page.headers), b"")


def test_the_safety_headers_are_kept(keeping: Path, visitor: Client) -> None:
    visitor.get("/trials/")
    page = visitor.get("/trials/")
    wanted = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")
    assert [name for name in wanted if name not in page] == []


def test_a_new_version_removes_what_was_kept_before(keeping: Path, visitor: Client) -> None:
    visitor.get("/trials/")
    before = {path.name for path in keeping.iterdir()}
    Registration.objects.update(title="Another")
    commit()
    visitor.get("/about/")
    after = {path.name for path in keeping.iterdir()}
    assert (len(before), len(after), before & after) == (1, 1, set())


def test_a_page_that_shows_the_progress_of_the_first_import_is_not_kept(
    keeping: Path, visitor: Client
) -> None:
    Trial.objects.all().delete()
    RegistrySource.objects.update(last_good_at=None, importing_since=timezone.now(), progress_done=7)
    page = visitor.get("/about/")
    assert ("ETag" in page, files(keeping)) == (False, [])


def test_pages_are_made_where_nothing_can_be_written(keeping: Path, visitor: Client) -> None:
    keeping.write_text("not a folder")
    assert [visitor.get("/trials/").status_code for _ in range(2)] == [200, 200]


def test_many_who_ask_at_once_have_the_page_made_once(
    keeping: Path, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialfinder.kept_pages._version", lambda: "1")
    made = []

    def make(request: HttpRequest) -> HttpResponse:
        made.append(request)
        request.resolver_match = resolve("/about/")
        time.sleep(0.05)
        return HttpResponse("made")

    pages = KeptPages(make)
    with ThreadPoolExecutor(8) as visitors:
        answers = list(visitors.map(pages, [rf.get("/about/") for _ in range(8)]))
    assert ([answer.content for answer in answers], len(made)) == ([b"made"] * 8, 1)
