"""One database in which everything is hostile: imported by real imports, written through the real forms."""

from pathlib import Path

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from importers.models import ImportRun
from importers.pipeline import start
from importers.registries.slugs import Registry
from tests.desk import add_second_factor, signed_in
from tests.hostile.forms import filled
from tests.hostile.payloads import MARK
from tests.hostile.records import (
    CTRI_NUMBER,
    NUMBER,
    page,
    pages,
    studies,
    study,
    write_pages,
    write_studies,
)
from tests.trials.following import follows
from trials.choices import Facet
from trials.models import Registration, Site
from trials.models.workspace import HospitalAnswer, Invitation, listing_fields
from trials.workspace import confirmations, invitations, tokens
from trials.workspace.rights import OF_A_SITE, Role

TAKEN = {"phone": "+91 22 24177000", "whatsapp": "+91 98200 12345"}
"""Fields that take nothing but a number."""
LABELS = {"targets": "CD19"} | {f"{facet}_quote": "" for facet in Facet} | dict.fromkeys(Facet.values, "")
"""Labels that the review takes: of its fields only the reason is free."""


def fill(folder: Path) -> None:
    """Plain records first, so that there is something to differ from; then the hostile ones; then people."""
    take(Registry.CTGOV, write_studies(folder / "plain.jsonl", study()))
    take(Registry.CTRI, write_pages(folder / "plain", {CTRI_NUMBER: page()}))
    take(Registry.CTGOV, write_studies(folder / f"{MARK}.jsonl", *studies()))
    take(Registry.CTRI, write_pages(folder / MARK, pages()))
    hospital = hostile_hospital()
    for about in (("trial", NUMBER), ("hospital", hospital.slug), ("search", f"q={MARK}"), ("search", "")):
        follows(*about, address=f"{MARK}-{about[0]}@example.org")
    keeper = _member(Role.COORDINATOR, hospital)
    _write(signed_in(_member(Role.ADMIN)), hospital)
    confirmations.say(main_registration(), hospital, HospitalAnswer.OPEN, keeper)


def hostile_hospital() -> Site:
    """Where the study with all payloads recruits."""
    return Site.objects.filter(trialsite__registration=main_registration()).order_by("pk")[0]


def main_registration() -> Registration:
    return Registration.objects.get(registry_id=NUMBER)


def take(registry: Registry, origin: str) -> None:
    """Import files; one that fails as a whole is no world to test in."""
    run = start.carry_out(start.queue(registry, ImportRun.Source.FILES, origin=origin).pk)
    assert run.status in (ImportRun.Status.SUCCEEDED, ImportRun.Status.PARTIAL), run.error


def _member(role: str, *sites: Site) -> User:
    """A person who was invited, with a name as the form takes it."""
    soon, address = timezone.now() + invitations.VALID, f"{MARK}-{role}@example.org"
    columns = {"secret_hash": tokens.hashed(role), "expires_at": soon}
    invitation = Invitation.objects.create(email=address, role=role, **columns)
    invitation.sites.set(sites)
    visitor = Client()
    _send(visitor, reverse("workspace:join", args=[role]), password="long-enough-for-all-of-us")
    user = User.objects.get(email=address)
    User.objects.filter(pk=user.pk).update(is_superuser=role == Role.ADMIN, is_staff=True)
    add_second_factor(user)
    return User.objects.get(pk=user.pk)


def _write(client: Client, hospital: Site) -> None:
    """Everything that people can write, through the forms of the pages."""
    registration = main_registration()
    for field in dict(listing_fields()):
        about = [registration.pk, field, *([hospital.pk] if field in OF_A_SITE else [])]
        _send(client, reverse(f"workspace:write{'_site' * (field in OF_A_SITE)}", args=about))
    _send(client, reverse("workspace:given", args=[hospital.pk]))
    _send(client, reverse("workspace:missing"))
    _send(client, reverse("trials:report", args=[NUMBER]))
    _send(client, f"{reverse('trials:follow')}?trial={NUMBER}")
    _send(client, reverse("imports:review_record", args=[registration.pk]), **LABELS)


def _send(client: Client, address: str, **fixed: str) -> None:
    """Fill in and send every form of the page in which people write; all must be taken."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    for form in filled(answer.content, address):
        if form.method == "post" and form.names:
            form.data.update(TAKEN | fixed)
            sent = form.send(client)
            assert sent.status_code == 302, (address, form.data, sent.content.decode())
