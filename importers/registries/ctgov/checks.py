"""The questions that show whether ClinicalTrials.gov answers as imports need it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from importers.http.errors import BadAnswer
from importers.http.session import Params
from importers.records import ParseError
from importers.registries.check import Check, CheckContext
from importers.registries.ctgov import fetch, query
from importers.registries.ctgov.fetch import StudiesPage, record
from importers.registries.ctgov.parse import parse
from importers.registries.ctgov.schema import enum_of, enum_words, field_types, paths_read, words_read

FEW = 5
"""Studies in full: enough to see how they look, about 100 kB."""
KNOWN = ("NCT02348216", "NCT02445248")
"""CAR T trials (ZUMA-1, JULIET), asked for where the wide question brought none."""
ALIAS, CANONICAL = "NCT00201097", "NCT00189228"
"""A former number of a study. A record with both was seen in 2026."""
WIDE, TYPES = "wide", "types"
MOST_NAMED = 5
Found = tuple[str, bytes]


def _answer(asking: CheckContext, params: Params) -> StudiesPage:
    """The first page."""
    return next(fetch.answers(asking.session, params, FEW))


def _version(asking: CheckContext) -> tuple[str, str]:
    return fetch.version(asking.session)


def _wide(asking: CheckContext) -> StudiesPage:
    return _answer(asking, query.studies_with(query.first_group(query.WIDE, query.LONGEST)))


def _names(asking: CheckContext) -> StudiesPage:
    return _answer(asking, query.numbers_with(query.first_group(query.product_names(), query.LONGEST)))


def _ids(asking: CheckContext) -> list[str]:
    """Two studies that the registry surely has."""
    answer: StudiesPage | None = asking.answers.get(WIDE)
    found = [number for study in (answer.studies if answer else ()) if (number := record(study)[0])]
    return found[:2] or list(KNOWN)


def _by_number(asking: CheckContext) -> tuple[list[str], StudiesPage]:
    ids = _ids(asking)
    return ids, _answer(asking, query.by_number(ids))


def _study(asking: CheckContext) -> tuple[str, Found]:
    return (number := _ids(asking)[0]), fetch.fetch_one(asking.session, number)


def _alias(asking: CheckContext) -> tuple[str, Found]:
    return CANONICAL, fetch.fetch_one(asking.session, ALIAS)


def _types(asking: CheckContext) -> dict[str, str]:
    return field_types(asking.session)


def _words(asking: CheckContext) -> tuple[dict[str, str], dict[str, list[str]]]:
    types = asking.answers.get(TYPES)
    words = enum_words(asking.session)
    if types is None:
        raise BadAnswer("The words came, but without the types of the fields they cannot be compared.")
    return types, words


# What was understood


def _read_version(answer: tuple[str, str]) -> str:
    version, stamp = answer
    return f"API {version}, data of {stamp or 'an unknown day'}"


def _read_total(answer: StudiesPage) -> str:
    return (
        f"Studies: {answer.total_count}; the first: {_list([record(study)[0] for study in answer.studies])}"
    )


def _read_by_number(answer: tuple[list[str], StudiesPage]) -> str:
    return _list(sorted(record(study)[0] for study in answer[1].studies))


def _read_study(answer: tuple[str, Found]) -> str:
    number, raw = answer[1]
    try:
        found = parse(raw)
    except ParseError:
        return f"{number}, which could not be read"
    return f"{number}, {found.status.label}, places: {len(found.sites)}, {found.title!r}"


def _read_types(types: dict[str, str]) -> str:
    return f"Fields: {len(types)}"


def _read_words(answer: tuple[dict[str, str], dict[str, list[str]]]) -> str:
    return f"Lists of words: {len(answer[1])}"


# What is not as expected


def _version_differs(answer: tuple[str, str]) -> list[str]:
    version, stamp = answer
    differs = (
        [] if version.startswith("2.") else [f"The program was made for version 2 of the API, not {version}."]
    )
    return differs if stamp else [*differs, "The registry does not say from which day its data are."]


def _total_differs(answer: StudiesPage) -> list[str]:
    came, total = len(answer.studies), answer.total_count
    if total is None:
        return [
            "The registry does not say how many studies it found, so none could be missed with certainty."
        ]
    differs = [f"{came} studies came, of {total} in all."] if came > total else []
    if total > came and not answer.next_page_token:
        differs.append(f"{came} of {total} studies came, and no way to the next page.")
    if any(not record(study)[0] for study in answer.studies):
        differs.append("A study came without its NCT number.")
    return differs


def _wide_differs(answer: StudiesPage) -> list[str]:
    return _total_differs(answer) if answer.studies else ["No study was found, where there are about 3,000."]


def _names_differ(answer: StudiesPage) -> list[str]:
    whole = any(_leaves(study) > 1 for study in answer.studies)
    more = ["More than the NCT number came, though only that was asked for (fields=NCTId)."] if whole else []
    return _total_differs(answer) + more


def _by_number_differs(answer: tuple[list[str], StudiesPage]) -> list[str]:
    ids, found = answer
    came = sorted(record(study)[0] for study in found.studies)
    return [] if came == sorted(ids) else [f"{_list(ids)} were asked for, and {_list(came)} came."]


def _study_differs(answer: tuple[str, Found]) -> list[str]:
    expected, (number, raw) = answer
    if number != expected:
        return [f"The study should be {expected}, and is {number}."]
    try:
        parse(raw)
    except ParseError as error:
        return [f"The study holds something the program does not know: {error.field}: {error.value!r}."]
    return []


def _types_differ(types: dict[str, str]) -> list[str]:
    missing = [path for path in paths_read() if path not in types]
    return [f"{len(missing)} fields we read are not described any more: {_list(missing)}."] if missing else []


def _words_differ(answer: tuple[dict[str, str], dict[str, list[str]]]) -> list[str]:
    types, words = answer
    unknown = {
        path: new
        for path, known in words_read().items()
        if (new := sorted(set(words.get(enum_of(types.get(path, "")), ())) - known))
    }
    return [f"{path} may say what the program does not know: {_list(new)}." for path, new in unknown.items()]


def _leaves(value: Any) -> int:
    """How many values an object holds, at any depth."""
    return sum(map(_leaves, value.values())) if isinstance(value, dict) else 1


def _list(words: list[str]) -> str:
    more = f" and {len(words) - MOST_NAMED} more" if len(words) > MOST_NAMED else ""
    return (", ".join(words[:MOST_NAMED]) or "none") + more


CHECKS = (
    Check("version", _("Version, and day of the data"), _version, _read_version, _version_differs),
    Check(WIDE, _("Studies that name CAR T cells, in full"), _wide, _read_total, _wide_differs),
    Check("names", _("Studies that name a product, by number only"), _names, _read_total, _names_differ),
    Check("by_number", _("Two studies by their numbers"), _by_number, _read_by_number, _by_number_differs),
    Check("study", _("One study"), _study, _read_study, _study_differs),
    Check("alias", _("One study by a former number"), _alias, _read_study, _study_differs),
    Check(TYPES, _("Description of its fields"), _types, _read_types, _types_differ),
    Check("words", _("Words that its fields may hold"), _words, _read_words, _words_differ),
)
