"""`/match/`: three groups of all open trials, from one table of verdicts, and nothing kept of an answer."""

import gzip
import logging
import random
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import match_set
from tests.builders import AT, make_trial, site, trial_row
from tests.match_set import ANSWERS, GROUPS, QUOTE
from tests.snapshots import MADE
from trials.choices import NUMBERS, Facet
from trials.explain.answers import Answers
from trials.explain.match import Verdict, match
from trials.explain.trial_facts import facts_of
from trials.models import Trial
from trials.views.match.cards import OPEN_NOW, cards, open_trials
from trials.views.match.questions import fields, places, steps

pytestmark = pytest.mark.django_db
MOST_BYTES = 60 * 1024
SCRIPT = Path(__file__).parents[2] / "trials/static/trials/match.js"


def groups(context: Any) -> dict[str, list[str]]:
    return {group.value: [card.trial.primary_id for card, _row in held] for group, held in context["groups"]}


def test_sent_answers_put_every_open_trial_into_one_of_three_groups(client: Client) -> None:
    match_set.fill()
    answer = client.post("/match/", ANSWERS)
    assert groups(answer.context) == GROUPS
    assert answer.content.decode().count(QUOTE) == 2  # of the bar and of the limit, not of what allows it


def test_without_answers_nothing_is_against_and_no_open_trial_is_missing(client: Client) -> None:
    match_set.fill()
    found = groups(client.post("/match/", {}).context)
    assert (found["against"], sum(map(len, found.values()))) == ([], 5)


def test_of_too_many_the_page_has_those_open_in_india_first_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    match_set.fill()
    whole = client.get("/match/trials/")
    monkeypatch.setattr("trials.views.match.cards.MOST_TRIALS", 2)
    monkeypatch.setattr("trials.views.match.page.MOST_TRIALS", 2)
    answer = client.get("/match/trials/")
    assert groups(answer.context)["ask"] == groups(whole.context)["ask"][:2]
    assert [page.context["too_many"] for page in (whole, answer)] == [False, True]


def test_table_that_a_script_looks_up_gives_the_same_groups(client: Client) -> None:
    match_set.fill()
    text = client.get("/match/trials/").content.decode()
    patterns = [part.split() for part in re.findall(r'data-patterns="([^"]*)"', text)[0].split("|")]
    answers = QueryDict("&".join(f"{name}={value}" for name, value in ANSWERS.items()))
    given = [*places(answers).values(), 0]
    found: dict[str, list[str]] = {letter: [] for letter in "fad"}
    for card in text.split("data-row=")[1:]:
        row = [int(number) for number in card.split('"')[1].split()]
        letters = {patterns[field][number][given[field]] for field, number in enumerate(row)}
        worst = next((letter for letter in "da" if letter in letters), "f")
        found[worst].append(re.findall(r"/trials/([^/]+(?:/\d+)*)/", card)[0])
    assert found == dict(zip("fad", GROUPS.values(), strict=True))


@pytest.mark.parametrize("seed", range(40))
def test_every_place_of_every_list_says_what_the_match_says(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    facets = {
        name.value: {
            "value": chance.choice(["1", "2", "3"] if name in NUMBERS else ["excluded", "allowed"]),
            "quote": "As written",
            "limit": chance.choice(["", "active only"]),
        }
        for name in Facet
        if chance.random() < 0.7
    }
    trial = make_trial(
        conditions=chance.sample(["lbcl", "b-nhl", "myeloma"], 1),
        targets=["CD19"],
        eligibility=facets,
        min_age_years=chance.choice([None, 1, 18]),
        max_age_years=chance.choice([None, 70]),
        sex=chance.choice(["ALL", "FEMALE"]),
        sites=[site("A")],
    )
    given = {name: chance.randrange(len(field.options) + 1) for name, field in fields().items()}
    answers = {
        name: field.options[given[name] - 1].answers[0] if given[name] else None
        for name, field in fields().items()
        if name != "lines" or given[name] <= 5
    }
    [card] = cards(open_trials()[0], given)
    letters = {"f": Verdict.FITS, "d": Verdict.DOES_NOT_FIT, "a": Verdict.ASK, "-": Verdict.ASK}
    for reason in match(Answers(**answers), facts_of(trial), [*answers]).reasons:
        assert letters[card.letters[reason.facet]] == reason.verdict
        assert (card.letters[reason.facet] != "-") == reason.is_relevant


def test_number_of_treatments_that_can_be_several_is_asked_about_where_it_matters() -> None:
    facets = {"min_prior_lines": {"value": "7", "quote": "Seven lines", "limit": "at least"}}
    make_trial(eligibility=facets, conditions=["lbcl"], sites=[site("A")])
    [card] = cards(open_trials()[0], {"lines": fields()["lines"].place("5")})
    assert card.letters["lines"] == "a"


def test_stale_record_is_asked_about(client: Client) -> None:
    match_set.fill()
    Trial.objects.filter(primary_id=match_set.FITS).update(stale=True)
    answer = client.post("/match/", ANSWERS)
    assert match_set.FITS in groups(answer.context)["ask"]
    [card] = [
        c for c in cards(open_trials()[0], places(QueryDict("")) | {}) if c.trial.primary_id == match_set.FITS
    ]
    assert card.letters[OPEN_NOW] == "a"


def test_nothing_of_an_answer_is_kept_or_logged(
    client: Client, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    match_set.fill()
    caplog.set_level(logging.DEBUG)

    def everything() -> str:
        path = tmp_path / "all.json"
        call_command("dumpdata", output=str(path), verbosity=0)
        return path.read_text()

    before = everything()
    answer = client.post("/match/", ANSWERS)
    assert "no-store" in answer["Cache-Control"]
    assert (everything(), Session.objects.count(), "sessionid" in client.cookies) == (before, 0, False)
    messages = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert [m for m in messages if any(f"{name}=" in m or "62" in m for name in ANSWERS)] == []


def test_form_of_another_site_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post("/match/", ANSWERS).status_code == 403


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ({"conditions": "nothing"}, "conditions"),
        ({"age": "-1"}, "age"),
        ({"age": "121"}, "age"),
        ({"age": "62.5"}, "age"),
        ({"age_unit": "days"}, "age_unit"),
        ({"hiv": "perhaps"}, "hiv"),
        ({"weight": "60"}, "weight"),
        ({"lines": "\x00" * 2000}, "lines"),
    ],
)
def test_answer_that_is_not_in_the_list_is_named(client: Client, sent: dict[str, str], named: str) -> None:
    answer = client.post("/match/", sent)
    assert (answer.status_code, answer.context["parameter"]) == (400, named)


@pytest.mark.parametrize("path", ["/match/", "/match/trials/"])
def test_answers_in_an_address_are_refused(client: Client, path: str) -> None:
    assert client.get(path, {"hiv": "yes"}).status_code == 400


def test_answers_stay_chosen_below_the_list(client: Client) -> None:
    text = client.post("/match/", {"conditions": "lbcl", "age": "8", "age_unit": "months"}).content.decode()
    assert re.search(r'value="lbcl"\s+selected', text)
    assert re.search(r'value="months"\s+data-from="121"\s+selected', text)


@pytest.mark.parametrize(
    ("method", "path"), [("get", "/match/trials/"), ("post", "/match/"), ("get", "/match/")]
)
def test_asks_the_same_number_of_statements_whatever_there_is(client: Client, method: str, path: str) -> None:
    counts = []
    match_set.fill()
    for _ in range(2):
        with CaptureQueriesContext(connection) as statements:
            assert getattr(client, method)(path).status_code == 200
        counts.append(len(statements))
        for _ in range(9):
            make_trial(sites=[site("A")], conditions=["aml"])
    assert counts[0] == counts[1] <= MADE + 4


def test_list_for_all_answers_stays_small_with_four_hundred_trials(client: Client) -> None:
    chance = random.Random(1)  # noqa: S311
    syllables = [f"{one}{other}" for one in "bcdfghklmnprst" for other in "aeiou"]
    words = ["".join(chance.choices(syllables, k=3)) for _ in range(300)]

    def text(length: int) -> str:
        return " ".join(chance.choices(words, k=length))

    slugs = [option.value for option in fields()["conditions"].options]
    Trial.objects.bulk_create(
        Trial(
            primary_id=f"NCT{10_000_000 + number}",
            title=text(9),
            role="gives_car_t",
            published=True,
            status="RECRUITING",
            fetched_at=AT,
            listed_at=AT,
            conditions=chance.sample(slugs, 2),
            min_age_years=18,
            max_age_years=chance.choice([None, 65, 70, 75]),
            eligibility={
                name: {"value": "excluded", "quote": text(12), "limit": chance.choice(["", "active only"])}
                for name in ("prior_car_t", "cns_disease", "hepatitis_b_c", "hiv")
                if chance.random() < 0.8
            },
        )
        for number in range(400)
    )
    assert len(gzip.compress(client.get("/match/trials/").content, 6)) <= MOST_BYTES


def test_script_stays_small_and_there_are_at_most_ten_questions() -> None:
    assert SCRIPT.stat().st_size <= 4096
    assert len(steps()) <= 10
    assert {field.name for step in steps() for field in step.fields} == set(fields())


def test_closed_and_unpublished_trials_are_not_there() -> None:
    trial_row("NCT00000021", published=False)
    trial_row("NCT00000022", status="UNKNOWN")
    trial_row("NCT00000023", status="UNKNOWN", recruiting_in_india=True)
    assert [card.trial.primary_id for card in cards(open_trials()[0], {})] == ["NCT00000023"]


def test_hospital_and_city_of_a_card_are_of_one_site() -> None:
    make_trial(sites=[site("", "Agra", "Uttar Pradesh"), site("Example Hospital", "Pune")])
    [card] = cards(open_trials()[0], {})
    assert card.open_site is not None
    assert (card.open_site.hospital, card.city) == ("Example Hospital", "pune")
