"""What the site does by itself, and when. Times are those of India (`CELERY_TIMEZONE`)."""

from typing import Any

from celery.schedules import crontab

TASKS: dict[str, dict[str, Any]] = {
    # The database says what is due (importers.runs.schedule); a message not taken in time is worth nothing.
    "sweep-due": {"task": "importers.tasks.sweep_due", "schedule": 5 * 60, "options": {"expires": 5 * 60}},
    "take-over": {"task": "importers.tasks.take_over", "schedule": 30, "options": {"expires": 30}},
    "age-registry-words": {
        "task": "trials.tasks.age",
        "schedule": crontab(minute=5),
        "options": {"expires": 60 * 60},
    },
    "fade-confirmations": {
        "task": "trials.workspace.tasks.fade",
        "schedule": crontab(minute=10),
        "options": {"expires": 60 * 60},
    },
    "remind-coordinators": {
        "task": "trials.workspace.tasks.remind",
        "schedule": crontab(hour=9, minute=30),
        "options": {"expires": 12 * 60 * 60},
    },
    "follow-gather": {"task": "trials.follow.tasks.gather", "schedule": 600, "options": {"expires": 600}},
    "follow-send": {"task": "trials.follow.tasks.send", "schedule": 60, "options": {"expires": 60}},
    "follow-ask-again": {
        "task": "trials.follow.tasks.ask_again",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    # What is kept of people, how long and why: trialfinder.retention
    "erase": {"task": "trials.tasks.erase", "schedule": crontab(minute=40), "options": {"expires": 3600}},
    # After the daily import and the night in which CTRI is read (trials.open_data.dumps.make)
    "dump": {
        "task": "trials.open_data.tasks.dump",
        "schedule": crontab(hour=6, minute=30),
        "options": {"expires": 6 * 60 * 60},
    },
    "dump-missing": {
        "task": "trials.open_data.tasks.dump_missing",
        "schedule": crontab(minute="15,45"),
        "options": {"expires": 30 * 60},
    },
    # A backup a day: every hour looks whether that of today is there.
    "back-up": {
        "task": "importers.tasks.back_up",
        "schedule": crontab(minute=20),
        "options": {"expires": 60 * 60},
    },
    "ensure-catalogue": {
        "task": "importers.tasks.ensure_catalogue",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 15 * 60},
    },
}
