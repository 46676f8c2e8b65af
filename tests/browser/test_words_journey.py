"""Reading words explained and pages of prose: no scripts, three widths, keyboard, paper, axe."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import pages
from tests.browser.test_accessibility import both_languages, both_themes, flaws, phone
from tests.builders import make_trial

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TRIAL = "/trials/NCT00000009/"
CRITERIA = {
    "inclusion": "* Relapsed or refractory lymphoma\n* A biopsy, CRS or MRD of a very long sentence that "
    "goes over several lines on a small phone\n\nNo earlier stem cell transplant.",
    "exclusion": "1. CRS\n2. LVEF < 45 %",
}
PAGES = ["/glossary/", "/about/", "/how-we-decide/", "/privacy/", TRIAL, "/nowhere/", "/trials/?phase=X"]
BIOPSY = "(A small piece of the body is taken out and looked at under a microscope.)"


def fill() -> None:
    pages.fill()
    make_trial("NCT00000009", conditions=["lbcl"], details=CRITERIA, summary="CAR T cells after apheresis.")


@pytest.fixture(params=[360, 768, 1280])
def reader(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A browser without scripts, at each of the three widths, on the page of a trial."""
    fill()
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        viewport={"width": request.param, "height": 800},
    )
    page = context.new_page()
    page.goto(TRIAL)
    page.locator("#criteria > summary").click()
    yield page
    context.close()


def test_reader_taps_a_word_and_reads_what_it_means(reader: Page) -> None:
    expect(reader.get_by_text(BIOPSY)).to_be_hidden()
    reader.get_by_text("biopsy", exact=True).click()
    expect(reader.get_by_text(BIOPSY)).to_be_visible()
    reader.get_by_text("biopsy", exact=True).click()
    expect(reader.get_by_text(BIOPSY)).to_be_hidden()


def test_closed_word_stands_in_its_line(reader: Page) -> None:
    sentence = reader.locator(".criteria-in .paragraph").bounding_box()
    word = reader.locator(".criteria-in .paragraph summary").bounding_box()
    assert sentence
    assert word
    assert sentence["height"] < 70  # two lines at most
    assert word["width"] < sentence["width"]


def test_word_opens_by_keyboard(reader: Page) -> None:
    reader.locator("summary", has_text="biopsy").focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_text(BIOPSY)).to_be_visible()


def test_paper_shows_every_explanation(reader: Page) -> None:
    reader.emulate_media(media="print")
    expect(reader.get_by_text(BIOPSY)).to_be_visible()


def test_reader_of_hindi_is_explained_in_hindi(reader: Page) -> None:
    reader.goto(f"/hi{TRIAL}")
    reader.locator("#criteria > summary").click()
    reader.get_by_text("biopsy", exact=True).click()
    expect(reader.get_by_text("बायोप्सी: शरीर का छोटा टुकड़ा")).to_be_visible()


def test_footer_leads_to_the_words_and_letters_to_their_place(reader: Page) -> None:
    reader.get_by_role("contentinfo").get_by_role("link", name="Words explained").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Words explained")
    reader.get_by_role("navigation", name="Letters").get_by_role("link", name="P", exact=True).click()
    expect(reader.get_by_role("heading", name="P", exact=True)).to_be_in_viewport()


def test_lost_visitor_searches_from_the_error_page(reader: Page) -> None:
    reader.goto("/hi/nowhere/")
    reader.get_by_label("कैंसर, स्थान या ट्रायल नंबर खोजें").fill("lupus")
    reader.get_by_role("button", name="खोजें").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("1 ट्रायल")


@both_themes
@both_languages
def test_pages_have_no_violations(
    browser: Browser, live_server: LiveServer, language: str, theme: str
) -> None:
    fill()
    assert flaws(phone(browser, live_server, theme), [f"{language}{path}" for path in PAGES]) == []


@both_themes
def test_page_of_our_own_failure_has_no_violations(
    browser: Browser, live_server: LiveServer, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trials.views.results.page.count", lambda *_: 1 / 0)
    assert flaws(phone(browser, live_server, theme), ["/trials/", "/hi/trials/"]) == []
