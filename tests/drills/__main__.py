"""`python -m tests.drills [NAME ...]`: every drill, or these; each prints rows of docs/operations.md."""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2

from tests.drills import clock, disk, front, frozen, kills, pairs, power, releases, restarts
from tests.drills.folders import Folders, prepared
from tests.drills.outcome import HEAD, Outcome
from tests.drills.waiting import NotWellError

DRILLS: dict[str, Callable[[Folders], Iterator[Outcome]]] = {
    "kill": kills.kill,
    "terminate": kills.terminate,
    "sleep": frozen.sleep,
    "servers": restarts.servers,
    "rabbitmq": restarts.rabbitmq,
    "beats": pairs.beats,
    "launchers": pairs.launchers,
    "scale": pairs.scale,
    "front": front.front,
    "power": power.power,
    "disk": disk.disk,
    "clock": clock.clock,
    "releases": releases.releases,
}


def main(names: list[str]) -> int:
    if unknown := set(names) - set(DRILLS):
        print(f"No such drill: {', '.join(unknown)}. There are: {', '.join(DRILLS)}")
        return 2
    began, wrong = time.monotonic(), 0
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory(prefix="tf-drill-") as scratch, prepared(Path(scratch)) as folders:
        for name in names or DRILLS:
            for outcome in outcomes(name, folders):
                wrong += bool(outcome.wrong)
                print(outcome.row(), flush=True)
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.release()}"
    print(f"\n{machine}, load {os.getloadavg()[1]:.1f}, {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


def outcomes(name: str, folders: Folders) -> Iterator[Outcome]:
    """Those of one drill; one that cannot go on is a failure of its own."""
    try:
        yield from DRILLS[name](folders)
    except (NotWellError, psycopg2.Error, OSError) as error:
        yield Outcome(name, wrong=str(error).strip() or type(error).__name__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
