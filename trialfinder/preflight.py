"""What a machine lacks for `make run`, in one sentence with the command that mends it.

`python3 trialfinder/preflight.py VENV` runs before anything is installed, also on a Python
that is too old for the rest: the standard library alone, and nothing newer than Python 3.6.
"""

import os
import platform
import shutil
import sys
from importlib.util import find_spec

NEWEST_NEEDED = (3, 11)
DISK_MB = 700  # packages 350, the embedded database and a first import 250, and some air
EMBEDDED = ("Linux", "x86_64")
"""Where the wheels of the embedded servers run."""


def missing(venv: str) -> str:
    """The first thing that is missing, "" where nothing is."""
    checks = (_python, _folder, _venv, _disk, _servers)
    return next((sentence for sentence in (check(venv) for check in checks) if sentence), "")


def _python(_venv: str) -> str:
    if sys.version_info >= NEWEST_NEEDED:
        return ""
    found = next((name for name in ("python3.13", "python3.12", "python3.11") if shutil.which(name)), "")
    wanted = found or "python3.11"
    install = "" if found else "  (on Debian or Ubuntu first: sudo apt install python3.11 python3.11-venv)"
    version = platform.python_version()
    return "Python 3.11 or newer is needed, and {} is {}. Type: make run PYTHON={}{}".format(  # noqa: UP032
        sys.executable, version, wanted, install
    )


def _folder(venv: str) -> str:
    folder = os.path.dirname(os.path.abspath(venv))  # noqa: PTH100, PTH120
    mine = [path for path in (folder, venv, os.path.join(folder, ".data")) if os.path.exists(path)]  # noqa: PTH110, PTH118
    foreign = next((path for path in mine if not os.access(path, os.W_OK)), "")
    if not foreign:
        return ""
    return "{} belongs to another user. Type: sudo chown -R {} {}".format(foreign, os.getuid(), foreign)  # noqa: UP032


def _venv(_venv: str) -> str:
    if find_spec("ensurepip"):
        return ""
    return "Python's venv is missing. Type: sudo apt install python3-venv  (then again: make run)"


def _disk(venv: str) -> str:
    if os.path.exists(os.path.join(venv, ".installed")):  # noqa: PTH110, PTH118
        return ""
    free = shutil.disk_usage(os.path.dirname(os.path.abspath(venv))).free // 2**20  # noqa: PTH100, PTH120
    if free >= DISK_MB:
        return ""
    return "{} MB are free here and {} are needed. Make room, then again: make run".format(free, DISK_MB)  # noqa: UP032


def _servers(_venv: str) -> str:
    machine = (platform.system(), platform.machine())
    given = os.environ.get("DATABASE_URL") and os.environ.get("CELERY_BROKER_URL")
    if machine == EMBEDDED or given or _in_env_file():
        return ""
    return (
        "No PostgreSQL and no queue come along for {} on {}. Start your own and type: "
        "make run DATABASE_URL=postgres://user:password@host:5432/name CELERY_BROKER_URL=redis://host:6379/0"
    ).format(*machine)


def _in_env_file() -> bool:
    try:
        with open(".env", encoding="utf-8") as file:  # noqa: PTH123
            names = {line.split("=", 1)[0].strip() for line in file if "=" in line}
    except OSError:
        return False
    return {"DATABASE_URL", "CELERY_BROKER_URL"} <= names


if __name__ == "__main__":
    sys.exit(missing(sys.argv[1]) or 0)
