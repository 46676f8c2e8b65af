"""A doctor between two patients: the right number within a minute, without scripts, at three widths.

The minute is modelled: 0.3 s a key, 1.5 s a tap, 3 s a screen that is read.
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import clinic
from tests.browser.test_accessibility import WIDE, both_languages, both_themes, flaws, phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BUDGET = 60.0
KEY, TAP, SCREEN = 0.3, 1.5, 3.0
A4_ACROSS = 1032
"""CSS pixels that A4 leaves across between its margins."""


@dataclass
class Doctor:
    """Counts what a person does on the page."""

    page: Page
    seconds: float = 0.0

    def opens(self, path: str) -> None:
        self.page.goto(path)
        self.seconds += SCREEN

    def taps(self, what: Locator) -> None:
        what.click()
        self.seconds += TAP

    def types(self, field: str, text: str) -> None:
        self.taps(self.page.get_by_label(field))
        self.page.keyboard.type(text)
        self.seconds += KEY * len(text)

    def ticks(self, *labels: str) -> None:
        self.taps(self.page.get_by_text("More: patient, order, groups"))
        for label in labels:
            self.taps(self.page.get_by_label(re.compile(label)))

    def shows(self) -> None:
        self.page.keyboard.press("Enter")
        self.seconds += KEY
        self.page.wait_for_load_state()

    def reads_number(self) -> str:
        """The first number of the table, with the screens down to it."""
        link = self.page.locator("a[href^='tel:']").first
        box, height = link.bounding_box(), self.page.viewport_size
        assert box is not None
        assert height is not None
        self.seconds += SCREEN * math.ceil((box["y"] + box["height"]) / height["height"])
        return (link.get_attribute("href") or "").removeprefix("tel:")

    def answer(self, criterion: str) -> str | None:
        """What the first row says of a criterion."""
        return self.page.locator(f"[data-criterion={criterion}]").first.get_attribute("data-answer")


@pytest.fixture
def doctor(plain_page: Page) -> Doctor:
    """With scripts off, at each of the three widths."""
    clinic.fill()
    return Doctor(plain_page)


def test_woman_of_62_with_lymphoma_after_two_lines_in_pune(doctor: Doctor) -> None:
    doctor.opens("/clinic/")
    doctor.types("Disease, city, doctor", "DLBCL woman 62 years 2 lines no CAR T Pune")
    doctor.shows()
    assert doctor.reads_number() == clinic.RIGHT["pune"]
    assert doctor.page.get_by_text("Silent Hospital").count() == 0
    assert doctor.seconds <= BUDGET


def test_child_of_9_with_leukaemia_after_a_transplant_near_chennai(doctor: Doctor) -> None:
    doctor.opens("/clinic/")
    doctor.types("Disease, city, doctor", "B-ALL 9 years Chennai")
    doctor.ticks("Had a transplant from a donor")
    doctor.taps(doctor.page.get_by_role("button", name="Show"))
    assert doctor.reads_number() == clinic.RIGHT["vellore"]
    assert doctor.answer("prior_allo_sct") == "yes"
    assert doctor.seconds <= BUDGET


def test_myeloma_after_car_t_with_hiv_in_delhi(doctor: Doctor) -> None:
    doctor.opens("/clinic/")
    doctor.types("Disease, city, doctor", "myeloma Delhi")
    doctor.ticks("Had CAR T before", "Had another treatment against the same antigen", "Has HIV")
    doctor.taps(doctor.page.get_by_role("button", name="Show"))
    assert doctor.reads_number() == clinic.RIGHT["delhi"]
    assert doctor.answer("hiv") == "limit"
    assert doctor.page.get_by_text(re.compile("No HIV|No CAR T|No BCMA")).count() == 0
    assert doctor.seconds <= BUDGET


def test_sentence_of_a_criterion_opens_by_keyboard(doctor: Doctor) -> None:
    doctor.opens("/clinic/?q=myeloma+Delhi&hiv=ok")
    cell = doctor.page.locator("[data-criterion=hiv]").first
    sentence = cell.locator("blockquote")
    expect(sentence).to_be_hidden()
    cell.locator("summary").focus()
    doctor.page.keyboard.press("Enter")
    expect(sentence).to_be_visible()


def test_ticked_rows_become_notes_sheets_and_a_comparison(doctor: Doctor) -> None:
    page = doctor.page
    for button, address in (("Referral note", "note"), ("Print", "sheet"), ("Compare", "compare")):
        page.goto("/clinic/?q=lymphoma+pune")
        ticks = page.locator("tr[data-trial] input[type=checkbox]")
        for tick in ticks.all()[:2]:
            tick.focus()
            page.keyboard.press("Space")
        page.get_by_role("group", name="Ticked rows").get_by_role("button", name=button).click()
        expect(page).to_have_url(re.compile(rf"/{address}/\?near=pune&id=[^&]+&id=[^&]+$"))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("load")
        page.go_back()
        expect(page).to_have_url(re.compile(r"/clinic/\?q=lymphoma\+pune$"))


def test_skip_links_lead_to_the_table_and_behind_it(doctor: Doctor) -> None:
    page = doctor.page
    page.goto("/clinic/")
    page.get_by_role("link", name="Skip to the table").press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("tr[data-trial] input").first).to_be_focused()
    page.get_by_role("link", name="Skip to what to do with ticked rows").press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Referral note")).to_be_focused()


def test_focus_never_hides_behind_what_stays_at_the_edges(doctor: Doctor) -> None:
    page = doctor.page
    page.goto("/clinic/")
    links = page.locator("tr[data-trial] a[href^='tel:']")
    page.locator("tr[data-trial] input").first.focus()
    bar = page.locator("#ticked").bounding_box()
    assert bar is not None
    for _ in range(40):
        page.keyboard.press("Tab")
        box = page.locator(":focus").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= bar["y"] + 1
    assert links.count() > 12


def test_slash_goes_to_the_search_box_and_the_note_is_copied(
    browser: Browser, live_server: LiveServer
) -> None:
    clinic.fill()
    context = browser.new_context(base_url=live_server.url)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/clinic/?q=myeloma+Delhi&hiv=ok")
    page.keyboard.press("/")
    expect(page.get_by_label("Disease, city, doctor")).to_be_focused()
    page.locator("tr[data-trial]").first.get_by_role("link", name="Referral note").click()
    page.get_by_role("button", name="Copy the note").click()
    note = page.locator("textarea").input_value()
    assert page.evaluate("navigator.clipboard.readText()") == note
    assert clinic.QUOTATION in note
    context.close()


@both_languages
def test_table_fits_a4_across(browser: Browser, live_server: LiveServer, language: str) -> None:
    """33 rows on a few pages, none of them cut, whatever the width of the screen it is printed from."""
    clinic.fill()
    for width in (360, 1280):
        page = browser.new_page(base_url=live_server.url, viewport={"width": width, "height": 800})
        page.goto(f"{language}/clinic/?by=city")
        printed = page.pdf(prefer_css_page_size=True)
        assert re.findall(rb"/MediaBox\s*\[0 0 841\.\d+ 59[45]", printed) != []
        assert 1 < len(re.findall(rb"/Type\s*/Page\b", printed)) <= 6
        page.emulate_media(media="print")
        page.set_viewport_size({"width": A4_ACROSS, "height": 700})
        assert page.evaluate(WIDE) is False
        rights = page.evaluate(
            "[...document.querySelectorAll('.clinic-table :is(td, th, a, p)')]"
            ".map(part => part.getBoundingClientRect().right)"
        )
        assert max(rights) <= A4_ACROSS
        shown = "thead => getComputedStyle(thead).display"
        assert page.locator(".clinic-table thead").evaluate(shown) == "table-header-group"
        assert page.locator(".clinic-table tfoot .address").is_visible()
        page.close()


def test_two_sheets_fit_a_page_of_a4(browser: Browser, live_server: LiveServer) -> None:
    clinic.fill()
    page = browser.new_page(base_url=live_server.url)
    page.goto("/clinic/?q=lymphoma+pune")
    ids = page.locator("tr[data-trial]").evaluate_all("rows => rows.map(row => row.dataset.trial)")
    page.goto("/clinic/sheet/?" + "&".join(f"id={one}" for one in ids[:4]))
    page.wait_for_load_state("networkidle")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2
    page.close()


@both_themes
@both_languages
@pytest.mark.parametrize("width", [320, 1280])
def test_table_has_no_violations_as_cards_and_as_a_table(
    browser: Browser, live_server: LiveServer, language: str, theme: str, width: int
) -> None:
    clinic.fill()
    paths = ["/clinic/?by=city&near=Delhi&condition=myeloma&hiv=ok", "/clinic/?q=zebra&age=3&target=BCMA"]
    context = phone(browser, live_server, theme)
    assert flaws(context, [f"{language}{path}" for path in paths], width) == []


def test_script_stays_small() -> None:
    script = Path(__file__).parents[2] / "trials/static/trials/clinic.js"
    assert script.stat().st_size <= 1024
