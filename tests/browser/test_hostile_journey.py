"""Hostile text in a real browser, on a phone: nothing of it runs, and no page grows wider than the screen."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from importers.registries.slugs import Registry
from tests.browser.test_accessibility import WIDE
from tests.desk import signed_in
from tests.hostile import records, world
from tests.hostile.payloads import BEGINNINGS, MARK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "NCT99110001"
WIDER = ("/clinic/", f"/trials/{LONG}/", "/trials/NCT99100004/")
"""Not yet inside the screen."""
CAME_FROM_TEXT = f"""[...document.querySelectorAll('*')].filter(one =>
    one.localName.includes('{MARK}') ||
    [...one.attributes].some(({{name, value}}) => /^on/.test(name) || name.includes('{MARK}') ||
        /^(href|src|action)$/.test(name) && /^\\s*(javascript|data):/i.test(value))
).map(one => one.outerHTML.slice(0, 200))"""


def test_hostile_text_stays_text_and_inside_the_screen(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    world.fill(tmp_path)
    words = records.changed(records.study(), records.taken_leaves(), lambda text: f"{text} {'W' * 3_000}")
    world.take(Registry.CTGOV, records.write_studies(tmp_path / "w.jsonl", records.numbered(words, LONG)))
    registration, hospital = world.main_registration(), world.hostile_hospital()
    cookie = signed_in(User.objects.get(is_superuser=True)).cookies["sessionid"].value
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 800})
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    page.on("pageerror", lambda error: ran.append(str(error)))
    wrong = []
    for path in (
        *("/trials/", f"/trials/?q={MARK}", "/changes/", "/sites/", f"/sites/{hospital.slug}/", "/clinic/"),
        *(f"/trials/{number}/" for number in (records.NUMBER, records.CTRI_NUMBER, LONG)),
        *(f"/trials/NCT991000{number:02}/" for number in range(len(BEGINNINGS))),
        *(
            f"/imports/review/{registration.pk}/",
            f"/workspace/listing/{registration.pk}/",
            "/imports/reports/",
        ),
    ):
        page.goto(path)
        wrong += [(path, one) for one in page.evaluate(CAME_FROM_TEXT)]
        wrong += [(path, "wide")] if path not in WIDER and page.evaluate(WIDE) else []
    context.close()
    assert (wrong, ran) == ([], [])
