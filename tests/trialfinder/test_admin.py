"""`/admin/`: accounts are managed there, everything else is only looked at."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from importers.models import RawRecord
from tests.builders import make_trial, site
from tests.desk import add_second_factor, person, signed_in
from trials.admin import ReadOnlyAdmin

pytestmark = pytest.mark.django_db

OURS = [model._meta for model in admin.site._registry if model._meta.app_label in ("trials", "importers")]


@pytest.fixture
def boss() -> Client:
    user = User.objects.create_superuser("boss", "boss@example.org", "secret")
    add_second_factor(user)
    return signed_in(user)


def test_tables_of_the_site_can_only_be_read() -> None:
    assert {type(admin.site._registry[apps.get_model(meta.label)]) for meta in OURS} == {ReadOnlyAdmin}


@pytest.mark.parametrize("meta", OURS, ids=lambda meta: meta.label)
def test_every_list_opens_and_takes_no_row(boss: Client, meta: object) -> None:
    address = f"/admin/{meta.app_label}/{meta.model_name}/"  # type: ignore[attr-defined]
    assert [boss.get(address).status_code, boss.post(f"{address}add/").status_code] == [200, 403]


def test_rows_open_and_stay_as_they_are(boss: Client) -> None:
    trial = make_trial("NCT00000001", title="<script>alert(1)</script>", sites=[site("A")])
    raw = RawRecord.objects.create(
        registry="ctgov", registry_id="x", content_hash="y", body=b"z", fetched_at=timezone.now()
    )
    for row in (trial, trial.sites.get(), raw):
        address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}"
        page = boss.get(f"{address}/change/")
        assert (page.status_code, "<script>alert(1)" in page.content.decode()) == (200, False)
        assert [boss.post(f"{address}/{verb}/").status_code for verb in ("change", "delete")] == [403, 403]


def test_accounts_are_managed_and_by_superusers_alone(boss: Client) -> None:
    user = person()
    assert boss.get(f"/admin/auth/user/{user.pk}/change/").status_code == 200
    assert signed_in(user).get("/admin/auth/user/").status_code == 403
    assert signed_in(user).get("/admin/trials/trial/").status_code == 403
