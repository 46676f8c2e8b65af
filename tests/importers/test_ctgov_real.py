"""Every real record beside the checkout, compared field by field with its raw JSON."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from importers.files.archives import RawItem, read
from importers.registries.ctgov import fingerprint, identify, parse
from importers.registries.ctgov.eligibility import split
from importers.registries.ctgov.files import KINDS
from tests.shared_records import SHARED, needs_shared
from trials.record import TrialRecord

pytestmark = needs_shared
CTGOV = SHARED / "registries" / "ctgov"
FILES = [CTGOV / "v2_dev.jsonl.gz", CTGOV / "cart_dev.jsonl.gz", CTGOV / "history"]


def items() -> Iterator[Any]:
    for path in FILES:
        yield from read(path, KINDS)


@cache
def studies() -> list[tuple[dict[str, Any], TrialRecord]]:
    """(protocol section as sent, record as parsed) of every study; a failure of one fails all tests."""
    return [(json.loads(item.raw)["protocolSection"], parse(item.raw)) for item in items()]


def compare(**fields: Any) -> None:
    """Each field's value, by the name it has in the record, taken from the raw protocol section."""
    for raw, record in studies():
        found = {name: getattr(record, name) for name in fields}
        assert (record.registry_id, found) == (
            record.registry_id,
            {name: sent(raw) for name, sent in fields.items()},
        )


def at(path: str, default: Any) -> Any:
    """A reader of one place in the raw study."""

    def sent(raw: Any) -> Any:
        for name in path.split("."):
            raw = raw.get(name, {})
        return default if raw == {} else tuple(raw) if isinstance(raw, list) else raw

    return sent


def test_every_record_is_read() -> None:
    assert [type(item) for item in items() if not isinstance(item, RawItem)] == []
    assert len(studies()) == 1295 + 1309 + 53


def test_texts_and_words_stand_as_sent() -> None:
    compare(
        registry_id=at("identificationModule.nctId", ""),
        aliases=at("identificationModule.nctIdAliases", ()),
        title=at("identificationModule.briefTitle", ""),
        official_title=at("identificationModule.officialTitle", ""),
        acronym=at("identificationModule.acronym", ""),
        status=at("statusModule.overallStatus", ""),
        why_stopped=at("statusModule.whyStopped", ""),
        phases=at("designModule.phases", ()),
        primary_purpose=at("designModule.designInfo.primaryPurpose", ""),
        conditions=at("conditionsModule.conditions", ()),
        keywords=at("conditionsModule.keywords", ()),
        summary=at("descriptionModule.briefSummary", ""),
        description=at("descriptionModule.detailedDescription", ""),
        eligibility=at("eligibilityModule.eligibilityCriteria", ""),
        sex=at("eligibilityModule.sex", None),
        healthy_volunteers=at("eligibilityModule.healthyVolunteers", None),
        min_age=at("eligibilityModule.minimumAge", ""),
        max_age=at("eligibilityModule.maximumAge", ""),
        sponsor=at("sponsorCollaboratorsModule.leadSponsor.name", ""),
        sponsor_kind=at("sponsorCollaboratorsModule.leadSponsor.class", ""),
        enrollment=at("designModule.enrollmentInfo.count", None),
    )


def test_dates_keep_their_precision() -> None:
    compare(
        registered=at("statusModule.studyFirstPostDateStruct.date", None),
        start=at("statusModule.startDateStruct.date", None),
        primary_completion=at("statusModule.primaryCompletionDateStruct.date", None),
        completion=at("statusModule.completionDateStruct.date", None),
        verified=at("statusModule.statusVerifiedDate", None),
    )


def test_last_update_is_the_day_sent() -> None:
    for raw, record in studies():
        sent = at("statusModule.lastUpdatePostDateStruct.date", None)(raw)
        assert (record.last_updated and record.last_updated.isoformat()) == sent


def test_lists_lose_nothing() -> None:
    for raw, record in studies():
        counts = {
            "arms": len(at("armsInterventionsModule.armGroups", ())(raw)),
            "interventions": len(at("armsInterventionsModule.interventions", ())(raw)),
            "contacts": len(at("contactsLocationsModule.centralContacts", ())(raw)),
            "officials": len(at("contactsLocationsModule.overallOfficials", ())(raw)),
            "collaborators": len(at("sponsorCollaboratorsModule.collaborators", ())(raw)),
            "outcomes": sum(map(len, raw.get("outcomesModule", {}).values())),
        }
        assert {name: len(getattr(record, name)) for name in counts} == counts


def test_secondary_ids_begin_with_the_sponsors_own() -> None:
    for raw, record in studies():
        identity = raw["identificationModule"]
        own = [identity["orgStudyIdInfo"]["id"]] if "orgStudyIdInfo" in identity else []
        others = [other["id"] for other in identity.get("secondaryIdInfos", [])]
        assert [secondary.value for secondary in record.secondary_ids] == own + others


def test_sites_are_those_sent_each_once() -> None:
    for raw, record in studies():
        sent = {
            (
                place.get("facility", ""),
                place.get("city", ""),
                place.get("state", ""),
                place.get("zip", ""),
                place.get("country", ""),
                place.get("status"),
                place.get("geoPoint", {}).get("lat"),
                place.get("geoPoint", {}).get("lon"),
                tuple(person.get("name", "") for person in place.get("contacts", [])),
            )
            for place in raw.get("contactsLocationsModule", {}).get("locations", [])
        }
        assert len(record.sites) == len(set(record.sites)) >= len({place[:-1] for place in sent})
        assert {
            (s.facility, s.city, s.state, s.postal_code, s.country, s.status, s.latitude, s.longitude)
            for s in record.sites
        } == {place[:-1] for place in sent}


def test_everybody_at_a_site_is_named() -> None:
    for raw, record in studies():
        places = raw.get("contactsLocationsModule", {}).get("locations", [])
        sent = {p["name"] for place in places for p in place.get("contacts", []) if "name" in p}
        kept = {c.name for site in record.sites for c in site.contacts if c.name}
        kept |= {name for site in record.sites for name in site.investigator.split("; ") if name}
        assert sent - kept == {name for name in sent - kept if "; " in name}


def test_countries_are_those_of_the_sites_as_written() -> None:
    for raw, record in studies():
        places = raw.get("contactsLocationsModule", {}).get("locations", [])
        assert sorted(record.countries) == sorted({p["country"] for p in places if "country" in p})


def test_mesh_terms_are_never_ancestors() -> None:
    for item in items():
        browse = json.loads(item.raw).get("derivedSection", {}).get("conditionBrowseModule", {})
        assert list(parse(item.raw).mesh_ids) == [mesh["id"] for mesh in browse.get("meshes", [])]


def test_split_eligibility_loses_no_line() -> None:
    """What is dropped of a text that is split are its bare headings, one for each part at least."""
    split_texts = 0
    for _, record in studies():
        parts = record.inclusion.split("\n") + record.exclusion.split("\n")
        if record.inclusion:
            split_texts += 1
            lines = [line.strip() for line in record.eligibility.split("\n") if line.strip()]
            kept = [line.strip() for line in parts if line.strip()]
            dropped = list(lines)
            for line in kept:
                dropped.remove(line)
            assert [line for line in dropped if "clusion" not in line.lower() or len(line) > 40] == []
    assert split_texts > 1200


def test_identity_agrees_with_the_record() -> None:
    assert [identify(item.raw) for item in items()] == [record.registry_id for _, record in studies()]


def test_versions_of_a_study_differ_by_fingerprint() -> None:
    for folder in (CTGOV / "history").iterdir():
        prints = [fingerprint(path.read_bytes()) for path in folder.iterdir()]
        assert len(set(prints)) == len(prints)


def test_most_eligibility_texts_are_split() -> None:
    texts = [record.eligibility for _, record in studies() if record.eligibility]
    assert sum(split(text) != ("", "") for text in texts) / len(texts) > 0.9
