"""One trial as plain text for a letter of referral: where, whom to call, the main criteria, how old it is.

It holds nothing of a patient.
"""

from collections.abc import Iterator
from html import unescape

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext

from trials.browse.clinic import ClinicRow
from trials.browse.open_hospital import OpenHospital
from trials.catalogue.certainty import Certainty
from trials.display import city_label, condition_label, trial_status
from trials.explain.criterion_cells import Answer
from trials.explain.headline import headline

PLACES = 3
QUOTATION = 160
"""Characters of a sentence; the page of the trial has it whole."""


def referral_note(row: ClinicRow, closed: Certainty | None, address: str) -> str:
    """The note in the page's language; `closed` is what is known of a trial without an open site in India."""
    parts = [_head(row), _diseases(row), _places(row, closed), _criteria(row), _dates(row, address)]
    return "\n\n".join("\n".join(filter(None, part)) for part in parts)


def _head(row: ClinicRow) -> list[str]:
    trial = row.trial
    return [
        gettext("CAR T trial %s") % " / ".join(trial.registry_ids[:4]),
        gettext("Sample data, not a real trial") if trial.sample else "",
        headline(trial),
        gettext("Title: %s") % _line(trial.title),
    ]


def _diseases(row: ClinicRow) -> list[str]:
    names = ", ".join(map(condition_label, row.trial.conditions))
    return [gettext("Disease: %s") % names] if names else []


def _places(row: ClinicRow, closed: Certainty | None) -> list[str]:
    if closed:
        return [_certainty(closed, row)]
    leaders = ", ".join(map(_line, row.leaders))
    lines = [line for place in row.hospitals[:PLACES] for line in _place(place, row)]
    if more := len(row.hospitals) - PLACES:
        lines += [gettext("More open hospitals: %d, see the page of the trial") % more] if more > 0 else []
    return [*lines, gettext("Leads the trial: %s") % leaders if leaders else ""]


def _place(place: OpenHospital, row: ClinicRow) -> Iterator[str]:
    name = _line(place.name) or gettext("Hospital not named")
    yield ", ".join(filter(None, (name, city_label(place.city) if place.city else "")))
    yield _indented(_certainty(place.certainty, row))
    contact, phone = place.reachable
    if place.investigator:
        yield _indented(gettext("Investigator: %s") % _line(place.investigator))
    if contact and contact.name and contact.name != place.investigator:
        yield _indented(gettext("Contact: %s") % _line(contact.name))
    if phone:
        yield _indented(gettext("Telephone: %s") % _line(phone.written))
    if contact and contact.email:
        yield _indented(gettext("E-mail: %s") % _line(contact.email))
    if not contact:
        yield _indented(gettext("No contact is published."))


def _criteria(row: ClinicRow) -> list[str]:
    stated = [cell for cell in row.cells if cell.answer is not Answer.NOT_STATED]
    silent = [cell.head for cell in row.cells if cell.answer is Answer.NOT_STATED]
    lines = [gettext("Key criteria, with the registry's words:")]
    for cell in stated:
        quotation = Truncator(_line(cell.quote)).chars(QUOTATION)
        lines.append(f"- {cell.head}: {cell.words}" + (f" “{quotation}”" if quotation else ""))
    if silent:
        lines.append(f"- {gettext('Not stated: ask')}: {', '.join(silent)}")
    return lines


def _dates(row: ClinicRow, address: str) -> list[str]:
    updated = row.trial.last_updated
    return [
        gettext("Registry updated: %s") % date_format(updated) if updated else "",
        gettext("Copied from the registry: %s") % date_format(timezone.localdate(row.trial.fetched_at)),
        gettext("Note made: %s") % date_format(timezone.localdate()),
        gettext("Call before referring: registries may be out of date."),
        address,
    ]


def _certainty(sure: Certainty, row: ClinicRow) -> str:
    """The words that pages draw, so that there is one wording."""
    drawn = render_to_string("trials/_certainty.html", {"sure": sure, "silent": trial_status(row.trial)})
    return _line(unescape(strip_tags(drawn)))


def _line(text: str) -> str:
    return " ".join(text.split())


def _indented(text: str) -> str:
    return f"  {text}"
