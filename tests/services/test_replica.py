"""Web servers on a streaming replica (docs/deploy, "Many readers"): no page of a visitor writes."""

import os
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from tests.databases import ROOT
from tests.peoples_words import ID
from trialfinder.embedded import NAME, PORT, postgres, socket_folder

pytestmark = pytest.mark.services

READ = f"""
import re
from django.test import Client
from django.db import connection

visitor = Client(headers={{"host": "127.0.0.1"}})
paths = ["/sitemap.xml", "/changes/feed/", "/api/v1/trials", "/api/v1/status", "/api/v1/trials/{ID}",
         "/trials/?q=lymphoma", "/trials.csv?q=lymphoma", "/embed/trials/", "/follow/?trial={ID}",
         "/trials/{ID}/report/", "/accounts/login/", "/healthz"]
for path in paths:
    answer = visitor.get(path)
    paths += re.findall(r"<loc>https?://[^/]*(/[^<]*)", "" if answer.streaming else answer.content.decode())
    if answer.status_code != 200:
        print(path, answer.status_code)
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_is_in_recovery()")
    print(len(paths) > 40, *cursor.fetchone())
"""
TITLE = f"""
from django.test import Client
print("a changed title" in Client(headers={{"host": "127.0.0.1"}}).get("/trials/{ID}/").content.decode())
"""
CHANGE = f"""
from django.db import transaction
from trials.models import Trial
with transaction.atomic():
    Trial.objects.filter(primary_id="{ID}").update(title="a changed title")
"""


def manage(folder: Path, *words: str) -> str:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.program_settings",
        "DATABASE_URL": "",
        "CELERY_BROKER_URL": "memory://",
        "TRIALFINDER_DATA_DIR": str(folder),
    }
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, text=True, stdout=subprocess.PIPE
    ).stdout.strip()


def shell(folder: Path, code: str) -> str:
    return manage(folder, "shell", "-v0", "-c", code)


def test_every_page_is_read_from_a_replica_and_follows_what_changes(tmp_path: Path) -> None:
    main, replica = tmp_path / "main", tmp_path / "replica"
    replica.mkdir()
    manage(main, "migrate", "-v0")
    shell(main, "from tests.peoples_words import people_spoke; people_spoke()")
    try:
        postgres.use(main)
        postgres._run("pg_basebackup", "-h", socket_folder(main), "-p", str(PORT), "-U", NAME,
                      "-D", replica / postgres._cluster(main).name, "-R", "-c", "fast")  # fmt: skip
        postgres.use(replica)
        assert shell(replica, READ) == "True True"
        assert shell(replica, TITLE) == "False"
        shell(main, CHANGE)
        for _ in range(50):
            if shell(replica, TITLE) == "True":
                break
            sleep(0.2)
        else:
            pytest.fail("The change never came.")
    finally:
        postgres.release(replica)
        postgres.release(main)
