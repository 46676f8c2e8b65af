"""Deciding a place by the rules of `importers.places` and by what people have answered."""

from dataclasses import replace

from importers.models.places import PlaceAnswer
from importers.places import locate
from importers.places.countries import country_name
from importers.records import Place
from trials.choices import INDIA
from trials.record import SiteRecord
from trials.vocabulary.places import place_key

Kind = PlaceAnswer.Kind
ANSWERED = "answered"
Key = tuple[str, str, str]


def key_of(kind: str, text: str, *within: str) -> Key:
    """What an answer is found by. Case, accents and signs do not matter; the length is the column's."""
    return kind, place_key(text)[:500], place_key(" ".join(within))[:250]


class Answers:
    """All answers, read once for a batch of records. Few: what the vocabulary knows needs none."""

    def __init__(self) -> None:
        self._all = {(row.kind, row.text, row.within): row for row in PlaceAnswer.objects.all()}

    def locate(self, site: SiteRecord) -> Place:
        """The site's place; an answer wins over every rule, its text standing in for the registry's."""
        if not self._all or country_name(site.country) != INDIA:
            return locate(site)
        city = self._all.get(key_of(Kind.CITY, site.city, site.state))
        if city:
            site = _in_city(site, city.city, city.state)
        place = locate(site)
        hospital = self._all.get(key_of(Kind.HOSPITAL, site.facility, place.city, place.state))
        if hospital:
            named = locate(replace(site, facility=hospital.hospital)) if hospital.hospital else place
            place = replace(named, hospital=named.hospital if hospital.hospital else "")
        return replace(place, rule=_rule(place.rule, city is not None, hospital is not None))


def _in_city(site: SiteRecord, city: str, state: str) -> SiteRecord:
    """Without what else might speak for another city."""
    return replace(site, city=city, state=state, address="", postal_code="", latitude=None, longitude=None)


def _rule(rule: str, city: bool, hospital: bool) -> str:
    by_city, by_hospital = rule.removeprefix("city: ").split("; hospital: ")
    return f"city: {ANSWERED if city else by_city}; hospital: {ANSWERED if hospital else by_hospital}"
