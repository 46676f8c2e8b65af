"""What the answer of one trial says beside `schemas.TrialOut`. `trials.catalogue.detail` makes it."""

from ninja import Schema
from pydantic import Field

from trials.api.closed import RegistrySlug, one_of
from trials.api.schemas import TrialOut
from trials.catalogue.certainty import Strength
from trials.catalogue.labels import AXES
from trials.models.workspace import HospitalAnswer

OWN_TEXT = "The registry's own text."


class OfRegistrationOut(Schema):
    registry: RegistrySlug
    id: str


class CriteriaOut(OfRegistrationOut):
    """Who can join, as one registry writes it: one text, or two."""

    text: str = Field(description="Everything, where the registry keeps it in one text.")
    inclusion: str
    exclusion: str


class EvidenceOut(OfRegistrationOut):
    """Why a label was given. `by` people: an editor decided it, over what the rules say."""

    axis: one_of(AXES)  # type: ignore[valid-type]  # made of a list
    label: str
    by: one_of(["rules", "people"])  # type: ignore[valid-type]
    rule: str = Field(description="The name of the rule that decided.")
    field: str = Field(description="The field of the record in which it found the words.")
    quote: str = Field(description=OWN_TEXT)


class HospitalSaidOut(Schema):
    """The hospital's own last word on this trial."""

    said: one_of(HospitalAnswer.values)  # type: ignore[valid-type]
    at: str = Field(description="ISO 8601")
    counts: bool = Field(description="It is from the last 90 days, and so goes before the registry's word.")


class PlaceOut(OfRegistrationOut):
    """A site in India, and how sure it is that it takes patients now."""

    site: str = Field(description='Slug, see /sites; "" where the registry names no hospital.')
    hospital: str
    city: str
    state: str
    open: bool = Field(description="It recruits now. What is not known is never open.")
    strength: one_of(Strength) = Field(  # type: ignore[valid-type]
        description="Whose word that is: the hospital's own (`confirmed`), the registry's, or nobody's."
    )
    because: one_of(["", "unreadable", "stale", "unconfirmed", "unstated"]) = Field(  # type: ignore[valid-type]
        description="Why it is not known: a newer version could not be read; nothing changed for two years; "
        "the trial as a whole does not recruit; the registry gives no status."
    )
    registry_verified: str = Field(
        description='When the sponsor last confirmed the record, as precise as given; "" where not stated.'
    )
    registry_updated: str | None
    ask_first: bool = Field(description="Open by a word so old that one must ask before travelling.")
    hospital_said: HospitalSaidOut | None


class ParticipantsOut(Schema):
    """How many began and completed one period of the trial, in the registry's own text."""

    period: str
    group: str
    started: str
    completed: str


class ValueOut(Schema):
    group: str
    row: str
    category: str
    value: str
    spread: str
    lower: str
    upper: str


class MainOutcomeOut(Schema):
    """A main measurement. All numbers are the registry's own text; nothing is computed."""

    title: str
    time_frame: str
    parameter: str
    unit: str
    values: list[ValueOut]


class ResultsOut(OfRegistrationOut):
    url: str
    posted: str | None
    participants: list[ParticipantsOut]
    main_outcomes: list[MainOutcomeOut]
    limitations: str


class PaperOut(Schema):
    pmid: str = Field(description='Its number in PubMed; "" where the registry gives none.')
    kind: str = Field(
        description="The registry's word: RESULT as its team entered it, DERIVED where the registry found it "
        'by the trial\'s number, BACKGROUND; "" where it says nothing.'
    )
    citation: str


class OneTrialOut(TrialOut):
    """One trial with what its labels, places and results rest on.

    Names, telephone numbers and mail addresses of people are not in it: the trial's `page` shows them.
    """

    page: str = Field(description="The trial's page on this site.")
    sponsor: str
    criteria: list[CriteriaOut]
    evidence: list[EvidenceOut]
    places: list[PlaceOut]
    has_results: bool | None = Field(
        description="Results are posted on a registry; null where no record says whether they are."
    )
    results_posted: str | None = Field(description="The registry's own day of that, ISO 8601.")
    results: list[ResultsOut]
    papers: list[PaperOut] = Field(description="Papers that its records name.")
