"""The parts of the site: web, worker, beat, watch. `launch.py` runs them together or one alone."""

import http.client
import os
import sys

from django.conf import settings

ENVIRONMENT: dict[str, dict[str, str]] = {
    "web": {},
    # SIGTERM gives unfinished tasks back to the queue instead of waiting for them.
    "worker": {"REMAP_SIGTERM": "SIGQUIT"},
    "beat": {},
    "watch": {},
}


def command(name: str) -> list[str]:
    """The program of one part and its arguments."""
    celery = ["-m", "celery", "--quiet", "--app", "trialfinder"]
    web = ["--bind", f"{settings.HOST}:{settings.PORT}", "--worker-class", "gthread", "--workers", "2"]
    # No access log: addresses hold what people ask.
    quiet = ["--log-level", "warning", "--no-control-socket"]
    parts = {
        "web": ["-m", "gunicorn", "trialfinder.wsgi", *web, "--threads", "4", "--timeout", "60", *quiet],
        "worker": [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "--schedule", str(settings.DATA_DIR / "celerybeat-schedule")],
        # Tells people when imports go wrong: not the worker's task, which may be what is wrong.
        "watch": ["manage.py", "check_imports", "--watch", "300"],
    }
    return [sys.executable, *parts[name]]


def become(name: str) -> int:
    """This process becomes that part."""
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chdir(settings.BASE_DIR)
    os.execve(sys.executable, command(name), {**os.environ, **ENVIRONMENT[name]})  # noqa: S606


def address() -> str:
    """Host and port at which this machine itself reaches the web part."""
    host = "127.0.0.1" if settings.HOST == "0.0.0.0" else settings.HOST  # noqa: S104
    return f"{host}:{settings.PORT}"


def is_healthy() -> bool:
    web = http.client.HTTPConnection(address(), timeout=5)
    try:
        web.request("GET", "/healthz", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".*")})
        return web.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        web.close()
