"""PostgreSQL and Valkey out of Python wheels, for a machine that has no servers of its own.

Here is only where things lie, computed from the data folder without starting anything, so that every
process of one checkout finds the same servers. `postgres.py` and `valkey.py` start and stop them,
`base.py` is the Django database backend that starts PostgreSQL when the first connection is made.
"""

import hashlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

POSTGRES_MAJOR = 18
NAME = "trialfinder"  # of the database and of its only role
PORT = 5432  # only part of the socket's name: nothing listens on the network
LONGEST_SOCKET_FOLDER = 80  # bytes; a Unix socket's whole path has to fit into 107


class EmbeddedServerError(Exception):
    """An embedded server cannot be used. The text is one for the person at the terminal."""


def socket_folder(data_dir: Path) -> Path:
    """Where the servers' sockets lie: in the data folder, or under /tmp when that path is too long.

    Never under $TMPDIR: two processes of one data folder may not have the same one.
    """
    inside = data_dir / "run"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
        return inside
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return Path("/tmp") / f"trialfinder-{os.getuid()}-{digest}"  # noqa: S108


def postgres_settings(data_dir: Path) -> dict[str, Any]:
    """Django's settings for the embedded server of this data folder."""
    return {
        "ENGINE": "trialfinder.embedded",
        "NAME": NAME,
        "USER": NAME,
        "HOST": str(socket_folder(data_dir)),
        "PORT": str(PORT),
    }


def valkey_socket(data_dir: Path) -> Path:
    return socket_folder(data_dir) / "valkey.sock"


def valkey_url(data_dir: Path) -> str:
    """The broker address of the embedded Valkey, as Celery wants it."""
    return f"redis+socket://{quote(str(valkey_socket(data_dir)))}"
