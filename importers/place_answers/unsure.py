"""What the desk asks about places: each text once, what is shown to the public first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, IntegerField, Max, Q, TextField, Value
from django.db.models.functions import Cast, Concat
from rapidfuzz import fuzz, process

from importers.models.places import PlaceAnswer
from importers.place_answers.answers import Key, key_of
from trials.choices import INDIA
from trials.models import Site, TrialSite
from trials.vocabulary.places import hospitals

Kind = PlaceAnswer.Kind
UNSURE: dict[str, tuple[str, ...]] = {
    Kind.CITY: (
        "unknown city",
        "spelling",
        "named in the address",
        "city of the state",
        "name against the state",
    ),
    Kind.HOSPITAL: ("as written", "spelling", "too general"),
}
"""Rules of `importers.places` that rest on little. A postal code, a name or an alias are enough.

A chain without its branch is no question for people: an answer holds for its text everywhere, and so would
make every "Max Hospital" of Delhi one branch. For the same reason people decide a contradicted city together
with its hospital.
"""

_COLUMNS: dict[str, tuple[str, ...]] = {
    Kind.CITY: ("written_city", "written_state"),
    Kind.HOSPITAL: ("facility", "city", "state"),
}
"""The text, and what it is known within."""
_MADE: dict[str, tuple[str, ...]] = {Kind.CITY: ("city", "state"), Kind.HOSPITAL: ("hospital",)}
SUGGESTED = 3
ALIKE = 50
WRITTEN = 3


@dataclass(frozen=True, slots=True)
class UnsureText:
    """One text and what the rules made of it. `places`: how often it stands there, `trials`: in which.

    `cities`, `codes` and `addresses` are what registries write beside it: where they disagree a person
    decides, and must see all of them.
    """

    kind: str
    text: str
    within: tuple[str, ...]
    made: tuple[str, ...]
    rule: str
    places: int
    trials: Sequence[str]
    cities: Sequence[str] = ()
    codes: Sequence[str] = ()
    addresses: Sequence[str] = ()

    @property
    def key(self) -> Key:
        return key_of(self.kind, self.text, *self.within)


def unsure(kind: str) -> list[UnsureText]:
    """The questions of one kind."""
    columns = _COLUMNS[kind]
    rows = (
        TrialSite.objects.filter(_by_rules(kind), country=INDIA, registration__sample=False)
        .exclude(**{columns[0]: ""})
        .values(*columns, *_MADE[kind], "place_rule")
        .annotate(
            places=Count("id"),
            shown=Max(Cast("trial__published", IntegerField())),
            trials=ArrayAgg("registration__registry_id", distinct=True),
            cities=ArrayAgg(
                Concat("written_city", Value(", "), "written_state", output_field=TextField()), distinct=True
            ),
            codes=ArrayAgg("postal_code", distinct=True),
            addresses=ArrayAgg("address", distinct=True),
        )
        .order_by("-shown", "-places", columns[0])
    )
    found: dict[Key, UnsureText] = {}
    for row in rows:
        question = UnsureText(
            kind,
            text=row[columns[0]],
            within=tuple(row[name] for name in columns[1:]),
            made=tuple(row[name] for name in _MADE[kind] if row[name]),
            rule=row["place_rule"],
            places=row["places"],
            trials=row["trials"],
            **{name: _some(row[name]) for name in ("cities", "codes", "addresses")},
        )
        found.setdefault(question.key, question)
    return list(found.values())


def _some(texts: Sequence[str]) -> list[str]:
    return [text for text in (text.strip(" ,\n") for text in texts) if text][:WRITTEN]


def _by_rules(kind: str) -> Q:
    if kind == Kind.CITY:
        return reduce(or_, (Q(place_rule__startswith=f"city: {rule};") for rule in UNSURE[kind]))
    return reduce(or_, (Q(place_rule__endswith=f"hospital: {rule}") for rule in UNSURE[Kind.HOSPITAL]))


def suggestions(question: UnsureText) -> list[str]:
    """Hospitals of the same city whose names are nearest."""
    city, state = question.within
    known = {h.name for h in hospitals().values() if (h.city, h.state) == (city, state)}
    stored = Site.objects.filter(city=city, state=state, trialsite__isnull=False)
    known.update(stored.values_list("hospital", flat=True))
    found = process.extract(
        question.text, known.difference(question.made), scorer=fuzz.token_set_ratio, limit=SUGGESTED
    )
    return [name for name, score, _ in found if score >= ALIKE]


def concerned(key: Key) -> dict[str, list[str]]:
    """Ids of the registrations in which this text stands, by registry."""
    ids: dict[str, set[str]] = {}
    rows = TrialSite.objects.filter(country=INDIA, registration__sample=False)
    for registry, number, *words in rows.values_list(
        "registration__registry", "registration__registry_id", *_COLUMNS[key[0]]
    ).distinct():
        if key_of(key[0], *words) == key:
            ids.setdefault(registry, set()).add(number)
    return {registry: sorted(numbers) for registry, numbers in ids.items()}
