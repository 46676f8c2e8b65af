"""What the API answers. `trials.catalogue.serialise` makes the trial, `detail_schemas` has more of one."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field, create_model

from trials import languages
from trials.api.closed import (
    CellSourceWord,
    ConditionSlug,
    PhaseWord,
    RegistrySlug,
    RoleWord,
    StatusOrNone,
    StatusWord,
    TargetName,
)
from trials.choices import Facet, ReadFrom


class RegistrationOut(Schema):
    registry: RegistrySlug
    id: str
    url: str
    status: StatusWord = Field(description="UNKNOWN where the registry's own word does not hold any more.")
    last_known_status: StatusWord = Field(
        default="", description="The registry's own word, only where it lapsed."
    )
    updated: str | None = Field(description="The registry's own date of the last update, ISO 8601.")


class SiteOfTrialOut(Schema):
    hospital: str
    city: str
    state: str
    country: str = Field(description="English name, as the registry writes it.")
    status: StatusOrNone = Field(
        description='The site\'s own recruitment status; "" where the registry gives none.'
    )


class FacetOut(Schema):
    """What a trial states of one question of key eligibility."""

    value: str = Field(
        description="allowed, excluded, or a number: the fewest lines, the highest ECOG score."
    )
    limit: str = Field(
        description='What keeps the value from holding for everybody, such as "active only" or "within '
        '3 months"; several are joined by "; ". With "at least" and "at most" a number holds for everybody. '
        "Only where this is empty does `excluded` shut out everybody who has it."
    )
    quote: str = Field(description="The registry's own sentence.")
    words: dict[str, str] = Field(description="Value and limit as people read them, by language.")


class TrialOut(Schema):
    """One trial, from all registries that list it."""

    id: str
    registrations: list[RegistrationOut]
    title: str
    role: RoleWord
    conditions: list[ConditionSlug]
    targets: list[TargetName]
    cell_source: CellSourceWord
    phases: list[PhaseWord]
    eligibility: dict[str, FacetOut] = Field(
        description="By facet: " + ", ".join(Facet.values) + ". One that is missing is not stated."
    )
    status: StatusWord
    recruiting_in_india: bool = Field(description="A site in India is recruiting now.")
    min_age_years: float | None = Field(description="null: no limit stated")
    max_age_years: float | None
    sites: list[SiteOfTrialOut]
    last_updated: str | None
    published: bool
    no_longer_on_registry: bool = Field(
        default=False, description="true only where no registry has it any more."
    )
    newer_version_not_read: bool = Field(
        default=False,
        description="true only where a registry has a newer version that could not be read: nothing in its "
        "record is known to be so now.",
    )
    registry_unchanged_for_two_years: bool = Field(
        default=False,
        description="true only where a registry still says that the trial is open, running or to come, "
        "though its planned end is past and nothing changed for two years: its status is UNKNOWN then.",
    )
    sample: bool = Field(default=False, description="true only for invented records of a demonstration.")


class TrialsOut(Schema):
    """One page of a search."""

    count: int
    page: int | None = Field(description="null where a cursor was given.")
    pages: int
    page_size: int
    next: str | None = Field(
        description="Address of the next part; null at the end. Also in the header Link."
    )
    next_cursor: str | None
    results: list[TrialOut]
    facets: dict[str, dict[str, int]] = Field(
        description="By parameter and value: how many trials answer with that value and all other filters."
    )
    notice: str = Field(default="", description="Given where no trial at all is listed: why.")


class ConditionOut(Schema):
    slug: str
    name: str
    kind: str
    group: str
    trials: int = Field(description="Listed trials a search for the condition finds.")


def _in_every_language(schema: type[Schema], name: str) -> Any:
    """The schema with `<name>_<code>` for each language of the pages: a text, "" where there is none."""
    texts: dict[str, Any] = {f"{name}_{code}": (str, ...) for code in languages.codes()}
    return create_model(schema.__name__, __base__=schema, **texts)


class ConditionsOut(Schema):
    count: int
    results: list[_in_every_language(ConditionOut, "patient_name")]  # type: ignore[valid-type]  # made of settings


class SiteOut(Schema):
    slug: str
    hospital: str
    city: str
    state: str
    latitude: float | None
    longitude: float | None
    trials: int
    recruiting: int = Field(description="Listed trials that recruit at this site now.")


class SitesOut(Schema):
    count: int
    results: list[SiteOut]


class RegistryOut(Schema):
    registry: RegistrySlug
    name: str
    registrations: int = Field(description="Records of it held here; invented sample records not counted.")
    read: ReadFrom = Field(
        description="never: nothing of it is known here, which does not mean that it has no trials. "
        "files: only saved records that people handed in. registry: it was read itself."
    )
    page_by_page: bool = Field(
        description="It has no list of its trials and is visited page by page: never read completely. "
        "`listed` trials of it are known so far."
    )
    listed: int = Field(description="Of the registrations, those of listed trials.")
    last_good_at: datetime | None = Field(
        description="End of the last complete reading of the registry itself, or of its last visit "
        "where it is read page by page. Files never count."
    )
    last_good_from: str = Field(description='"registry" where `last_good_at` is given, else empty.')
    files_at: datetime | None = Field(description="When records were last taken from files.")
    last_tried_at: datetime | None
    last_try_failed: bool
    late: bool = Field(description="A good import should have come by now and has not.")
    data_timestamp: str = Field(description="The registry's own date of its data, where it gives one.")
    importing: bool


class StatusOut(Schema):
    """How fresh the data are."""

    trials: int = Field(description="Listed trials.")
    recruiting_in_india: int
    sample: bool = Field(description="The catalogue is sample data, not real trials.")
    notice: str = Field(description="Why there are no trials, where none at all is listed; else empty.")
    registries: list[RegistryOut]


class ProblemOut(Schema):
    """Every error, as RFC 9457 has it. `message` says the same as `detail`, or less with `parameter`."""

    type: str = Field(description="about:blank: `status` says what kind of problem it is.")
    title: str
    status: int
    detail: str = Field(description="In English.")
    instance: str
    message: str
    parameter: str = Field(default="", description="The parameter that is wrong, with status 400.")
