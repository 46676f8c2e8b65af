"""Registry text and people's words are nothing but text in every answer. Answers are found, not listed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from importers.runs import alerts
from tests.desk import signed_in
from tests.hostile.forms import Filled, filled
from tests.hostile.inert import wrong, wrong_mail
from tests.hostile.outputs import addresses
from tests.hostile.payloads import SHORT, TYPED
from trials.follow import collect, sending
from trials.search.filters import FILTERS
from trials.workspace import digest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hostile")]

STAFF = ("admin:", "imports:", "workspace:")


def staff() -> Client:
    return signed_in(User.objects.get(is_superuser=True))


def answers(client: Client, every: dict[str, list[str]], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for addresses_of_one in every.values():
        for address in addresses_of_one:
            yield f"{prefix}{address}", client.get(f"{prefix}{address}")


def public(every: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: found for name, found in every.items() if not name.startswith(STAFF)}


def faults(found: Iterator[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(address, fault) for address, answer in found for fault in _faults(answer)]


def _faults(answer: Any) -> list[str]:
    fails = answer.status_code >= 500 and answer.status_code != 503  # nobody works at the queue of a test
    return wrong(answer) + ([f"status {answer.status_code}"] if fails else [])


def test_every_public_answer_is_inert() -> None:
    every = public(addresses())
    assert faults(answers(Client(), every)) == []


def test_every_public_answer_is_inert_in_hindi() -> None:
    translated = {
        name: found[:1] for name, found in public(addresses()).items() if name.startswith("trials:")
    }
    assert faults(answers(Client(), translated, "/hi")) == []


def test_every_answer_to_staff_is_inert() -> None:
    every = addresses()
    own = {name: found for name, found in every.items() if name.startswith(STAFF)}
    of_one = {name: found[:1] for name, found in public(every).items() if len(found) > 1}
    assert faults(answers(staff(), own | of_one)) == []


def test_every_form_gives_back_only_text() -> None:
    """Whatever it says to what was typed; nothing of it stays."""
    client = staff()
    found = []
    for address, form in _forms(client):
        with transaction.atomic():
            found += [(address, fault) for fault in _faults(form.send(client))]
            transaction.set_rollback(True)
    assert found == []


def _forms(client: Client) -> Iterator[tuple[str, Filled]]:
    """One form of each kind in which people write."""
    known = set()
    for name, found in addresses().items():
        if not found or not name.startswith(("trials:", "imports:", "workspace:")):
            continue
        address, answer = found[0], client.get(found[0])
        if not answer.get("Content-Type", "").startswith("text/html") or not answer.getvalue().strip():
            continue
        for form in filled(answer.content, address):
            kind = (form.method, name, form.names)
            if form.names and kind not in known:
                known.add(kind)
                yield address, form


def test_every_parameter_gives_back_only_text() -> None:
    """All at once; where they are refused, each by itself, and one that does not exist."""
    client = Client()
    found = []
    for address, names in _parameters(client):
        answer = client.get(address, dict.fromkeys(names, TYPED))
        refused = [{name: TYPED} for name in (*names, TYPED)] if answer.status_code == 400 else [{TYPED: "x"}]
        for one in (answer, *(client.get(address, data) for data in refused)):
            found += [(address, fault) for fault in _faults(one)]
    assert found == []


def _parameters(client: Client) -> Iterator[tuple[str, set[str]]]:
    """Each public address with the parameters of its forms; with those of a search where there is no form."""
    filters = {one.name for one in FILTERS}
    for name, found in public(addresses()).items():
        if not name.startswith(("trials:", "api")):
            continue
        page = client.get(found[0])
        has_forms = page.headers.get("Content-Type", "").startswith("text/html") and page.status_code == 200
        forms = list(filled(page.content, found[0])) if has_forms else []
        yield found[0], {one for form in forms for one in form.data} if has_forms else filters


def test_every_mail_is_one_text_to_one_person(django_capture_on_commit_callbacks: Any) -> None:
    client, later = staff(), timezone.now() + timedelta(days=40)
    mail.outbox.clear()
    alerts.send_due()
    with django_capture_on_commit_callbacks(execute=True):
        for page in ("imports:reports", "workspace:people"):
            address = reverse(page)
            for form in filled(client.get(address).content, address, SHORT):
                if form.names and form.method == "post":  # not the one that signs out
                    form.send(client)
    digest.send_due(later)
    collect.collect(later)
    sending.send_due(later)
    sent: list[EmailMessage] = mail.outbox
    kinds = {one.subject for one in sent}
    assert [(one.subject, fault) for one in sent for fault in wrong_mail(one)] == []
    assert len(kinds) >= 5
