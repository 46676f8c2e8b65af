"""What a killed launcher left running is found by number and birth, and ended."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from trialfinder import orphans
from trialfinder.supervise import LONG_LIFE, LONGEST_PAUSE, Pauses

ROOT = Path(orphans.__file__).parents[1]


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    program = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    yield program
    program.kill()
    program.wait()


def test_part_that_still_runs_is_found_and_ended(tmp_path: Path, sleeper: subprocess.Popen[bytes]) -> None:
    orphans.note(tmp_path, {"web": sleeper.pid})
    assert orphans.left_over(tmp_path) == {"web": sleeper.pid}
    orphans.end({"web": sleeper.pid})
    sleeper.wait(timeout=10)
    assert orphans.left_over(tmp_path) == {}


def test_other_program_with_the_same_number_is_left_alone(
    tmp_path: Path, sleeper: subprocess.Popen[bytes]
) -> None:
    orphans.note(tmp_path, {"web": sleeper.pid})
    pid, began = json.loads((tmp_path / orphans.NOTES).read_text())["web"]
    (tmp_path / orphans.NOTES).write_text(json.dumps({"web": [pid, began - 1]}))
    assert orphans.left_over(tmp_path) == {}


@pytest.mark.parametrize("notes", ["", "[]", "{", '{"web": 3}', '{"web": ["x", 1]}', '{"web": [1]}'])
def test_damaged_notes_name_nobody(tmp_path: Path, notes: str) -> None:
    (tmp_path / orphans.NOTES).write_text(notes)
    assert orphans.left_over(tmp_path) == {}


def test_part_ends_with_its_launcher(tmp_path: Path) -> None:
    """The launcher copies itself, says the copy's number, and is killed."""
    launcher = """
import time
from trialfinder.processes import Copied, Processes

processes = Processes()
try:
    processes.start("part")
    print(processes.running["part"].pid, flush=True)
except Copied:
    pass
time.sleep(60)
"""
    program = subprocess.Popen([sys.executable, "-c", launcher], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    orphans.note(tmp_path, {"part": int(program.stdout.readline())})
    program.kill()
    program.communicate()
    deadline = time.monotonic() + 10
    while orphans.left_over(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert orphans.left_over(tmp_path) == {}


def test_last_words_of_a_part_are_shown_and_its_end_is_seen() -> None:
    launcher = """
import sys
from trialfinder.processes import Copied, Processes

processes = Processes()
try:
    processes.start("part")
except Copied:
    print("first", flush=True)
    sys.exit("last, without an end of line")
while processes.lines.get_map():
    processes.listen(1)
while not processes.ended():
    processes.listen(0.01)
print("ended:", processes.ended())
"""
    done = subprocess.run(
        [sys.executable, "-c", launcher], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "part   | first\npart   | last, without an end of line\nended: part\n"


def test_pauses_grow_while_a_part_keeps_ending_and_not_for_one_that_lived_long() -> None:
    pauses = Pauses()
    assert [pauses.after("web", 1.0) for _ in range(9)] == [
        0,
        1,
        2,
        4,
        8,
        16,
        32,
        LONGEST_PAUSE,
        LONGEST_PAUSE,
    ]
    assert (pauses.after("beat", 1.0), pauses.after("web", LONG_LIFE + 1)) == (0, 0)
