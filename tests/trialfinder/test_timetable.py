"""What beat sends, a worker knows."""

from trialfinder import timetable
from trialfinder.celery import app


def test_every_task_of_the_timetable_is_one_that_workers_know() -> None:
    app.loader.import_default_modules()
    assert {one["task"] for one in timetable.TASKS.values()} <= set(app.tasks)


def test_every_message_grows_old() -> None:
    """A machine that was off must not find a day of them."""
    assert [name for name, one in timetable.TASKS.items() if not one["options"].get("expires")] == []
