"""Asks axe what is wrong with a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"label-content-name-mismatch": {"enabled": True}},
}
_RUN = "([part, options]) => axe.run(part ?? document, options).then(found => found.violations)"


def violations(
    page: Page | Frame, rules: dict[str, Any] = RULES, part: str | None = None
) -> list[dict[str, Any]]:
    """Of a page or a part of it. What is right stays in the browser: handing it over takes the most time."""
    page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate(_RUN, [part, {**rules, "resultTypes": ["violations"]}])
    return found
