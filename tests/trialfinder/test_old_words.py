"""After anything that changes the data no process shows the old word, and no browser is told to.

Whatever is done in whatever order: an answer that may have been kept, by this process or another one, is the
answer that would be made now.
"""

import random
import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.actions import CTRI, IMPORTED, NCT, Actions, two_trials
from tests.second_process import second_process

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

STEPS = 12
LOOKS = 7
PATHS = (
    *("/", "/trials/", "/hi/trials/", "/trials/?condition=lbcl", "/trials/?q=words", "/trials/?near=Mumbai"),
    *(f"/trials/{number}/" for number in (NCT, CTRI, IMPORTED)),
    *(f"/trials/{NCT}/sheet/", f"/hi/trials/{NCT}/", f"/compare/?id={NCT}", f"/clinic/sheet/?id={NCT}"),
    *("/clinic/", "/clinic.csv", "/sites/", "/sites/own-hospital-mumbai/", "/map/", "/numbers/", "/changes/"),
    *("/changes/feed/", "/match/trials/", "/conditions/", "/conditions/lbcl/", "/products/", "/car-t/"),
    *("/api/v1/trials", f"/api/v1/trials/{NCT}", "/api/v1/sites", "/api/v1/status", "/api/v1/conditions"),
    *("/sitemap.xml", "/about/"),
)
"""Pages, feeds, the API: those that are kept and those that browsers alone keep."""


class Browser:
    """A visitor whose browser keeps what it was given, and asks whether that still holds."""

    def __init__(self) -> None:
        self.client = Client()
        self.had: dict[str, tuple[str, str]] = {}

    def get(self, path: str) -> tuple[int, str]:
        tag, content = self.had.get(path, ("", ""))
        answer = self.client.get(path, headers={"if-none-match": tag} if tag else None)
        if answer.status_code == 304:
            return 200, content
        if "ETag" in answer:
            self.had[path] = answer["ETag"], answer.content.decode()
        return answer.status_code, answer.content.decode()


def timeless(content: str) -> str:
    """Without the moment at which a feed without an entry was made."""
    return re.sub(r"<updated>[^<]*</updated>(?=<subtitle>)", "", content)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_process_and_no_browser_shows_an_old_word(seed: int, settings: Settings, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    made_now = Client()
    made_now.get("/about/")  # its middleware is loaded while nothing is kept
    settings.KEEP_PAGES, settings.DATA_DIR = True, tmp_path
    two_trials()
    actions, browser, done = Actions(chance, tmp_path), Browser(), []
    with second_process(tmp_path) as other:
        for _ in range(STEPS):
            action, paths = chance.choice(actions.all()), chance.sample(PATHS, LOOKS)
            for path in paths:
                browser.get(path)
                other.get(path)
            action()
            done.append(action.__name__)
            for path in paths:
                fresh = made_now.get(path)
                seen = browser.get(path), other.get(path), (fresh.status_code, fresh.content.decode())
                assert len({(status, timeless(content)) for status, content in seen}) == 1, (path, done, seen)
