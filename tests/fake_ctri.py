"""A CTRI on this machine: detail pages by trialid, and the answers it gives instead of a page.

with fake_ctri({101: page("CTRI/2026/01/000101")}) as url:
"""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fake_registry import Fault, Registry, serve

PREFIX = "/Clinicaltrials"
PAGES = Path(__file__).parent / "payloads/ctri"
CAR_T = (PAGES / "r01_2023_03_050689.html").read_bytes()
NO_CAR_T = (PAGES / "r26_2019_05_018959.html").read_bytes()
INVALID = (PAGES / "f02_message_stub.html").read_bytes()
SECURITY_CODE = Fault(body=(PAGES / "f05_security_code.html").read_bytes(), content_type="text/html")
LOGIN = Fault(body=b"<html><script>location='login.php?id='</script></html>", content_type="text/html")
TRUNCATED = Fault(body=CAR_T[: len(CAR_T) // 2], content_type="text/html")
EMPTY = Fault(body=b" ", content_type="text/html")


def page(number: str, *, status: str = "Open to Recruitment") -> bytes:
    """The page of a CAR T trial under this CTRI number."""
    text = CAR_T.decode("utf-8", "replace").replace("CTRI/2023/03/050689", number)
    return text.replace("Open to Recruitment", status).encode()


def page_without_car_t(number: str) -> bytes:
    return NO_CAR_T.replace(b"CTRI/2019/05/018959", number.encode())


@dataclass(kw_only=True)
class Ctri(Registry):
    """Pages by trialid; every other id is not registered yet."""

    pages: Mapping[int, bytes]
    robots: str | None = None

    def respond(self, path: str, params: dict[str, str]) -> Fault:
        if path == "/robots.txt":
            return Fault(404) if self.robots is None else Fault(body=self.robots.encode())
        if path != f"{PREFIX}/pmaindet2.php":
            return Fault(404)
        body = self.pages.get(_trial_id(params.get("EncHid", "")), INVALID)
        return Fault(body=body, content_type="text/html; charset=utf-8")


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
