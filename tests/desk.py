"""People and imports for tests of the import desk."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from importers.models import ImportProblem, ImportRun, RecordChange
from importers.models.connection import ConnectionTry
from importers.models.crawl import CitedNumber, CtriTarget
from importers.models.links import TrialLink
from importers.models.places import PlaceAnswer
from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from trials.models import LabelCorrection

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105
HOSTILE = "<script>alert(1)</script>"
DOUBT = {"code": "vanishing", "values": {"count": 6, "of": 40}}


def person(*, staff: bool = True, admin: bool = False) -> User:
    """Staff may look, admins may run imports."""
    user = User.objects.create_user(f"person{User.objects.count()}", password="secret", is_staff=staff)
    if admin:
        rights = ["run_imports", "review_records"]
        user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    add_second_factor(user)
    return user


def add_second_factor(user: User) -> None:
    """Without one, all they could do is set one up."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": SECRET})


def code_of(secret: str = SECRET, seconds_ago: int = 0) -> str:
    """What the authenticator app of somebody with this secret shows now, or showed then."""
    return str(format_hotp_value(hotp_value(secret, (int(time.time()) - seconds_ago) // 30)))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make_run(status: str = "succeeded", **columns: Any) -> ImportRun:
    """A run as it stands in the database after what its status says."""
    now = timezone.now()
    began = {} if status == "queued" else {"started_at": now, "heartbeat_at": now}
    ended = {} if status in ("queued", "running") else {"finished_at": now}
    return ImportRun.objects.create(
        **({"registry": Registry.CTGOV, "status": status} | began | ended | columns)
    )


def full_run(**columns: Any) -> ImportRun:
    """A run with counts, a change of each sort and problems of each sort, all of it hostile."""
    counts = {"seen": 12, "created": 4, "updated": 5, "failed": 3, "requests": 3, "query": "q" * 200}
    said: dict[str, Any] = {"status": "partial", "origin": f"{HOSTILE}.json"}
    run = make_run(**(said | counts | columns))
    fields = [
        {"field": "title", "before": f"Old {HOSTILE}", "after": f"New {HOSTILE}"},
        {"field": "phases", "before": ["PHASE1"], "after": ["PHASE2", HOSTILE]},
        {"field": "site: Mumbai", "before": None, "after": HOSTILE},
    ]
    for number, kind in enumerate(RecordChange.Kind.values):
        registry_id = f"NCT0000000{number}"
        RecordChange.objects.create(run=run, registry_id=registry_id, title=HOSTILE, kind=kind, fields=fields)
    problem = {"field": "protocolSection.statusModule.overallStatus", "value": HOSTILE, "origin": "page 1"}
    ImportProblem.objects.create(run=run, registry_id="NCT00000021", **problem)
    ImportProblem.objects.create(run=run, registry_id="NCT00000022", **problem)
    ImportProblem.objects.create(run=run, **problem)
    return run


def fill() -> None:
    """Imports 1 (held), 2 (with problems and changes of every sort), 3 (running), and two pages of others."""
    doubts = [DOUBT, {"code": "schema", "values": {"count": 1, "fields": "protocolSection." + "x" * 80}}]
    full_run(pk=1, status="held", doubts=doubts, held=9, created=0, updated=0)
    run = full_run(pk=2, started_by=person(), dry_run=True, doubts=doubts, only_ids=["NCT00000001"] * 9)
    run.problems.filter(registry_id="NCT00000021").update(retried_in=run)
    make_run("running", pk=3, total=900, registry=Registry.CTRI)
    for number, status in enumerate(ImportRun.Status.values * 4, start=4):
        if status != "running":
            make_run(status, pk=number, error="Why", doubts=doubts)
    _fill_questions()


def _fill_questions() -> None:
    """Two trials that may be one, two that are, and places nobody is sure of, one of them answered."""
    rule = "city: spelling; hospital: as written"
    places = [site("Odd Clinic", "Pune", place_rule=rule), site("B" * 80, "Pune", place_rule=rule)]
    read = {"axis": "targets", "label": "CD19", "rule": "targets/named", "field": "title", "quote": "CAR T"}
    make_trial("NCT00000031", pk=31, sites=places, evidence=[read], corrected={"conditions": ["aml"]})
    LabelCorrection.objects.create(
        registration_id=31, axis="conditions", after=["aml"], why=HOSTILE, by=person()
    )
    make_trial("CTRI/2026/01/000031", registry=Registry.CTRI, title="long " * 40)
    for number, state in enumerate(TrialLink.State, start=31):
        TrialLink.objects.create(
            first_registry=Registry.CTGOV,
            first_id="NCT00000031",
            second_registry=Registry.CTRI,
            second_id=f"CTRI/2026/01/0000{number}",
            state=state,
            method="similar",
            evidence="97 %",
            doubts=["phase", "chain"],
        )
    for kind in PlaceAnswer.Kind:
        PlaceAnswer.objects.create(kind=kind, text="x", written="X" * 90, hospital="Y", by=person())
    CtriTarget.objects.create(trial_id=5, reason="backfill", due_at=timezone.now())
    CitedNumber.objects.create(number="CTRI/2026/01/000099", cited_by="NCT00000031")
    _fill_connections()


def _fill_connections() -> None:
    """A try with an answer of each sort, and one that waits."""
    said = {"name": "x", "statuses": [301, 200], "ms": 120, "bytes": 5000, "understood": HOSTILE * 9}
    checks = [
        said | {"question": "One study", "differs": []},
        said | {"question": "Description of its fields", "differs": [HOSTILE, "x" * 90]},
        said
        | {"question": "One study by a former number", "statuses": [], "understood": "", "differs": ["x"]},
    ]
    report = {"registry": "ctgov", "ok": False, "at": "2026-11-28T08:00:00+00:00", "checks": checks}
    report |= {
        "address": "https://registry.example.org/api",
        "user_agent": "tester/1",
        "proxy": "http://***@p:1",
    }
    now = timezone.now()
    ConnectionTry.objects.create(registry=Registry.CTGOV, asked_at=now, finished_at=now, report=report)
    ConnectionTry.objects.create(registry=Registry.CTRI, asked_at=now)


def session() -> str:
    """The cookie of an admin who is signed in."""
    return signed_in(person(admin=True)).cookies["sessionid"].value


def message_levels(page: Any) -> list[str]:
    """Whether each message that a followed answer shows is good or bad news. Its words are not for tests."""
    return [message.level_tag for message in page.context["messages"]]
