"""Headers that close what the site does not use: features of the browser, and use by other sites' pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
    *("encrypted-media", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer"),
    *("microphone", "midi", "payment", "picture-in-picture", "serial", "storage-access", "usb"),
    *("window-management", "xr-spatial-tracking"),
)
"""Features of the Permissions Policy that no page asks for; signing in with a passkey stays allowed."""
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED)


def closing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware; a view that is made for other sites' pages sets its own header before."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer
