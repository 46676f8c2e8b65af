"""Two people, or a person and an import, at the same listing at the same time: nobody's work vanishes."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections

from importers.models import ImportRun
from importers.pipeline import start
from importers.registries.slugs import Registry
from tests.studies import study, write_lines
from trials.models import Registration, Site, Trial
from trials.models.workspace import HospitalAnswer, ListingEdit, SiteConfirmation
from trials.workspace import confirmations, edits
from trials.workspace.rights import Role, give_role

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 6


def load(path: Path, **changes: Any) -> None:
    write_lines(path, study(**changes))
    start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(path)).pk)


@pytest.fixture
def registration(tmp_path: Path) -> Registration:
    load(tmp_path / "first.jsonl")
    return Registration.objects.get()


@pytest.fixture
def people() -> list[User]:
    found = [User.objects.create_user(f"editor{number}") for number in range(2)]
    for user in found:
        give_role(user, Role.EDITOR)
    return found


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all of it at the same time, each over a connection of its own; what each gave back or raised."""
    barrier, results = threading.Barrier(len(works)), list[object](works)

    def run(number: int, work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[number] = work()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_editors_one_is_told_and_both_texts_are_known(
    registration: Registration, people: list[User]
) -> None:
    def save(number: int) -> Callable[[], object]:
        return lambda: edits.save(
            registration, "summary_en", None, f"By {number}", who=people[number], saw="0-0"
        )

    results = at_once(save(0), save(1))
    refused = [result for result in results if isinstance(result, edits.EditConflictError)]
    assert (len(refused), ListingEdit.objects.count()) == (1, 1)


def test_of_two_editors_one_publishes(registration: Registration, people: list[User]) -> None:
    edit = edits.save(registration, "summary_en", None, "Words", who=people[0], saw="0-0")

    def publish(who: User) -> Callable[[], object]:
        return lambda: edits.publish(edit, who=who, saw=edit.version)

    results = at_once(*map(publish, people))
    assert sum(isinstance(result, edits.EditConflictError) for result in results) == 1
    assert ListingEdit.objects.get().state == "published"


@pytest.mark.parametrize("turn", range(TIMES))
def test_word_of_a_hospital_survives_an_import_at_the_same_moment(
    registration: Registration, people: list[User], tmp_path: Path, turn: int
) -> None:
    own = Site.objects.get()
    results = at_once(
        lambda: confirmations.say(registration, own, HospitalAnswer.CLOSED, people[0]),
        lambda: load(
            tmp_path / "second.jsonl",
            statusModule={"lastUpdatePostDateStruct": {"date": f"2026-11-0{turn + 1}"}},
        ),
        lambda: edits.save(registration, "summary_en", None, "Words", who=people[1], saw="0-0"),
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    found = Trial.objects.get()
    assert (found.recruiting_in_india, str(found.last_updated)) == (False, f"2026-11-0{turn + 1}")
    assert (SiteConfirmation.objects.count(), ListingEdit.objects.count()) == (1, 1)


def test_two_words_at_once_leave_the_later_one(registration: Registration, people: list[User]) -> None:
    own = Site.objects.get()
    at_once(
        *(
            lambda said=said: confirmations.say(registration, own, said, people[0])
            for said in (HospitalAnswer.OPEN, HospitalAnswer.CLOSED)
        )
    )
    newest = SiteConfirmation.objects.order_by("-at", "-id")[0]
    assert Trial.objects.get().recruiting_in_india == (newest.said == HospitalAnswer.OPEN)
    assert connection.in_atomic_block is False
