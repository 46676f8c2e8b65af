"""What people decide about labels counts, lasts, can be undone, and becomes rows of the benchmark."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from importers.models import ImportRun
from importers.pipeline import start
from importers.registries.slugs import Registry
from importers.review import queue, rows
from importers.review.decide import LabelsChangedError, decide, undo, version
from tests.builders import make_trial
from tests.desk import person
from tests.studies import study, write_lines
from trials.catalogue.labels import undecided
from trials.choices import Role
from trials.models import LabelCorrection, Registration, Trial

pytestmark = pytest.mark.django_db

QUOTE = "No active HIV infection"
HIV = {"hiv": {"value": "excluded", "quote": QUOTE}}


@pytest.fixture
def somebody() -> User:
    return person(admin=True)


def stored(number: str = "NCT00000001", **columns: Any) -> Registration:
    make_trial(number, **columns)
    return Registration.objects.get(registry_id=number)


def say(registration: Registration, who: User, **said: Any) -> int:
    registration.refresh_from_db()
    return decide(registration.pk, said, seen=version(registration), who=who)


def trial() -> Trial:
    return Trial.objects.get()


def test_correction_outranks_the_rules(somebody: User) -> None:
    registration = stored(conditions=["aml"], targets=["CD19"], eligibility={})
    assert say(registration, somebody, conditions=["b-all"], cell_source="allogeneic", eligibility=HIV) == 3
    found = trial()
    assert (found.conditions, found.cell_source, found.eligibility) == (["b-all"], "allogeneic", HIV)
    assert found.targets == ["CD19"]


def test_correction_to_another_kind_of_study_takes_it_off_the_list(somebody: User) -> None:
    registration = stored()
    say(registration, somebody, role="not_car_t")
    assert (trial().role, trial().published) == ("not_car_t", False)


def test_trial_that_contradicts_itself_waits_until_somebody_decides(somebody: User) -> None:
    registration = stored(undecided=["conditions"], conditions=["sarcoma"])
    assert (trial().published, queue.waiting()) == (False, [registration.pk])
    say(registration, somebody, conditions=["sarcoma"])
    registration.refresh_from_db()
    assert (trial().published, queue.waiting(), undecided(registration)) == (True, [], [])


def test_correction_survives_import_and_reparse(tmp_path: Path, somebody: User) -> None:
    first = write_lines(tmp_path / "first.jsonl", study())
    start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(first)).pk)
    say(Registration.objects.get(), somebody, conditions=["myeloma"], targets=["BCMA"])
    changed = write_lines(tmp_path / "changed.jsonl", study(statusModule={"overallStatus": "COMPLETED"}))
    start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(changed)).pk)
    start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.REPARSE).pk)
    assert (trial().conditions, trial().targets, trial().status) == (["myeloma"], ["BCMA"], "COMPLETED")


def test_correction_under_a_former_number_goes_with_the_trial(tmp_path: Path, somebody: User) -> None:
    both = write_lines(tmp_path / "both.jsonl", study("NCT99000001"), study("NCT99000002"))
    start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(both)).pk)
    say(Registration.objects.get(registry_id="NCT99000002"), somebody, conditions=["myeloma"])
    joined = study("NCT99000001", identificationModule={"nctIdAliases": ["NCT99000002"]})
    merged = write_lines(tmp_path / "merged.jsonl", joined)
    start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(merged)).pk)
    assert (trial().conditions, LabelCorrection.objects.get().registration.registry_id) == (
        ["myeloma"],
        "NCT99000001",
    )


def test_undo_brings_back_what_was_before(somebody: User) -> None:
    registration = stored(conditions=["aml"])
    say(registration, somebody, conditions=["b-all"])
    say(registration, somebody, conditions=["t-all"])
    second, first = LabelCorrection.objects.all()
    assert not undo(first, who=somebody)
    assert undo(second, who=somebody)
    assert trial().conditions == ["b-all"]
    say(registration, somebody, conditions=None)
    assert (trial().conditions, LabelCorrection.objects.count()) == (["aml"], 4)


def test_facets_decided_earlier_stay(somebody: User) -> None:
    registration = stored(eligibility={"ecog_max": {"value": "2", "quote": "ECOG 0-2"}})
    say(registration, somebody, eligibility=HIV)
    say(registration, somebody, eligibility={"ecog_max": {"value": "", "quote": ""}})
    assert trial().eligibility == HIV


def test_person_who_saw_something_else_decides_nothing(somebody: User) -> None:
    registration = stored(conditions=["aml"])
    seen = version(registration)
    say(registration, somebody, conditions=["b-all"])
    with pytest.raises(LabelsChangedError):
        decide(registration.pk, {"conditions": ["t-all"]}, seen=seen, who=somebody)
    assert trial().conditions == ["b-all"]


def test_import_between_look_and_word_is_noticed(somebody: User) -> None:
    registration = stored()
    seen = version(registration)
    Registration.objects.update(content_hash="news")
    with pytest.raises(LabelsChangedError):
        decide(registration.pk, {"role": "not_car_t"}, seen=seen, who=somebody)


def test_rows_hold_only_what_people_decided(somebody: User) -> None:
    whole, part, bare = (stored(f"NCT0000000{number}", conditions=["aml"]) for number in range(1, 4))
    every = {
        "role": "gives_car_t",
        "conditions": ["b-all", "b-nhl"],
        "targets": [],
        "cell_source": "autologous",
    }
    say(whole, somebody, **every)
    say(part, somebody, conditions=["aml"], eligibility=HIV)
    say(bare, somebody, role="not_car_t")
    found = {row["id"]: ",".join(row.values()) for row in rows.label_rows()}
    assert found == {
        "NCT00000001": "NCT00000001,gives_car_t,b-all|b-nhl,,autologous",
        "NCT00000002": "NCT00000002,?,aml,?,?",
        "NCT00000003": "NCT00000003,not_car_t,,,",
    }
    facets = {"hiv": {"value": "excluded", "quote": QUOTE, "note": ""}}
    assert list(rows.eligibility_rows()) == [{"id": "NCT00000002", "facets": facets}]


def test_registrations_are_found_by_the_role_that_counts(somebody: User) -> None:
    registration = stored()
    say(registration, somebody, role=Role.AROUND_CAR_T.value)
    assert [list(queue.with_role(role)) for role in ("around_car_t", "gives_car_t")] == [[registration], []]
