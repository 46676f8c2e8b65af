"""What a client may ask again with: the tag and the day of a public answer (RFC 9110, 8.8)."""

from datetime import datetime
from functools import lru_cache
from hashlib import blake2b

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from trials.catalogue.data_version import data_version
from trials.models import DataVersion


def validators(request: HttpRequest) -> tuple[str, datetime]:
    """The strong ETag and Last-Modified of this address in this language. Read them before the data.

    One statement, and a second one for the first answer of a version. Last-Modified is never before this
    hour began: what only time changes is told by the hour (`data_version`).
    """
    version = data_version()
    name = "\n".join((version, get_language() or "", request.get_full_path()))
    tag = blake2b(name.encode(errors="surrogateescape"), digest_size=16).hexdigest()
    return f'"{tag}"', _modified(version)


@lru_cache(maxsize=4)
def _modified(_version: str) -> datetime:
    hour = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    changed = DataVersion.objects.values_list("changed_at", flat=True).first()
    return max(hour, changed.replace(microsecond=0)) if changed else hour
