"""The settings as a program of its own sees them, in each mode."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from trialfinder.environment import Mode, refuse_in_public

ROOT = Path(__file__).resolve().parents[2]
KEY = "kV3mW9xQ2rT7yU1iO5pA8sD4fG6hJ0kLzXcVbNmQwErTyUiOpAs"
PRODUCTION = {"DEBUG": "0", "SECRET_KEY": KEY, "ALLOWED_HOSTS": "trials.example.org"}


def python(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: os.environ[name] for name in ("PATH", "TRIALFINDER_DATA_DIR")}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return python("manage.py", *words, **environment)


def setting(name: str, **environment: str) -> str:
    """As the program reads it; without the applications, which take most of the time to load."""
    environment["DJANGO_SETTINGS_MODULE"] = "trialfinder.settings"
    shown = python("-c", f"from django.conf import settings; print(settings.{name})", **environment)
    assert shown.stderr == ""
    return shown.stdout.strip()


def test_local_mode_is_safe_without_any_variable() -> None:
    assert setting("MODE.value, settings.DEBUG, settings.ALLOWED_HOSTS") == (
        "local False ['localhost', '127.0.0.1', '[::1]']".replace(" ", " ")
    )


def test_local_key_is_made_once_and_private(tmp_path: Path) -> None:
    keys = {setting("SECRET_KEY", TRIALFINDER_DATA_DIR=str(tmp_path)) for _ in range(2)}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_production_passes_the_deploy_check() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_other_host_can_write_a_cookie_of_a_public_site() -> None:
    shown = "SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_DOMAIN"
    assert setting(shown, **PRODUCTION) == "__Host-sessionid __Host-csrftoken None"


def test_production_site_is_https_at_its_first_host() -> None:
    assert setting("SITE_URL", **PRODUCTION) == "https://trials.example.org"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DEBUG", "maybe"),
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("DATABASE_URL", "mysql://root:hunter2@host/name"),
        ("DATABASE_URL", "postgres://user:hunter2@host:5432/"),
        ("DATABASE_URL", "postgres://user:hunter2@host:port/name"),
        ("DATABASE_URL", "hunter2"),
        ("CELERY_BROKER_URL", "kafka://hunter2@host"),
        ("SITE_URL", "trials.example.org"),
        ("CTGOV_API_URL", "ftp://example.org"),
        ("CTRI_URL", "http://["),
        ("CTRI_URL", "http://ctri.nic.in/Clinicaltrials"),
        ("REGISTRY_PRIVATE_HOSTS", "http://proxy:3128"),
        ("REGISTRY_MIN_INTERVAL", "-1"),
        ("REGISTRY_MIN_INTERVAL", "nan"),
        ("IMPORT_HOUR", "24"),
        ("EMAIL_URL", "pigeon://home"),
        ("SECRET_KEY", "change-me"),
    ],
)
def test_wrong_value_is_one_sentence_that_names_the_variable(variable: str, value: str) -> None:
    done = manage("check", **{variable: value})
    assert done.returncode == 1
    assert done.stderr.startswith(f"trialfinder: {variable} ")
    assert len(done.stderr.splitlines()) == 1
    assert "hunter2" not in done.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_without(missing: str) -> None:
    done = manage("check", **PRODUCTION | {missing: ""})
    assert done.returncode == 1
    assert done.stderr.startswith(f"trialfinder: {missing} must ")


@pytest.mark.parametrize("key", ["x" * 60, "django-insecure-" + KEY, KEY[:49]])
def test_production_refuses_a_weak_key(key: str) -> None:
    done = manage("check", **PRODUCTION | {"SECRET_KEY": key})
    assert done.stderr.startswith("trialfinder: SECRET_KEY is a placeholder")


@pytest.mark.parametrize(
    ("unsafe", "named"),
    [
        ({"DEBUG": "1", "SECRET_KEY": "weak"}, "DEBUG"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": "weak"}, "SECRET_KEY"),
    ],
)
def test_what_is_unsafe_where_others_reach_it_is_one_sentence(unsafe: dict[str, str], named: str) -> None:
    done = manage("check", HOST="0.0.0.0", **unsafe)  # noqa: S104
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert done.stderr.startswith(f"trialfinder: {named} is ")


OURS = "http://127.0.0.1:8000"
UNSAFE = [(Mode.DEVELOPMENT, ["localhost"]), (Mode.LOCAL, ["*"])]


@pytest.mark.parametrize(
    ("host", "site_url"),
    [("0.0.0.0", OURS), ("10.1.2.3", OURS), ("a.example", OURS), ("127.0.0.1", "https://a.example")],  # noqa: S104
)
@pytest.mark.parametrize(("mode", "hosts"), UNSAFE)
def test_public_address_is_refused(host: str, site_url: str, mode: Mode, hosts: list[str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        refuse_in_public(mode, host, site_url, hosts)


@pytest.mark.parametrize(
    ("host", "site_url"),
    [
        ("127.0.0.2", OURS),
        ("::1", OURS),
        ("localhost", "https://localhost"),
        ("127.0.0.1", "http://a.example"),
    ],
)
@pytest.mark.parametrize(("mode", "hosts"), UNSAFE)
def test_own_machine_is_not_refused(host: str, site_url: str, mode: Mode, hosts: list[str]) -> None:
    refuse_in_public(mode, host, site_url, hosts)


def test_unreachable_database_is_one_sentence() -> None:
    done = manage("migrate", DATABASE_URL="postgres://nobody:hunter2@127.0.0.1:9/none")
    assert done.returncode == 1
    assert done.stderr.startswith("trialfinder: the database does not answer. ")
    assert "hunter2" not in done.stderr


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", "['*']"),
        ("https://a.example https://*.b.example:8443", "['https://a.example', 'https://*.b.example:8443']"),
    ],
)
def test_sites_that_may_frame_lists_are_parted_by_spaces(written: str, read: str) -> None:
    assert setting("EMBED_ANCESTORS", EMBED_ANCESTORS=written) == read


@pytest.mark.parametrize(
    "written", ["'unsafe-inline'", "https://a.example; script-src *", "a.example,b.example"]
)
def test_word_that_is_no_site_is_refused(written: str) -> None:
    answer = manage("check", EMBED_ANCESTORS=written)
    assert (answer.returncode != 0, "EMBED_ANCESTORS" in answer.stderr) == (True, True)
