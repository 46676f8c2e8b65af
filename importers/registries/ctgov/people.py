"""Contacts and sites of a study."""

from importers.registries.ctgov import shape
from trials.record import Contact, SiteRecord

INVESTIGATOR = "PRINCIPAL_INVESTIGATOR"


def contact(person: shape.ContactJson) -> Contact:
    """Somebody the registry names, the extension with the phone number."""
    extension = f" ext. {person.phone_ext}" if person.phone_ext else ""
    return Contact(
        name=person.name,
        role=person.role,
        affiliation=person.affiliation,
        phone=person.phone + extension,
        email=person.email,
    )


def site(location: shape.Location) -> SiteRecord:
    """One location. Its investigators are named apart from the people to call, unless both are one."""
    return SiteRecord(
        facility=location.facility,
        city=location.city,
        state=location.state,
        postal_code=location.zip,
        country=location.country,
        status=location.status,
        investigator="; ".join(person.name for person in location.contacts if person.role == INVESTIGATOR),
        contacts=tuple(contact(person) for person in location.contacts if _can_be_called(person)),
        latitude=location.geo_point.lat if location.geo_point else None,
        longitude=location.geo_point.lon if location.geo_point else None,
    )


def _can_be_called(person: shape.ContactJson) -> bool:
    return person.role != INVESTIGATOR or bool(person.phone or person.email)
