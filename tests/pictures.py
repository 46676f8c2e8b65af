"""The pictures of the README: `make pictures`. Results and one trial on a phone, from the sample records.

It starts a site of its own on a fresh data folder, fills it with the records that stand in until a registry
has been read (so each picture says "Sample data"), and writes docs/pictures/. Needs Debian's `chromium`.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests import served
from tests.chromium import WITH_WINDOWS

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PHONE = {"width": 360, "height": 720}
SCALES = (2.0, 1.5, 1.25, 1.0)
"""Points of a picture to one of the screen: the most that keep it within `LARGEST` bytes."""
LARGEST = 120_000
PORT = 8198
RESULTS = "/trials/?condition=lbcl&near=Mumbai"


def main() -> int:
    if WITH_WINDOWS is None:
        print("Pictures need Chromium: apt-get install chromium")
        return 2
    os.environ.pop("TRIALFINDER_DATA_DIR", None)  # never pictures of another catalogue
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's event loop beside the database
    served.prepare(PORT)
    pages = {"results": RESULTS, "trial": _fill()}
    FOLDER.mkdir(exist_ok=True)
    with served.site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=WITH_WINDOWS, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path in pages.items():
            picture = _picture(browser, address + path)
            (FOLDER / f"{name}.png").write_bytes(picture)
            print(f"docs/pictures/{name}.png: {len(picture) // 1000} kB")
        browser.close()
    return 0


def _fill() -> str:
    """Imports the sample records; returns the address of the trial that the list of results begins with."""
    from django.http import QueryDict
    from django.urls import reverse

    from importers.models import ImportRun
    from importers.pipeline import start
    from trials import registries
    from trials.search.search import Search

    for registry in registries.slugs():
        start.carry_out(start.queue(registry, ImportRun.Source.SAMPLE).pk)
    first = Search.from_query(QueryDict(RESULTS.partition("?")[2])).results()[0]
    return reverse("trials:detail", kwargs={"registry_id": first.primary_id})


def _picture(browser: Browser, address: str) -> bytes:
    """The first screen of a page, as large as it may be."""
    picture = b""
    for scale in SCALES:
        context = browser.new_context(
            viewport={"width": PHONE["width"], "height": PHONE["height"]},
            device_scale_factor=scale,
            color_scheme="light",
        )
        page = context.new_page()
        answer = page.goto(address)
        if answer is None or not answer.ok:
            raise SystemExit(f"{address} does not answer as it should.")
        picture = page.screenshot()
        context.close()
        if len(picture) <= LARGEST:
            break
    return picture


if __name__ == "__main__":
    sys.exit(main())
