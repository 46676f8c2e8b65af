"""`python -m tests.at_rest`: how soon the whole site answers, and its memory at rest. Part of `make bench`.

`make run` in a copy of the data folder of TRIALFINDER_DATA_DIR, with servers and every part, while no
registry answers. Memory is PSS: what several processes share is counted once.
"""

import http.client
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from importers.bench import outcome
from tests.drills import machine
from tests.drills.folders import copied
from tests.drills.site import Site, status

UNTIL_REST = 25.0
PAGES = (
    *("/", "/find/", "/trials/", "/trials/?condition=lbcl", "/trials/?q=CD19", "/trials/?near=Delhi&age=62"),
    *("/conditions/", "/conditions/lbcl/", "/products/", "/sites/", "/map/", "/numbers/", "/changes/"),
    *("/clinic/", "/match/", "/match/trials/", "/glossary/", "/how-we-decide/", "/about/", "/car-t/"),
    *("/hi/", "/hi/trials/", "/hi/conditions/", "/api/v1/trials"),
)
LONGEST = 60.0


def main() -> int:
    with TemporaryDirectory(prefix="tf-rest-") as scratch:  # a name by which only its processes are found
        site = Site(copied(Path(os.environ["TRIALFINDER_DATA_DIR"]).resolve(), Path(scratch) / "data"))
        began = time.monotonic()
        site.start()
        try:
            found = list(_measured(site, began))
        finally:
            site.stop()
    for line in found:
        print(line, flush=True)
    outcome.keep("at_rest", found)
    return 0


def _measured(site: Site, began: float) -> Iterator[str]:
    while not _answers(site.port):
        if time.monotonic() - began > LONGEST:
            raise SystemExit("The site did not start.")
        time.sleep(0.05)
    answered, processor = time.monotonic() - began, sum(map(machine.processor, _pids(site)))
    yield f"start: it answers after {answered:.1f} s; {processor:.1f} processor seconds of all processes"
    time.sleep(UNTIL_REST)
    yield f"memory at rest: {_megabytes(_pids(site)):.0f} MB (PSS of {len(_pids(site))} processes)"
    for path in PAGES:
        if (answer := status(site.port, path)) != http.client.OK:
            raise SystemExit(f"{path}: {answer}")
    pids = _pids(site)
    yield f"memory after {len(PAGES)} pages: {_megabytes(pids):.0f} MB"
    for pid in sorted(pids, key=_pss, reverse=True)[:12]:
        yield f"    {_pss(pid) / 1024:.0f} MB {machine.title(pid)[:70]}"


def _answers(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        return status(port, "/healthz") == http.client.OK
    return False


def _pids(site: Site) -> list[int]:
    return [pid for pid in machine.of_folder(site.data_dir) if machine.lives(pid)]


def _megabytes(pids: list[int]) -> float:
    return sum(map(_pss, pids)) / 1024


def _pss(pid: int) -> int:
    """Kilobytes."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
