"""The site on a home screen and without a network: manifest, worker, and the page instead of one not kept.

What a browser keeps is decided in `static/trials/worker.js`; `/privacy/` says it to visitors.
"""

import json
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from trials.views.trial.loading import not_for_search_engines

SCRIPTS: Final = Path(__file__).resolve().parents[1] / "static" / "trials"
NEEDED: Final = (
    *(f"{name}.css" for name in ("ground", "list", "trial", "browse", "print")),
    *(f"{name}.js" for name in ("my_list", "results", "check", "share", "offline", "kept", "listen")),
    "icons.svg",
    "favicon.svg",
)
"""Files of `static/trials` that the kept pages are drawn with; the addresses carry a hash of the content."""

THEME: Final = "#0b5d63"
PAPER: Final = "#faf6ef"


@require_safe
@cache_control(no_cache=True)
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker of the whole site. A new address of a needed file makes it a new worker.

    With `OFFLINE=0` another one that deletes what was kept, and itself.
    """
    if settings.OFFLINE:
        files = json.dumps([static(f"trials/{name}") for name in NEEDED])
        source = f"const FILES = {files};\n{_script('worker.js')}"
    else:
        source = _script("worker_off.js")
    return HttpResponse(source, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(max_age=24 * 60 * 60)
def manifest(_request: HttpRequest) -> JsonResponse:
    """The web app manifest in the language of its address."""
    png = [
        {"src": static(f"trials/icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
        for side in (192, 512)
    ]
    drawn = {"src": static("trials/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}
    content = {
        "id": "/",
        "lang": get_language(),
        "name": gettext("CAR T trial finder"),
        "short_name": gettext("CAR T trials"),
        "start_url": reverse("trials:home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": THEME,
        "background_color": PAPER,
        "icons": [drawn, *png, *(icon | {"purpose": "maskable"} for icon in png)],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What a browser shows without a network instead of a page it has not kept."""
    return not_for_search_engines(render(request, "trials/offline.html"))


@require_safe
def last_list(_request: HttpRequest) -> HttpResponse:
    """The address of the kept list on a device. With a network there is none: to all trials."""
    return redirect("trials:list")


def _script(name: str) -> str:
    return (SCRIPTS / name).read_text()
