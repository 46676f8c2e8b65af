"""Whether what a registry or a visitor wrote is nothing but text in an answer, as its own parser reads it."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage
from lxml import etree, html

from tests.hostile.payloads import MARK
from trials.catalogue.spreadsheet import inert

HEADERS = {
    *("content-type", "mime-version", "content-transfer-encoding", "subject", "from", "to", "date"),
    *("message-id", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted"),
}
LONGEST = 3_000_000
"""Bytes of an answer."""
UNSEEN = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
"""What turns the text around it round, or hides in it."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
PILE = re.compile("[\u0300-\u036f\u0488\u0489]{9}")
ADDRESSES = {"href", "src", "action", "formaction", "poster", "data", "srcset", "cite", "background", "ping"}
TEXTS = {"title", "alt", "aria-label", "value", "placeholder", "content", "label"}
NAME = re.compile(r"[\w:.-]+(?: [\w:.-]+)*")
MAIL = re.compile(r"[\w@.%~!$'()*+=-]*")
"""Who gets the mail: one address (RFC 6068), whatever it is when decoded."""
NUMBER = re.compile(r"\+?[0-9;=ext-]+")


def wrong(answer: Any) -> list[str]:
    """What is not inert in an answer; [] where all is."""
    body = answer.getvalue()
    kind = answer.get("Content-Type", "").partition(";")[0]
    found = [f"header {name}" for name, value in answer.items() if CONTROL.search(value) or "\n" in value]
    if len(body) > LONGEST:
        found.append(f"{len(body)} bytes")
    if kind in CHECKS:
        found += CHECKS[kind](body) if body.strip() else ()
    elif body and kind not in PLAIN:
        found.append(f"unknown kind {kind}: add it to CHECKS")
    return found


def wrong_mail(message: EmailMessage) -> list[str]:
    """What is not inert in a mail, as the standard library reads it; [] where all is."""
    read = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    names, body = list(read.keys()), read.get_content()
    found = [*_texts(body), *(one for value in read.values() for one in _texts(str(value)))]
    if sorted({name.lower() for name in names} - HEADERS) or len(names) != len(set(names)):
        found.append(f"headers {names}")
    if read.is_multipart() or read.get_content_type() != "text/plain":
        found.append("more than text")
    if [str(one) for one in read["To"].addresses] != message.recipients():
        found.append(f"to {read['To']}")
    # of records no line is the beginning of anything; a line end in a title would make it one
    return found + [f"line {line!a}" for line in body.splitlines() if line.startswith(("Bcc:", "Content-"))]


def _texts(text: str) -> Iterator[str]:
    """What stands in it unseen."""
    for name, pattern in (("unseen", UNSEEN), ("control", CONTROL), ("pile", PILE)):
        if match := pattern.search(text):
            yield f"{name} {match[0][:3]!a} in {text[max(0, match.start() - 60) : match.end() + 20]!a}"


def _html(body: bytes) -> Iterator[str]:
    text = body.decode()
    yield from _texts(text)
    whole = text.lstrip().lower().startswith("<!doctype")
    tree = html.document_fromstring(text) if whole else html.fragment_fromstring(text, "div")
    for element in tree.iter():
        if not isinstance(element.tag, str):
            if MARK in (element.text or ""):
                yield f"comment {element.text!a}"
            continue
        if MARK in element.tag:
            yield f"element {element.tag!a}"
        for name, value in _attributes(element):
            yield from (f"<{element.tag} {name}={value[:200]!a}>" for _ in _attribute(name, value))
        yield from _script(element)


def _attributes(element: Any) -> Iterator[tuple[str, str]]:
    """Names without their namespace."""
    yield from ((str(name).rpartition("}")[2], str(value)) for name, value in element.attrib.items())


def _attribute(name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name in ("style", "srcdoc") or MARK in name or not NAME.fullmatch(name):
        yield name
    elif name in ADDRESSES:
        if not _is_address(value):
            yield name
    elif MARK in value and name not in TEXTS and not name.startswith("data-") and not NAME.fullmatch(value):
        yield name


def _is_address(value: str) -> bool:
    """As browsers read it: without blanks and control characters before and in the scheme."""
    plain = re.sub(r"[\x00-\x20]", "", value)
    scheme, _, rest = plain.partition(":")
    if "/" in scheme or "?" in scheme or "#" in scheme or not _:
        return not plain.startswith(("//", "\\", "/\\"))
    if scheme == "mailto":
        return bool(MAIL.fullmatch(rest.partition("?")[0])) and not CONTROL.search(unquote(rest))
    if scheme in ("tel", "sms"):
        return bool(NUMBER.fullmatch(rest))
    if scheme == "data":
        return MARK not in unquote(rest)
    return scheme in ("http", "https") and bool(urlsplit(plain).hostname)


def _script(element: Any) -> Iterator[str]:
    if element.tag == "style" and element.text:
        yield "a style sheet in the page"
    if element.tag != "script" or element.get("src"):
        return
    text = element.text or ""
    if element.get("type") not in ("application/json", "application/ld+json"):
        yield f"script {text[:100]!a}"
    elif "<" in text:
        yield f"a tag in JSON: {text[:100]!a}"
    else:
        yield from _json(text.encode())


def _json(body: bytes) -> Iterator[str]:
    yield from _values(json.loads(body))


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _texts(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(key)
            yield from _values(item)
    elif isinstance(value, list):
        for item in value:
            yield from _values(item)


def _lines(body: bytes) -> Iterator[str]:
    for line in body.decode().split("\n"):
        yield from _json(line.encode()) if line else ()


def _csv(body: bytes) -> Iterator[str]:
    text = body.decode("utf-8-sig")
    yield from _texts(text)
    rows = list(csv.reader(io.StringIO(text), strict=True))
    if len({len(row) for row in rows}) > 1:
        yield "rows of different lengths"
    yield from (f"formula {cell[:60]!a}" for row in rows for cell in row if inert(cell) != cell)


def _xml(body: bytes) -> Iterator[str]:
    yield from _texts(body.decode())
    for element in etree.fromstring(body, etree.XMLParser(resolve_entities=False)).iter():
        if MARK in str(element.tag) or etree.QName(element).localname == "script":
            yield f"element {element.tag}"
        for name, value in _attributes(element):
            yield from (f"{element.tag} {name}={value[:200]!a}" for _ in _attribute(name, value))
        if element.get("type") in ("html", "xhtml"):
            yield f"HTML in {element.tag}"


def _plain(body: bytes) -> Iterator[str]:
    yield from _texts(body.decode())


CHECKS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "text/html": _html,
    "application/json": _json,
    "application/problem+json": _json,
    "application/fhir+json": _json,
    "application/manifest+json": _json,
    "application/x-ndjson": _lines,
    "text/csv": _csv,
    "application/atom+xml": _xml,
    "application/xml": _xml,
    "image/svg+xml": _xml,
}
PLAIN = (
    "text/plain",
    "text/css",
    "text/javascript",
    "image/png",
    "application/gzip",
    "application/vnd.sqlite3",
)
"""Shown as it is, never read as a page."""
