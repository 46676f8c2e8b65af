"""Forms of a page, filled in as an attacker would and sent as a browser sends them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin

from django.test import Client
from lxml import html

from tests.hostile.payloads import MARK, SHORT, TYPED

WRITABLE = ("text", "search", "")
FIXED = {"email": f"{MARK}@example.org", "url": f"https://{MARK}.example", "tel": "+91 22 1234567"}


@dataclass(frozen=True, slots=True)
class Filled:
    """A form ready to be sent."""

    method: str
    address: str
    data: dict[str, Any]
    names: tuple[str, ...]
    """The fields in which people write."""

    def send(self, client: Client) -> Any:
        """Not followed: the page it leads to is looked at by itself."""
        if self.method == "post":
            return client.post(self.address, self.data)
        return client.get(f"{self.address.partition('?')[0]}?{urlencode(self.data, doseq=True)}")


def filled(page: bytes, address: str, text: str = TYPED) -> Iterator[Filled]:
    """The forms of a page with this text wherever people write."""
    tree: Any = html.fromstring(page)
    for form in tree.forms:
        data, names = _entries(form, text)
        action = urljoin(address, form.get("action") or address)
        yield Filled((form.get("method") or "get").lower(), action, data, names)


def _entries(form: Any, text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    data: dict[str, Any] = {}
    names = []
    for field in form.xpath(".//input[@name]|.//textarea[@name]|.//select[@name]"):
        name, kind = field.get("name"), field.get("type", "") if field.tag == "input" else field.tag
        if kind == "textarea" or (kind in WRITABLE and "csrf" not in name):
            longest = int(field.get("maxlength") or len(text))
            data[name] = "" if name == "website" else text if len(text) <= longest else SHORT[:longest]
            names.append(name)
        elif kind in FIXED:
            data[name] = FIXED[kind]
            names.append(name)
        elif kind == "radio":
            data.setdefault(name, field.get("value", "on"))
        elif kind == "checkbox" and field.get("checked") is not None:
            data.setdefault(name, []).append(field.get("value", "on"))
        elif kind == "select":
            data[name] = [one for one in _chosen(field) if one]
        elif kind in ("hidden", "number", "password"):
            data[name] = field.get("value", "")
    button = form.xpath(".//button[@name]")
    if button:
        data.setdefault(button[0].get("name"), button[0].get("value", ""))
    return data, tuple(names)


def _chosen(field: Any) -> list[str]:
    """What is selected, else the first choice that says something."""
    selected = field.xpath(".//option[@selected]/@value")
    return list(selected) or list(field.xpath(".//option[@value != '']/@value"))[:1]
