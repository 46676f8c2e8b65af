"""The doctor's table as rows for a spreadsheet: the same trials in the same order, one line each."""

from collections.abc import Callable, Iterator, Sequence

from django.utils import timezone

from trials.browse.clinic import ClinicRow
from trials.browse.open_hospital import OpenHospital
from trials.catalogue.certainty import Certainty
from trials.display import cell_source_label, city_label, condition_label, phase_label, registry_label
from trials.explain.criterion_cells import COLUMNS
from trials.explain.headline import headline

Address = Callable[[str], str]
"""The full address of a trial's page, by its id."""

_OF_TRIAL = ("id", "address", "headline", "title", "diseases", "antigens", "cell_source", "phases")
_OF_HOSPITAL = ("hospital", "city", "km", "certainty", "certainty_word_of", "certainty_date")
_OF_PEOPLE = ("investigator", "contact", "telephone", "email", "other_open_hospitals", "registry_updated")


def header() -> list[str]:
    """The names of the columns, in English whatever the page's language."""
    criteria = [name for column in COLUMNS for name in (column, f"{column}_words", f"{column}_quotation")]
    return ["under", *_OF_TRIAL, *criteria, *_OF_HOSPITAL, *_OF_PEOPLE]


def lines(rows: Sequence[tuple[str, ClinicRow]], address: Address) -> Iterator[list[str]]:
    """The header, then a line for each row with the head it stands under."""
    yield header()
    for head, row in rows:
        yield [head, *_trial(row, address), *_criteria(row), *_places(row)]


def _trial(row: ClinicRow, address: Address) -> list[str]:
    trial = row.trial
    return [
        trial.primary_id,
        address(trial.primary_id),
        headline(trial),
        trial.title,
        "; ".join(map(condition_label, trial.conditions)),
        " + ".join(trial.targets),
        cell_source_label(trial.cell_source),
        "; ".join(map(phase_label, trial.phases)),
    ]


def _criteria(row: ClinicRow) -> list[str]:
    """For each criterion its answer or its number, the words and the sentence."""
    texts = []
    for cell in row.cells:
        code = cell.short if cell.is_number else cell.answer.value
        texts += [code, cell.words, cell.quote]
    return texts


def _places(row: ClinicRow) -> list[str]:
    place = row.door
    if place is None:
        return [""] * len(_OF_HOSPITAL + _OF_PEOPLE)
    contact, phone = place.reachable
    sure = place.certainty
    return [
        place.name,
        city_label(place.city) if place.city else "",
        "" if place.km is None else str(place.km),
        certainty_code(sure),
        registry_label(sure.word.registry) if sure.word else "",
        certainty_day(sure),
        place.investigator or "; ".join(row.leaders),
        contact.name if contact else "",
        phone.dialled if phone else "",
        contact.email if contact else "",
        " | ".join(map(_in_short, row.hospitals[1:])),
        row.trial.last_updated.isoformat() if row.trial.last_updated else "",
    ]


def certainty_code(sure: Certainty) -> str:
    """`confirmed` by the hospital, `registry`, or `ask-first` where the registry's word is old."""
    return "ask-first" if sure.ask_first else sure.strength.value


def certainty_day(sure: Certainty) -> str:
    """The day of the word, in ISO 8601; a registry's month where its sponsor confirmed it then."""
    if sure.day:
        return timezone.localdate(sure.day).isoformat()
    if sure.word is None:
        return ""
    updated = sure.word.updated.isoformat() if sure.word.updated else ""
    return max(updated, sure.word.verified, key=lambda day: day[:7])


def _in_short(place: OpenHospital) -> str:
    parts = (
        place.name,
        city_label(place.city) if place.city else "",
        certainty_code(place.certainty),
        place.investigator,
        place.phone.dialled if place.phone else "",
    )
    return ", ".join(filter(None, parts))
