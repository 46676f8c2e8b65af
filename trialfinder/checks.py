"""What must be set before a public site starts, beyond what `environment.py` refuses at once."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from trialfinder.environment import Mode


def mail(**_: Any) -> list[CheckMessage]:
    """A public site that sends mail must say whom it comes from: others refuse mail from `localhost`."""
    sends = not settings.EMAIL_BACKEND.endswith("console.EmailBackend")
    if settings.MODE is not Mode.PRODUCTION or not sends or settings.EMAIL_FROM:
        return []
    hint = "Set EMAIL_FROM, such as: CAR T trial finder <news@trials.example.org>"
    return [Error("EMAIL_URL is set and EMAIL_FROM is not.", hint=hint, id="trialfinder.E001")]
