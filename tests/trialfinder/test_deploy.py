"""The files for a site without Docker: systemd takes them, and they start what there is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from trialfinder import parts

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "deploy"
README = (FOLDER / "README.md").read_text()


def test_readme_enables_every_part() -> None:
    enabled = re.search(r"systemctl enable --now (.*)", README)
    assert enabled is not None
    assert enabled[1].split() == [
        "trialfinder.target", "trialfinder-migrate", *(f"trialfinder@{name}" for name in parts.ENVIRONMENT)
    ]  # fmt: skip


def test_unit_runs_what_the_launcher_knows() -> None:
    unit = (FOLDER / "trialfinder@.service").read_text()
    assert "ExecStart=/opt/trialfinder/.venv/bin/python -m trialfinder.launch %i\n" in unit


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """Programs that are not installed here, and users that do not exist, are no fault of the units."""
    for unit in FOLDER.glob("trialfinder*"):
        shutil.copy(unit, tmp_path)
    shutil.copy(tmp_path / "trialfinder@.service", tmp_path / "trialfinder@web.service")
    names = ["trialfinder@web.service", "trialfinder-migrate.service", "trialfinder.target"]
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in names)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    wrong = [
        line for line in done.stderr.splitlines() if "is not executable" not in line and "trialfinder" in line
    ]
    assert wrong == []
