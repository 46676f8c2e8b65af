"""Diseases, products, map, numbers and changes in a browser: scripts off, three widths, keyboard, axe."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import pages
from tests.browser.test_accessibility import both_languages, both_themes, flaws, phone
from tests.builders import AT, make_trial, site
from trials.models import Trial, TrialEvent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = [
    "/map/",
    "/map/?condition=lbcl",
    "/map/?condition=aml",
    "/numbers/",
    "/numbers/?disease=other",
    "/conditions/",
    "/conditions/lbcl/",
    "/conditions/blood-cancers/",
    "/conditions/hepatoblastoma/",
    "/conditions/nowhere/",
    "/products/",
    "/products/talicabtagene-autoleucel/",
    "/products/lisocabtagene-maraleucel/",
    "/products/nowhere/",
    "/changes/",
    "/changes/?kind=phase_changed",
    "/changes/?kind=x",
]


def fill() -> None:
    """The small catalogue, with a trial of NexCAR19 that begins in 2025 and some changes."""
    pages.fill()
    make_trial(
        "NCT00000003",
        title="NexCAR19 in B-ALL",
        conditions=["b-all"],
        targets=["CD19"],
        phases=["PHASE2"],
        products=["talicabtagene autoleucel"],
        details={"start": "2025-03", "completion": "2028"},
        sites=[site("Kerala Hospital", "Kochi", "Kerala")],
    )
    lbcl = Trial.objects.get(primary_id="CTRI/2026/01/000001")
    for kind, after in (("site_opened", "Example Hospital, Mumbai"), ("listed", "RECRUITING")):
        TrialEvent.objects.create(trial=lbcl, kind=kind, at=AT, after=after)
    TrialEvent.objects.create(trial=lbcl, kind="status_changed", at=AT, before="UNKNOWN", after="RECRUITING")


@pytest.fixture
def visitor(plain_page: Page) -> Page:
    """A browser without scripts, at each of the three widths, on the first page."""
    fill()
    plain_page.goto("/")
    return plain_page


def test_family_finds_on_the_map_where_a_trial_recruits(visitor: Page) -> None:
    visitor.get_by_role("link", name="As a table").click()
    visitor.get_by_label("Which disease?").select_option("lbcl")
    visitor.get_by_role("button", name="Show").click()
    expect(visitor.get_by_text("Large B-cell lymphoma (DLBCL): 1 trial open in India")).to_be_visible()
    visitor.get_by_role("link", name="MH 1: trial open in Maharashtra").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("1 trial")


def test_map_is_walked_by_keyboard(visitor: Page) -> None:
    visitor.goto("/map/")
    visitor.get_by_role("button", name="Show").focus()
    for _ in range(36):
        visitor.keyboard.press("Tab")
    expect(
        visitor.get_by_role("link", name="AN: no trial open in Andaman and Nicobar Islands")
    ).to_be_focused()
    kerala = visitor.get_by_role("link", name="KL 1: trial open in Kerala")
    kerala.focus()
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("1 trial")


def test_squares_are_large_enough_for_a_thumb(visitor: Page) -> None:
    visitor.goto("/map/")
    box = visitor.locator(".tile-map a rect").first.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 43.5  # 44 with the line around it


def test_visitor_reads_about_a_disease_and_its_approved_products(visitor: Page) -> None:
    visitor.get_by_role("link", name="Diseases").click()
    visitor.get_by_role("link", name="B-cell acute lymphoblastic leukaemia (B-ALL)").click()
    expect(visitor.locator("[data-door]").first).to_contain_text("Kerala Hospital")
    visitor.get_by_role("link", name="NexCAR19 (talicabtagene autoleucel)").click()
    expect(visitor.get_by_text("Approved, and in trials")).to_be_visible()
    visitor.locator("[data-door]").first.get_by_role("link", name="Kerala Hospital").first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Kerala Hospital")


def test_visitor_finds_a_disease_and_a_product_by_name(visitor: Page) -> None:
    visitor.goto("/conditions/")
    visitor.get_by_label("Find a disease by any of its names").fill("b-all")
    visitor.get_by_role("button", name="Find").click()
    visitor.get_by_role("link", name="B-cell acute lymphoblastic leukaemia (B-ALL)").click()
    visitor.goto("/products/")
    visitor.get_by_label("Find a product by name, brand or code").fill("nexcar 19")
    visitor.get_by_role("button", name="Find").click()
    visitor.get_by_role("link", name="NexCAR19 (talicabtagene autoleucel)").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("NexCAR19 (talicabtagene autoleucel)")


def test_visitor_follows_what_has_changed_and_comes_to_the_list_from_a_chart(visitor: Page) -> None:
    visitor.get_by_role("link", name="What is new").click()
    visitor.get_by_text("Choose which changes").click()
    visitor.get_by_label("Kind of change").select_option("status_changed")
    visitor.get_by_role("button", name="Show").click()
    expect(visitor.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    visitor.get_by_role("link", name="In numbers").click()
    visitor.get_by_role("link", name="Phase 2", exact=True).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("2 trials")


@both_themes
@both_languages
def test_pages_have_no_violations(
    browser: Browser, live_server: LiveServer, language: str, theme: str
) -> None:
    fill()
    assert flaws(phone(browser, live_server, theme), [f"{language}{path}" for path in PATHS]) == []
