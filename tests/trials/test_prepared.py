"""Statements put together once: the same rows as the queryset, whatever values come after another."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from tests.builders import make_trial, site
from trialfinder.environment import Mode
from trials.models import Trial, TrialSite
from trials.models.prepared import Given, IsAmong, Prepared

pytestmark = pytest.mark.django_db


def test_values_are_given_each_time() -> None:
    one, two = make_trial("NCT00000001"), make_trial("NCT00000002")
    among = Prepared(lambda: Trial.objects.filter(IsAmong("pk", Given("ids"))).order_by("-primary_id"))
    asked = [among.ask(ids=[one.pk]), among.ask(ids=[one.pk, two.pk]), among.ask(ids=[])]
    assert asked == [[one], [two, one], []]


def test_rows_have_what_the_queryset_gives_them() -> None:
    trial = make_trial("NCT00000001", sites=[site("A", "Pune")])
    placed = Prepared(
        lambda: (
            TrialSite.objects.filter(trial_id=Given("trial"))
            .select_related("site")
            .annotate(titled=F("trial__title"))
        )
    )
    [found] = placed.ask(trial=trial.pk)
    with CaptureQueriesContext(connection) as more:
        assert found.site is not None
        assert (found.site.city, vars(found)["titled"], len(more)) == ("Pune", trial.title, 0)


def test_a_public_site_has_a_statement_of_its_own(settings: Any) -> None:
    make_trial("NCT00000001", sample=True)
    listed = Prepared(Trial.objects.listed)
    shown = []
    for mode in (Mode.LOCAL, Mode.PRODUCTION, Mode.LOCAL):
        settings.MODE = mode
        shown.append(len(listed.ask()))
    assert shown == [1, 0, 1]
