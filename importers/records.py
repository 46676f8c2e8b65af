"""What imports alone need around a `trials.record.TrialRecord`: its errors, its labels, its places."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from importers.text.cleaning import clean


class ParseError(Exception):
    """A record says something the parser does not know or cannot trust. The old good copy stays."""

    def __init__(self, registry_id: str, field: str, value: object) -> None:
        self.registry_id = registry_id
        self.field = field
        self.value = clean(str(value)[:500])
        super().__init__(f"{registry_id or 'record without an id'}: {field}: {self.value!r}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a label was given: which rule fired, on which field, on which words."""

    axis: str  # "role", "conditions", "targets", "cell_source"
    label: str
    rule: str
    field: str
    quote: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What one criterion says of one facet of eligibility, and the sentence, as written.

    `value` is `allowed`, `excluded` or `not_stated`; of numbers the number as text, "" where none is stated.
    `limit` is what keeps it from being absolute ("active only", "within 3 months"; `trials.choices.Limit`),
    "" where it holds for all patients.
    """

    value: str
    quote: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """What `classify` concludes from a `TrialRecord`. Slugs and values as in DESIGN section 4.

    `undecided` names the axes whose evidence contradicts itself: those go to a person and the trial
    is not public until decided. `eligibility` has every facet, by name.
    """

    role: str
    conditions: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    cell_source: str = "not_stated"
    products: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = field(default=())
    undecided: tuple[str, ...] = ()
    eligibility: Mapping[str, Stated] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site really is, decided by `importers.places` from what a registry wrote.

    `city` and `state` are canonical names of the vocabulary where it knows them; an Indian city it
    does not know keeps its written name. `hospital` is "" for an anonymous site ("Research Site").
    `rule` says how each was decided.
    """

    hospital: str
    city: str
    state: str
    country: str
    latitude: float | None
    longitude: float | None
    rule: str
