"""What makes a page fit for the frames of other sites: who may frame it, how long it is kept, no cookies."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import etag, require_safe

from trials.catalogue.data_version import data_version
from trials.search.snapshot.current import is_current

View = Callable[..., HttpResponseBase]


def tagged(view: View) -> View:
    """The same answer for everybody: browsers keep it, and ask each time whether it still holds."""
    return for_any_site(require_safe(cache_control(public=True, no_cache=True)(etag(_version)(view))))


def embeddable(view: View) -> View:
    """The same, in a frame of any site that `EMBED_ANCESTORS` names.

    The leave is given outermost: a 304 replaces the headers of the answer that a browser has kept.
    """
    framed = csp_replace({"frame-ancestors": ["'self'", *settings.EMBED_ANCESTORS]})
    return framed(xframe_options_exempt(tagged(view)))


def for_any_site(view: View) -> View:
    """Pages of other sites may show it: badges are pictures there, and the script is theirs to run."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer


def _version(_request: HttpRequest, **_: object) -> str | None:
    """None while lists are older than the data: such an answer is not kept."""
    return f'"{data_version()}"' if is_current() else None
