"""CTRI numbers that others name become pages to visit as soon as anybody tells where they are."""

import pytest

from importers.models.crawl import CitedNumber, CtriTarget
from importers.registries.ctri import known, numbers
from importers.registries.ctri.crawl import cited, targets
from importers.registries.ctri.ictrp import Pointer
from tests.builders import make_trial
from trials.choices import Role

NUMBER = "CTRI/2021/04/032727"


@pytest.fixture(autouse=True)
def nothing_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the numbers that the product itself knows."""
    monkeypatch.setattr(known, "known_trials", lambda: ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (NUMBER, [NUMBER]),
        ("ctri-2021-04-032727 [Registered on: 09/04/2021]", [NUMBER]),
        ("CTRI Number: CTRI/2021/04/032727, CTRI/2008/091/000052", [NUMBER, "CTRI/2008/091/000052"]),
        ("NCTRI/2021/04/032727", []),
        ("CTRI/2021/04/0327271", []),
        ("REF/2021/04/032727", []),
    ],
)
def test_numbers_are_found_as_others_write_them(text: str, found: list[str]) -> None:
    assert numbers.find(text) == found


def record(role: Role = Role.GIVES_CAR_T) -> None:
    make_trial(role=role, details={"secondary_ids": [{"value": f"x {NUMBER}", "kind": "", "domain": ""}]})


@pytest.mark.django_db
def test_number_in_a_car_t_record_is_kept_until_an_export_tells_its_page() -> None:
    record()
    assert (cited.gather(), CitedNumber.objects.get().number) == (0, NUMBER)
    targets.note_pointers([Pointer("x", NUMBER, 45423, names_car_t=False)])
    target = CtriTarget.objects.get()
    assert (target.trial_id, target.due_at is None, CitedNumber.objects.count()) == (45423, False, 0)


@pytest.mark.django_db
def test_known_page_that_nobody_meant_to_visit_is_visited_once() -> None:
    targets.note_pointers([Pointer("x", NUMBER, 45423, names_car_t=False)])
    record()
    assert [cited.gather(), cited.gather()] == [1, 0]
    assert CtriTarget.objects.get().reason == CtriTarget.Reason.CITED


@pytest.mark.django_db
def test_number_in_another_record_is_not_followed() -> None:
    record(Role.NOT_CAR_T)
    cited.gather()
    assert not CitedNumber.objects.exists()
