"""Trials for doctors' questions: for each one that fits, among others that are closed, abroad or barred."""

from typing import Any

from django.test import Client

from tests.builders import make_trial, site
from trials.choices import Status
from trials.models import TrialSite

RIGHT = {"pune": "+912025678901", "vellore": "+914162281000", "delhi": "+911126588500"}
"""The number to call for each question."""
OTHER = "+91 22 2417 7000"
QUOTATION = "As the registry writes it, in a sentence of its own."


def fill() -> None:
    """Every trial a doctor meets in `tests/browser/test_clinic_journey.py`."""
    _lymphoma()
    _leukaemia()
    _myeloma()
    for number in range(12):
        _trial(["cll"], [_place(f"Hospital {number}", "Kolkata", "West Bengal")], lines="1")


def _lymphoma() -> None:
    """62 years, a woman, two lines before, no CAR T before, Pune."""
    pune: dict[str, Any] = {"city": "Pune", "state": "Maharashtra"}
    _trial(["lbcl"], [_place("Right Hospital", **pune, phone=RIGHT["pune"])], lines="2", lowest=18)
    _trial(["lbcl"], [_place("Closed Hospital", **pune, status=Status.COMPLETED)], lines="1")
    _trial(["lbcl"], [_place("Silent Hospital", **pune)], status=Status.UNKNOWN)
    _trial(["lbcl"], [_place("Later Hospital", **pune)], lines="3")
    _trial(["lbcl"], [_place("Young Hospital", **pune)], lines="2", highest=60)
    _trial(["lbcl"], [_place("Far Hospital", "Mumbai", "Maharashtra")], lines="2")
    _trial(["lbcl"], [_place("Abroad", "Houston", "Texas", country="United States")])
    _trial(["myeloma"], [_place("Myeloma Hospital", **pune)])


def _leukaemia() -> None:
    """9 years, B-ALL after a transplant from a donor, near Chennai: who takes her is in Vellore."""
    chennai = {"city": "Chennai", "state": "Tamil Nadu"}
    vellore = _place("Right Hospital", "Vellore", "Tamil Nadu", phone=RIGHT["vellore"])
    _trial(["b-all"], [vellore], lowest=1, highest=25, prior_allo_sct="allowed")
    _trial(["b-all"], [_place("Adult Hospital", **chennai)], lowest=18, prior_allo_sct="allowed")
    _trial(["b-all"], [_place("Strict Hospital", **chennai)], lowest=1, prior_allo_sct="excluded")
    _trial(["b-all"], [_place("Closed Hospital", **chennai, status=Status.SUSPENDED)], lowest=1)
    _trial(["b-all"], [_place("Far Hospital", "Mumbai", "Maharashtra")], lowest=1)


def _myeloma() -> None:
    """After CAR T cells against BCMA, with HIV, Delhi: one trial has a limit on HIV, and that is no bar."""
    delhi = {"city": "New Delhi", "state": "Delhi"}
    right = _place("Right Hospital", **delhi, phone=RIGHT["delhi"])
    after: dict[str, Any] = {"prior_car_t": "allowed", "prior_same_target": "allowed"}
    _trial(["myeloma"], [right], targets=["GPRC5D"], hiv=("excluded", "uncontrolled only"), **after)
    _trial(["myeloma"], [_place("No HIV", **delhi)], hiv="excluded", **after)
    _trial(["myeloma"], [_place("No CAR T", **delhi)], prior_car_t="excluded")
    _trial(["myeloma"], [_place("No BCMA", **delhi)], prior_car_t="allowed", prior_same_target="excluded")
    _trial(["myeloma"], [_place("Closed", **delhi, status=Status.COMPLETED)], **after)


def _trial(
    conditions: list[str],
    sites: list[TrialSite],
    *,
    lowest: float | None = None,
    highest: float | None = None,
    lines: str = "",
    **stated: Any,
) -> None:
    columns = {name: stated.pop(name) for name in ("status", "targets") if name in stated}
    facets = {name: _says(said) for name, said in stated.items()}
    if lines:
        facets["min_prior_lines"] = _says(lines)
    ages: dict[str, Any] = {"min_age_years": lowest, "max_age_years": highest}
    make_trial(conditions=conditions, sites=sites, eligibility=facets, **ages, **columns)


def _says(said: str | tuple[str, str]) -> dict[str, str]:
    value, limit = (said, "") if isinstance(said, str) else said
    return {"value": value, "quote": QUOTATION, "limit": limit}


def _place(hospital: str, city: str, state: str, *, phone: str = OTHER, **columns: Any) -> TrialSite:
    contact = {"name": "Trial office", "role": "", "affiliation": "", "phone": phone, "email": ""}
    return site(hospital, city, state, contacts=[contact], investigator="Dr Asha Rao", **columns)


def shown(client: Client, query: str = "") -> list[tuple[str, list[str]]]:
    """Heads with the ids under each."""
    groups = client.get(f"/clinic/?{query}").context["groups"]
    return [(head, [row.trial.primary_id for row in rows]) for head, _number, rows in groups]


def ids(client: Client, query: str = "") -> list[str]:
    return [one for _head, under in shown(client, query) for one in under]
