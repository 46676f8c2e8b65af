"""A CTRI on this machine: detail pages by trialid, and the answers it gives instead of a page.

with fake_ctri({101: html}) as url:

Every page is at both addresses. `other` are pages of their own for `showallp`: the other skin, or nothing.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from importers.fake.server import FakeRegistry, Fault, serve

PREFIX = "/Clinicaltrials"
INVALID = b"<html><script>window.location.href = 'message.php?id=invalid';</script></html>"
"""Sent for an id that is not registered."""
LOGIN = Fault(body=b"<html><script>location='login.php?id='</script></html>", content_type="text/html")
EMPTY = Fault(body=b" ", content_type="text/html")


@dataclass(kw_only=True)
class Ctri(FakeRegistry):
    """Pages by trialid; every other id is not registered yet."""

    pages: Mapping[int, bytes]
    other: Mapping[int, bytes] | None = None  # at showallp.php; None: the same pages
    robots: str | None = None

    def respond(self, path: str, params: dict[str, str], user_agent: str) -> Fault:
        if path == "/robots.txt":
            return Fault(404) if self.robots is None else Fault(body=self.robots.encode())
        at_both = self.pages if self.other is None else self.other
        if path == f"{PREFIX}/pmaindet2.php":
            body = self.pages.get(_trial_id(params.get("EncHid", "")), INVALID)
        elif path == f"{PREFIX}/showallp.php":
            body = at_both.get(_whole(params.get("mid1", "")), INVALID)
        else:
            return Fault(404)
        return Fault(body=body, content_type="text/html; charset=utf-8")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _trial_id(encoded: str) -> int:
    try:
        return int(base64.b64decode(encoded, validate=True))
    except (binascii.Error, ValueError):
        return 0


@contextmanager
def fake_ctri(
    pages: Mapping[int, bytes], *, faults: Iterable[Fault] = (), port: int = 0, **how: Any
) -> Iterator[str]:
    """The base URL of a CTRI with these pages; `how` are fields of `Ctri`."""
    with serve(Ctri(pages=pages, faults=iter(faults), **how), port, PREFIX) as url:
        yield url


def serve_saved(raws: Sequence[bytes], **how: Any) -> AbstractContextManager[str]:
    """The same from raw copies, under the trialids that a first night tries."""
    return fake_ctri(dict(enumerate(raws, start=settings.CTRI_FRONTIER + 1)), **how)
