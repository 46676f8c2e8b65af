"""The private folders of the embedded servers, and the locks that make one process wait for another."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trialfinder.embedded import EmbeddedServerError, socket_folder


def prepare(data_dir: Path) -> None:
    """Makes the data folder and the socket folder, for this user alone.

    The servers trust any process that reaches their socket, so a folder that belongs to another user,
    or a link that another user may have placed under /tmp, is refused.
    """
    for folder in (data_dir, socket_folder(data_dir)):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            raise EmbeddedServerError(
                f"{folder} belongs to another user. Run as that user, or set TRIALFINDER_DATA_DIR."
            )
    socket_folder(data_dir).chmod(0o700)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Only one process at a time gets past this; the others wait."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def server_pid(pid_file: Path) -> int | None:
    """The process that serves the folder of this file, whose first line is its number, if it lives.

    The number alone proves nothing (after a restart another program may have it), so the process must also
    have that folder as its working folder, as PostgreSQL and Valkey do.
    """
    try:
        pid = int(pid_file.read_text().partition("\n")[0])
        return pid if Path(f"/proc/{pid}/cwd").readlink() == pid_file.parent else None
    except (OSError, ValueError):
        return None
