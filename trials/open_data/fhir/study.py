"""One trial as a FHIR R4 ResearchStudy (http://hl7.org/fhir/R4/researchstudy.html).

Places, sponsor and who can join are contained in it: none of them has an address of its own. Its title is the
registry's; our labels of diseases stand before the codes that the registries themselves give.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import override

from trials import registries
from trials.choices import Status
from trials.display import condition_label
from trials.models import Registration, Trial, TrialSite
from trials.models.trial import TrialQuerySet
from trials.open_data.columns import page_address
from trials.open_data.fhir import codes
from trials.open_data.fhir.eligible import who_can_join
from trials.record import StoredRecord, first_stated

Json = dict[str, Any]
WHO, SPONSOR = "who-can-join", "sponsor"


def with_whole_records(trials: TrialQuerySet) -> TrialQuerySet:
    """Ready for `research_study` in two more statements."""
    return trials.prefetch_related("registrations", "sites")


def research_study(trial: Trial) -> Json:
    """The resource, without any element that is not stated."""
    rows = sorted(trial.registrations.all(), key=registries.rank)
    known = {row.pk: row for row in rows}
    places = [site for site in trial.sites.all() if site.counted]
    for place in places:
        place.registration = known[place.registration_id]
    places.sort(key=lambda place: (place.registration_id, place.position))
    return study_of(trial, rows, places)


def study_of(trial: Trial, rows: Sequence[Registration], places: Sequence[TrialSite]) -> Json:
    """Of a trial, its registrations with the first in rank first, and its places."""
    locations = [_location(number, place) for number, place in enumerate(places, start=1)]
    record = first_stated([row.record for row in rows]) if rows else None
    study = {
        "resourceType": "ResearchStudy",
        "id": _id(trial.primary_id),
        "contained": [*_group(record), *_sponsor(trial), *locations],
        "extension": codes.recruitment(trial.status),
        "identifier": [_identifier(row) for row in rows],
        "title": codes.text(trial.title),
        **codes.study_status(Status(trial.status)),
        "phase": codes.phase(trial.phases),
        "condition": [*_labels(trial), *_registry_codes(rows)],
        "keyword": [codes.concept(target) for target in trial.targets],
        "relatedArtifact": _pages(trial, rows),
        "location": [codes.concept(country) for country in trial.countries if codes.text(country)],
        "site": [{"reference": f"#{place['id']}"} for place in locations],
        **(_of_record(record) if record else {}),
    }
    if _group(record):
        study["enrollment"] = [{"reference": f"#{WHO}"}]
    if _sponsor(trial):
        study["sponsor"] = {"reference": f"#{SPONSOR}"}
    return {name: value for name, value in study.items() if value not in (None, "", [], {})}


def _id(registry_id: str) -> str:
    """Letters, digits, hyphens and full stops, 64 at most, as R4 wants an id."""
    return re.sub(r"[^A-Za-z0-9.-]", "-", registry_id)[:64]


def _identifier(row: Registration) -> Json:
    system = registries.describe(row.registry).identifier_system
    return ({"system": system} if system else {}) | {"value": row.registry_id}


def _labels(trial: Trial) -> Iterator[Json]:
    with override(settings.LANGUAGE_CODE):
        for slug in trial.conditions:
            yield codes.concept(condition_label(slug), f"{settings.SITE_URL}/conditions/", slug)


def _registry_codes(rows: Sequence[Registration]) -> Iterator[Json]:
    """MeSH and ICD-10 as the records themselves have them: ours are made for searching, and wider."""
    records = [row.record for row in rows]
    for code in dict.fromkeys(code for record in records for code in record.mesh_ids):
        yield {"coding": [{"system": codes.MESH, "code": code}]}
    for code in dict.fromkeys(code for record in records for code in record.icd10_codes):
        yield {"coding": [{"system": codes.ICD_10, "code": codes.dotted(code)}]}


def _pages(trial: Trial, rows: Sequence[Registration]) -> list[Json]:
    own = {"type": "documentation", "display": "CAR T trial finder", "url": page_address(trial.primary_id)}
    of_registries = [
        {"type": "derived-from", "display": registries.describe(row.registry).label, "url": row.url}
        for row in rows
        if row.url
    ]
    return [own, *of_registries]


def _of_record(record: StoredRecord) -> Json:
    purpose = codes.PURPOSES.get(record.primary_purpose)
    period = {"start": record.start, "end": record.completion}
    arms = [
        {"name": codes.text(arm.label)}
        | ({"type": codes.concept(arm.kind)} if codes.text(arm.kind) else {})
        | ({"description": codes.text(arm.description)} if codes.text(arm.description) else {})
        for arm in record.arms
        if codes.text(arm.label)
    ]
    return {
        "primaryPurposeType": purpose
        and codes.concept("", f"{codes.TERMINOLOGY}/research-study-prim-purp-type", purpose),
        "focus": [codes.concept(one.name) for one in record.interventions if codes.text(one.name)],
        "description": codes.text(record.summary),
        "period": {name: day for name, day in period.items() if day},
        "reasonStopped": codes.concept(record.why_stopped),
        "arm": arms,
    }


def _group(record: StoredRecord | None) -> list[Json]:
    characteristics = who_can_join(record) if record else []
    if not characteristics:
        return []
    return [
        {
            "resourceType": "Group",
            "id": WHO,
            "type": "person",
            "actual": False,
            "characteristic": characteristics,
        }
    ]


def _sponsor(trial: Trial) -> list[Json]:
    name = codes.text(trial.sponsor)
    return [{"resourceType": "Organization", "id": SPONSOR, "name": name}] if name else []


def _location(number: int, site: TrialSite) -> Json:
    """`Location.status` would say whether a hospital exists; whether it recruits is in the extension."""
    address = {"city": site.city, "state": site.state, "country": site.country}
    stated = {name: codes.text(words) for name, words in address.items() if codes.text(words)}
    place: Json = {"resourceType": "Location", "id": f"site-{number}"}
    if status := codes.recruitment(site.status_now):
        place["extension"] = status
    if name := codes.text(site.hospital or site.facility):
        place["name"] = name
    if stated:
        place["address"] = stated
    if site.longitude is not None and site.latitude is not None:
        place["position"] = {"longitude": site.longitude, "latitude": site.latitude}
    return place
