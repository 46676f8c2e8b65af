"""A second process of the site, as a second web server is one: `python -m tests.second_process FOLDER`.

It shares the database (`DATABASE_URL`) and the folder of kept pages. Each line of its input is a path, each
line of its output the answer as JSON.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.workers import ROOT, database_url


class SecondProcess:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def get(self, path: str) -> tuple[int, str]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(path, file=self.process.stdin, flush=True)
        status, content = json.loads(self.process.stdout.readline())
        return status, content


@contextmanager
def second_process(folder: Path) -> Iterator[SecondProcess]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.second_process", str(folder)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield SecondProcess(process)
    finally:
        process.communicate()


def main(folder: str) -> None:
    import django
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.KEEP_PAGES = True
    settings.DATA_DIR = Path(folder)
    django.setup()
    visitor = Client()
    for line in sys.stdin:
        answer = visitor.get(line.strip())
        print(json.dumps([answer.status_code, answer.content.decode()]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
