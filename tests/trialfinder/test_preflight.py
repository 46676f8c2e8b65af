"""What a machine lacks is one sentence with the command that mends it."""

import ast
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from trialfinder import preflight


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "CELERY_BROKER_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    return str(tmp_path / ".venv")


def test_complete_machine_lacks_nothing(venv: str) -> None:
    assert preflight.missing(venv) == ""


def test_old_python_is_told_which_to_take(venv: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    monkeypatch.setattr(platform, "python_version", lambda: "3.10.12")
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
    monkeypatch.setattr(shutil, "which", lambda name: name == "python3.12" and name)
    told = "Python 3.11 or newer is needed, and /usr/bin/python3 is 3.10.12. Type: make run PYTHON=python3.12"
    assert preflight.missing(venv) == told


def test_debian_without_venv_is_told_the_package(venv: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "find_spec", lambda *_: None)
    assert preflight.missing(venv) == (
        "Python's venv is missing. Type: sudo apt install python3-venv  (then again: make run)"
    )


def test_full_disk_counts_only_before_the_packages_are_there(
    venv: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda *_: SimpleNamespace(free=12 * 2**20))
    assert preflight.missing(venv) == (
        "12 MB are free here and 700 are needed. Make room, then again: make run"
    )
    Path(venv).mkdir()
    Path(venv, ".installed").touch()
    assert preflight.missing(venv) == ""


def test_folder_of_another_user_is_named(venv: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = Path(venv).with_name(".data")
    data.mkdir()
    monkeypatch.setattr(os, "access", lambda *of: Path(of[0]) != data)
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    assert preflight.missing(venv) == f"{data} belongs to another user. Type: sudo chown -R 1000 {data}"


@pytest.mark.parametrize(("system", "machine"), [("Linux", "aarch64"), ("Darwin", "arm64")])
def test_machine_without_embedded_servers_is_told_what_to_type(
    venv: str, monkeypatch: pytest.MonkeyPatch, system: str, machine: str
) -> None:
    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    told = preflight.missing(venv)
    assert told.startswith(f"No PostgreSQL and no queue come along for {system} on {machine}.")
    assert told.endswith(
        "make run DATABASE_URL=postgres://user:password@host:5432/name CELERY_BROKER_URL=redis://host:6379/0"
    )
    Path(".env").write_text("DATABASE_URL=postgres://a@b/c\nCELERY_BROKER_URL=redis://d\n")
    assert preflight.missing(venv) == ""


def test_old_pythons_can_read_it() -> None:
    """A syntax error or a missing package would be the first sentence of a person with Python 3.6."""
    nodes = list(ast.walk(ast.parse(Path(preflight.__file__).read_text(), feature_version=(3, 6))))
    imported = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} - sys.stdlib_module_names == set()


def test_half_made_environment_is_made_again(tmp_path: Path) -> None:
    """A folder with a Python and without pip, as Debian leaves it where python3-venv is missing."""
    made = tmp_path / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(made)], check=True)
    rule = Path(preflight.__file__).parents[1].joinpath("Makefile").read_text()
    line: Any = next(line for line in rule.splitlines() if "-m venv --clear" in line)
    command = line.strip(" \t@").replace("$(IN_VENV)", f"{made}/bin/python").replace("$(VENV)", str(made))
    subprocess.run(command.replace("$(PYTHON)", sys.executable), shell=True, check=True)  # noqa: S602
    assert (made / "bin" / "pip").exists()
