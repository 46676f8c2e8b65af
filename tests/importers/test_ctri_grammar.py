"""Pages from a grammar of both skins: the right values, or the label that cannot be read; no wrong value."""

import random
import re
from html import unescape

import pytest

from importers.records import ParseError
from importers.registries.ctri import identify, parse
from tests.importers.ctri_grammar import NUMBER, PMAINDET2, Row, Values, Writer, values
from trials.choices import Phase, Sex, Status, StudyType
from trials.record import TrialRecord

PAGES = 300
STATUSES = {
    "Open to Recruitment": Status.RECRUITING,
    "Not Yet Recruiting": Status.NOT_YET_RECRUITING,
    "Completed": Status.COMPLETED,
    "Withdrawn": Status.WITHDRAWN,
    "": None,
    "Not Applicable": None,
}
PHASES = {
    "Phase 1": (Phase.PHASE1,),
    "Phase 1/ Phase 2": (Phase.PHASE1, Phase.PHASE2),
    "Phase 0": (Phase.EARLY_PHASE1,),
}
AGES = {"18.00 Year(s)": 18.0, "6.00 Month(s)": 0.5, "18 Year(s) 0 Month(s)": 18.0, "75.00 Year(s)": 75.0}
UNREAD = {
    "Curious": "Type of Trial",
    "Paused for tea": "Recruitment Status",
    "Phase 9": "Phase of Trial",
    "18.00": "Age From",
    "98.00": "Age To",
    "some": "Target Sample Size",
    "Transgender": "Gender",
}


def plain(text: str) -> str:
    return " ".join(unescape(re.sub(r"<(?=[a-z/])[^>]*>", " ", text)).split())


def made_with(seed: int) -> tuple[Values, Writer, bytes]:
    chance = random.Random(seed)  # noqa: S311 (a test's own choice)
    made = values(chance)
    writer = Writer(chance, made)
    return made, writer, writer.page()


def statuses(made: Values) -> tuple[Status | None, Status | None, Status]:
    """In India, in the world, and of the trial."""
    india, world = (
        STATUSES.get(made.texts.get(f"Recruitment Status of Trial ({place})", ""), Status.UNKNOWN)
        for place in ("India", "Global")
    )
    only_india = made.texts.get("Countries of Recruitment") == "India"
    return india, world, india or (world if only_india else None) or Status.UNKNOWN


def expected(made: Values) -> dict[str, object]:
    """What a record of these values says."""
    texts = made.texts
    details = {label: {row[0]: row[1] for row in rows} for label, rows in made.pairs.items()}
    inclusion = details.get("Inclusion Criteria", {})
    lists = {label: rows[1:] for label, rows in made.lists.items()}
    india, world, status = statuses(made)
    size = re.search(r'Total Sample Size="([\d,]+)"', texts.get("Target Sample Size", ""))
    years = re.findall(r'"(\d+)"', texts.get("Estimated Duration of Trial", ""))
    kinds = {"Interventional": StudyType.INTERVENTIONAL, "Observational": StudyType.OBSERVATIONAL}
    diseases = "Health Condition / Problems Studied" in lists
    return {
        "registry_id": NUMBER,
        "registered": "2024-02-02",
        "title": plain(texts["Public Title of Study"]),
        "official_title": plain(texts.get("Scientific Title of Study", "")),
        "status": status,
        "status_india": india,
        "status_global": world,
        "phases": PHASES.get(texts.get("Phase of Trial", ""), ()),
        "study_type": kinds.get(texts.get("Type of Trial", "")),
        "study_type_words": tuple(word for word in texts.get("Type of Study", "").split("<br>") if word),
        "countries": tuple(word for word in texts.get("Countries of Recruitment", "").split("<br>") if word),
        "min_age_years": AGES.get(inclusion.get("Age From", "")),
        "max_age_years": AGES.get(inclusion.get("Age To", "")),
        "sex": {"Both": Sex.ALL, "Female": Sex.FEMALE}.get(inclusion.get("Gender", "")),
        "inclusion": plain(inclusion.get("Details", "")),
        "exclusion": plain(details.get("ExclusionCriteria", {}).get("Details", "")),
        "enrollment": int(size[1].replace(",", "")) if size else None,
        "duration_months": (int(years[0]) * 12 + int(years[1]) or None) if years else None,
        "summary": plain(texts.get("Brief Summary", "")),
        "sponsor": details.get("Primary Sponsor", {}).get("Name", ""),
        "collaborators": tuple(row[0] for row in lists.get("Details of Secondary Sponsor", [])[:1]),
        "ethics_committees": tuple(lists.get("Details of Ethics Committee", [])),
        "regulator_status": "Not Applicable" if "Regulatory Clearance Status from DCGI" in lists else "",
        "conditions": ("Diffuse lymphoma",) if diseases else (),
        "icd10_codes": ("C833",) if diseases and made.skin == PMAINDET2 else (),
    }


def lost(made: Values, left_out: set[str]) -> Values:
    """The values without those of the labels that were not written."""
    parts = (made.texts, made.pairs, made.lists)
    kept = ({label: value for label, value in part.items() if label not in left_out} for part in parts)
    return Values(made.skin, *kept)  # type: ignore[arg-type]


def stated(record: TrialRecord) -> dict[str, object]:
    texts = {name: plain(getattr(record, name)) for name in ("inclusion", "exclusion", "summary")}
    return {name: getattr(record, name) for name in expected(values(random.Random(0)))} | texts  # noqa: S311


def sites_and_interventions(record: TrialRecord) -> tuple[list[Row], list[str]]:
    places: list[Row] = [
        (site.investigator, site.facility, site.address, site.city, site.state) for site in record.sites
    ]
    return places, [given.name for given in record.interventions]


def rows(made: Values) -> tuple[list[Row], list[str]]:
    places: list[Row] = []
    for person, name, address, _ in made.lists["Sites of Study"][1:]:
        road, place = address.removesuffix("<br />&nbsp;").split("<br />")
        district, _, state = place.partition(" ")
        places.append((person, name, road, district, state))
    given = made.lists.get("Intervention / Comparator Agent", [])[1:]
    return places, [name for _, name, _ in given if name != "NIL"]


@pytest.mark.parametrize("first", range(0, PAGES, 50))
def test_pages_of_the_grammar_give_their_values(first: int) -> None:
    for seed in range(first, first + 50):
        made, writer, page = made_with(seed)
        both = {label for label in writer.left_out if label.startswith("Recruitment Status")}
        if "Sites of Study" in writer.left_out or len(both) == 2:
            with pytest.raises(ParseError):
                parse(page)
            continue
        written = lost(made, writer.left_out)
        record = parse(page)
        assert (seed, stated(record)) == (seed, expected(written))
        assert (seed, *sites_and_interventions(record)) == (seed, *rows(written))
        assert identify(page) == NUMBER


@pytest.mark.parametrize("first", range(0, PAGES, 50))
def test_words_of_the_grammar_that_nobody_knows_are_noted(first: int) -> None:
    for seed in range(first, first + 50):
        made, writer, page = made_with(seed)
        try:
            noted = {(notice.field, notice.value) for notice in parse(page).notices}
        except ParseError:
            continue
        written = " ".join(map(str, (lost(made, writer.left_out).texts, lost(made, writer.left_out).pairs)))
        for word, label in UNREAD.items():
            there = f"'{word}'" in written or f'"{word}"' in written
            assert (seed, word, there) == (
                seed,
                word,
                any(field.startswith(label) and value == word for field, value in noted),
            )
