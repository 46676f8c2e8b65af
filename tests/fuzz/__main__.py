"""`python -m tests.fuzz SECONDS [TARGET ...]`: Atheris for so long on each target; what breaks one is kept.

A kept input is a bug: mend it, and it stays in `corpus` as its test.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import atheris  # type: ignore[import-untyped]  # has no types
import django

CORPUS = Path(__file__).with_name("corpus")


def main(arguments: list[str]) -> int:
    if len(arguments) == 3 and arguments[0] == "--one":
        return fuzz(arguments[1], arguments[2])
    seconds, names = arguments[0], arguments[1:]
    with tempfile.TemporaryDirectory() as folder:
        return max(run(name, seconds, Path(folder)) for name in names or all_targets())


def all_targets() -> list[str]:
    django.setup()
    return [*import_module("tests.fuzz.targets").TARGETS]


def targets() -> Any:
    """Watched by the fuzzer from its import on."""
    with atheris.instrument_imports(include=["trials", "importers"]):
        django.setup()
        return import_module("tests.fuzz.targets")


def timed(door: Callable[[bytes], None], seconds: float) -> Callable[[bytes], None]:
    """The door, which fails where it takes too long by its own processor's clock: machines are busy."""

    def through(data: bytes) -> None:
        began = time.process_time()
        door(data)
        if (taken := time.process_time() - began) > seconds:
            raise TimeoutError(f"{taken:.1f} s")

    return through


def run(name: str, seconds: str, folder: Path) -> int:
    """A process of its own for each target: the fuzzer ends its process where it finds something."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--one", name, seconds],
        env={**os.environ, "FUZZ_FOLDER": str(folder / name)},
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    for found in sorted((folder / name).glob("found-*")):
        kept = CORPUS / name / sha256(found.read_bytes()).hexdigest()[:12]
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(found, kept)
        print(f"{name}: {kept}")
    runs = [
        line for line in done.stderr.splitlines() if line.startswith("Done ") or "stat::number_of" in line
    ]
    print(f"{name}: {'FOUND' if done.returncode else 'nothing'} {' '.join(runs)}", flush=True)
    if done.returncode:
        print("\n".join(done.stderr.splitlines()[-25:]))
    return min(done.returncode, 1)


def fuzz(name: str, seconds: str) -> int:
    module = targets()
    folder = Path(os.environ["FUZZ_FOLDER"])
    (folder / "seeds").mkdir(parents=True)
    for number, seed in enumerate(module.seeds(name)):
        (folder / "seeds" / str(number)).write_bytes(seed)
    door = timed(module.TARGETS[name], module.SECONDS)
    door(b"")  # what is loaded once is no fault of an input
    options = [
        f"-max_total_time={seconds}",
        "-timeout=120",
        f"-artifact_prefix={folder}/found-",
    ]
    options += ["-max_len=200000" if name.startswith("ct") else "-max_len=4096", "-rss_limit_mb=3000"]
    atheris.Setup([sys.argv[0], *options, str(folder / "seeds")], door)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.exit(main(sys.argv[1:]))
