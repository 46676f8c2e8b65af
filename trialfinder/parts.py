"""The parts of the site: web, worker, beat, watch. `launch.py` runs them together or one alone."""

import hashlib
import http.client
import json
import os
import runpy
import shutil
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

ENVIRONMENT: dict[str, dict[str, str]] = {
    "web": {},
    # SIGTERM gives unfinished tasks back to the queue instead of waiting for them.
    "worker": {"REMAP_SIGTERM": "SIGQUIT"},
    "beat": {},
    "watch": {},
}

THREADS = 8
"""Of one of the two web processes; more than one network may take of them (`quotas.py`)."""


def command(name: str) -> list[str]:
    """The program of one part and its arguments."""
    celery = ["-m", "celery", "--quiet", "--app"]
    web = ["--bind", f"{settings.HOST}:{settings.PORT}", "--worker-class", "gthread"]
    web += ["--workers", "2", "--threads", str(THREADS), "--preload"]
    alone = ["--without-gossip", "--without-mingle"]
    schedule = str(settings.DATA_DIR / "celerybeat-schedule")
    # No access log: addresses hold what people ask.
    quiet = ["--log-level", "warning", "--no-control-socket"]
    # RabbitMQ refuses a second node of the same name.
    node = ["--hostname", f"worker-{os.getpid()}@%h"]
    parts = {
        "web": ["-m", "gunicorn", "trialfinder.wsgi", *web, "--timeout", "60", *quiet],
        "worker": [*celery, "trialfinder", "worker", *node, "--concurrency", "2", *alone],
        "beat": [*celery, "trialfinder.clock", "--skip-checks", "beat", "--schedule", schedule],
        # Tells people when imports go wrong: not the worker's task, which may be what is wrong.
        "watch": ["-m", "django", "check_imports", "--watch", "300"],
    }
    return [sys.executable, *parts[name]]


def environment(name: str) -> dict[str, str]:
    """What one part finds in its environment besides ours; for web also an empty folder for its counts."""
    if name != "web":
        return ENVIRONMENT[name]
    return ENVIRONMENT[name] | {"PROMETHEUS_MULTIPROC_DIR": str(_folder_for_counts())}


def _folder_for_counts() -> Path:
    """In memory, where the system has a place there: the web part's processes write their counts into mapped
    files, which on a full disk ends them (SIGBUS).
    """
    digest = hashlib.sha256(os.fsencode(settings.DATA_DIR)).hexdigest()[:16]
    counts = Path("/dev/shm") / f"trialfinder-{os.getuid()}-{digest}"  # noqa: S108  # for this user alone
    shutil.rmtree(counts, ignore_errors=True)
    try:
        counts.mkdir(mode=0o700)
    except OSError:
        counts = settings.DATA_DIR / "metrics"
        shutil.rmtree(counts, ignore_errors=True)
        counts.mkdir(mode=0o700, parents=True)
    return counts


def forget_counts() -> None:
    """The web part has ended for good."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def become(name: str) -> int:
    """This process becomes that part."""
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chdir(settings.BASE_DIR)
    os.execve(sys.executable, command(name), {**os.environ, **environment(name)})  # noqa: S606


def run(name: str) -> None:
    """This process, a copy of the launcher, becomes that part and keeps what is loaded."""
    os.environ.update(environment(name))
    _python, _m, module, *sys.argv[1:] = command(name)
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def address() -> str:
    """Host and port at which this machine itself reaches the web part."""
    host = "127.0.0.1" if settings.HOST == "0.0.0.0" else settings.HOST  # noqa: S104
    return f"{host}:{settings.PORT}"


def is_healthy() -> bool:
    """Whether the web part answers and reaches its database."""
    return _ask("/healthz")[0] == 200


def readiness() -> dict[str, Any]:
    """What `/readyz` says of each part; empty where there is no answer."""
    try:
        answer = json.loads(_ask("/readyz")[1])
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _ask(path: str) -> tuple[int, bytes]:
    """Status and body of the web part's own answer; (0, b"") where there is none."""
    web = http.client.HTTPConnection(address(), timeout=5)
    try:
        web.request("GET", path, headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"})
        answer = web.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        web.close()
