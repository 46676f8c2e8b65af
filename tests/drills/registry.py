"""A registry on this machine, as it is on one day and on the next."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.drills.waiting import listens, wait_for
from tests.studies import study
from tests.workers import ROOT, free_port

OLD = [study(f"NCT99000{number:03}") for number in range(200)]
NEW = [
    *(study(f"NCT99000{number:03}", descriptionModule={"briefSummary": "CAR T."}) for number in range(100)),
    *OLD[100:],
    *(study(f"NCT99000{number:03}") for number in range(200, 210)),
]


@contextmanager
def serving(folder: Path, studies: list[dict[str, Any]]) -> Iterator[str]:
    """Its address. The folder gets the records."""
    port = free_port()
    folder.mkdir()
    (folder / "studies.json").write_text(json.dumps({"studies": studies}))
    command = [sys.executable, "manage.py", "fake_registry", str(folder), "--port", str(port)]
    program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: listens(port), "the registry answers")
        yield f"http://127.0.0.1:{port}/api/v2"
    finally:
        program.terminate()
        program.wait()
