"""From a record's sites to `TrialSite` rows, and the Indian hospitals (`Site`) they name."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec
from django.utils.text import slugify

from importers.load import bulk
from importers.place_answers.answers import Answers
from importers.records import Place
from trials.choices import INDIA
from trials.models import Site, TrialSite
from trials.record import SiteRecord


def site_rows(sites: Sequence[SiteRecord], answers: Answers) -> list[TrialSite]:
    """Unsaved rows in the registry's order, each with its decided place and, in India, its hospital."""
    places = [answers.locate(site) for site in sites]
    hospitals = _hospitals(place for place in places if _is_hospital(place))
    rows = [
        bulk.row(
            TrialSite,
            position=position,
            facility=site.facility,
            address=site.address,
            written_city=site.city,
            written_state=site.state,
            postal_code=site.postal_code[:60],
            hospital=place.hospital[:300],
            city=place.city[:100],
            state=place.state[:100],
            country=place.country[:100],
            latitude=place.latitude,
            longitude=place.longitude,
            place_rule=place.rule[:100],
            status=site.status or "",
            investigator=site.investigator,
            contacts=[msgspec.to_builtins(contact) for contact in site.contacts],
        )
        for position, (site, place) in enumerate(zip(sites, places, strict=True))
    ]
    for row, place in zip(rows, places, strict=True):
        if _is_hospital(place):
            row.site = hospitals[_hospital_slug(place)]
    return rows


def _is_hospital(place: Place) -> bool:
    return place.country == INDIA and bool(place.hospital)


def _hospital_slug(place: Place) -> str:
    """Identity of a hospital: its name and city. Names that leave no ASCII slug get a hash."""
    name = slugify(f"{place.hospital} {place.city}")[:100]
    return name or sha256(f"{place.hospital}|{place.city}".encode()).hexdigest()[:16]


def _hospitals(places: Iterable[Place]) -> dict[str, Site]:
    """The stored `Site` of each place by slug; what is new is added."""
    wanted = {_hospital_slug(place): place for place in places}
    if not wanted:
        return {}
    stored = Site.objects.in_bulk(list(wanted), field_name="slug")
    missing = [_site(slug, place) for slug, place in wanted.items() if slug not in stored]
    if missing:
        Site.objects.bulk_create(missing, ignore_conflicts=True)  # another worker may be as fast
        stored |= Site.objects.in_bulk([site.slug for site in missing], field_name="slug")
    return stored


def _site(slug: str, place: Place) -> Site:
    return Site(
        slug=slug,
        hospital=place.hospital[:300],
        city=place.city[:100],
        state=place.state[:100],
        latitude=place.latitude,
        longitude=place.longitude,
    )
