"""A site of its own on a fresh data folder, as `make run` serves it: for measuring it and taking pictures."""

import atexit
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager


def prepare(port: int, **environment: str) -> None:
    """The environment of one machine, or another one where it is given, Django in it, and the tables.

    TRIALFINDER_DATA_DIR, where it is set, is used as it is; else a folder that goes with this process.
    """
    scratch = tempfile.mkdtemp(prefix="tf-served-")
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)  # runs after the embedded server's own
    os.environ.setdefault("TRIALFINDER_DATA_DIR", scratch)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="trialfinder.settings",
        DEBUG="",
        HOST="127.0.0.1",
        PORT=str(port),
        SITE_URL=f"http://127.0.0.1:{port}",
    )
    os.environ.update(environment)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


@contextmanager
def site() -> Iterator[str]:
    """The address of the running web part (gunicorn, no debugging, compressed files)."""
    from trialfinder import parts

    server = subprocess.Popen(parts.command("web"))
    try:
        while not parts.is_healthy():
            if server.poll() is not None:
                raise SystemExit("The site did not start.")
            time.sleep(0.2)
        yield f"http://{parts.address()}"
    finally:
        server.terminate()
        server.wait()
