"""Reads the environment variables that settings are made of.

Unset and empty mean the same: a safe working default. A wrong value stops the program with one
sentence that names the variable and says what to write instead, but never repeats a secret.
"""

import os
import re
import secrets
from contextlib import suppress
from datetime import time
from enum import Enum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NAMES_READ: set[str] = set()
"""Every variable asked for; a test compares it with `.env.example`."""

DEBUG_WORDS = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
SECRET_KEY_LENGTH = 50  # what `manage.py check --deploy` asks for


class Mode(Enum):
    """How much the person who starts the program has promised about its surroundings."""

    LOCAL = "local"  # DEBUG unset: one person's machine, nothing configured
    DEVELOPMENT = "development"  # DEBUG=1
    PRODUCTION = "production"  # DEBUG=0, set on purpose: a public site behind HTTPS


def text(name: str, default: str = "") -> str:
    """The value without surrounding blanks, or the default when it is unset or empty."""
    NAMES_READ.add(name)
    return os.environ.get(name, "").strip() or default


def mode() -> Mode:
    word = text("DEBUG").lower()
    if not word:
        return Mode.LOCAL
    if word not in DEBUG_WORDS:
        raise ImproperlyConfigured(
            f"DEBUG is {word!r}: write 1 for development, 0 for a public site, or leave it unset."
        )
    return Mode.DEVELOPMENT if DEBUG_WORDS[word] else Mode.PRODUCTION


def whole_number(name: str, default: int, lowest: int, highest: int) -> int:
    word = text(name, str(default))
    if not word.isascii() or not word.isdigit() or not lowest <= int(word) <= highest:
        raise ImproperlyConfigured(f"{name} is {word!r}: write a whole number from {lowest} to {highest}.")
    return int(word)


def seconds(name: str) -> float | None:
    """A pause in seconds, `None` when unset."""
    word = text(name)
    if not word:
        return None
    try:
        pause = float(word)
    except ValueError:
        pause = -1.0
    if not 0 <= pause <= 3600:
        raise ImproperlyConfigured(f"{name} is {word!r}: write seconds from 0 to 3600, such as 1.5.")
    return pause


def pages_and_forms(mode: Mode) -> tuple[int, int]:
    """How many of each one network may ask for in a minute; 0 is no limit, as it is but on a public site."""
    is_public = mode is Mode.PRODUCTION
    pages = whole_number("PAGES_PER_MINUTE", 600 if is_public else 0, 0, 1_000_000)
    return pages, whole_number("FORMS_PER_MINUTE", 60 if is_public else 0, 0, 1_000_000)


def hours(name: str, default: str) -> tuple[time, time]:
    """From when until when, such as 22:00-06:00; over midnight where the end is the earlier one."""
    word = text(name, default)
    try:
        begin, end = (time.fromisoformat(part.strip()) for part in word.split("-"))
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {word!r}: write two hours such as 22:00-06:00.") from None
    if begin.tzinfo or end.tzinfo or begin == end:
        raise ImproperlyConfigured(f"{name} is {word!r}: write two different hours such as 22:00-06:00.")
    return begin, end


def addresses(name: str) -> list[str]:
    """E-mail addresses, parted by commas."""
    found = [word.strip() for word in text(name).split(",") if word.strip()]
    for word in found:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", word):
            raise ImproperlyConfigured(f"{name} holds {word!r}: write e-mail addresses, parted by commas.")
    return found


def sources(name: str, default: str) -> list[str]:
    """Sites as a content security policy names them, parted by spaces: `*`, or https://hospital.example."""
    found = text(name, default).split()
    for word in found:
        if not re.fullmatch(r"\*|(https?://)?(\*\.)?[\w-]+(\.[\w-]+)*(:\d+)?", word):
            raise ImproperlyConfigured(
                f"{name} holds {word!r}: write * or sites such as https://hospital.example, parted by spaces."
            )
    return found


def host_names(name: str) -> frozenset[str]:
    """Names or IP addresses of machines, parted by commas, without scheme or port."""
    found = frozenset(word.strip().strip("[]").lower() for word in text(name).split(",") if word.strip())
    for word in found:
        if not re.fullmatch(r"[\w.:-]+", word) or "//" in word:
            raise ImproperlyConfigured(
                f"{name} holds {word!r}: write host names such as proxy.example.org, parted by commas."
            )
    return found


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).expanduser().resolve()


def optional_folder(name: str) -> Path | None:
    """`None` when unset."""
    return Path(text(name)).expanduser().resolve() if text(name) else None


def allowed_hosts(mode: Mode) -> list[str]:
    """The host names that the site answers to. A public site must name its own."""
    hosts = [host.strip() for host in text("ALLOWED_HOSTS").split(",") if host.strip()]
    if mode is Mode.PRODUCTION and (not hosts or "*" in hosts):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name the site's own hosts when DEBUG=0, such as trials.example.org."
        )
    return hosts or ["localhost", "127.0.0.1", "[::1]"]


def refuse_in_public(mode: Mode, host: str, site_url: str, hosts: list[str]) -> None:
    """What is convenient on one's own machine, and would give a site away that others reach.

    A weak SECRET_KEY is taken in development alone (`secret_key`), which no public address has.
    """
    seen = urlsplit(site_url)
    if not is_this_machine(host):
        public = f"HOST is {host!r}, which other machines reach"
    elif seen.scheme == "https" and not is_this_machine(seen.hostname or ""):
        public = f"SITE_URL is {site_url!r}, a public address"
    else:
        return
    if mode is Mode.DEVELOPMENT:
        raise ImproperlyConfigured(f"DEBUG is on and {public}: write DEBUG=0 for a public site.")
    if "*" in hosts:
        raise ImproperlyConfigured(f"ALLOWED_HOSTS is * and {public}: name the site's own hosts instead.")


def is_this_machine(host: str) -> bool:
    """Whether nobody else can reach what listens there."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def secret_key(mode: Mode, data_dir: Path) -> str:
    """The given key if it is a real one; on a person's own machine one made once and kept."""
    key = text("SECRET_KEY")
    if key and mode is Mode.DEVELOPMENT:
        return key
    if key:
        return _checked_key("SECRET_KEY", key)
    if mode is Mode.PRODUCTION:
        raise ImproperlyConfigured(f"SECRET_KEY must be set when DEBUG=0. {_KEY_HINT}")
    return _kept_key(data_dir)


_KEY_HINT = "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"


def optional_key(name: str) -> str:
    """A long random key, "" when unset."""
    key = text(name)
    return _checked_key(name, key) if key else ""


def _checked_key(name: str, key: str) -> str:
    if len(key) < SECRET_KEY_LENGTH or len(set(key)) < 16 or key.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f"{name} is a placeholder, or shorter than {SECRET_KEY_LENGTH} random characters. {_KEY_HINT}"
        )
    return key


def _kept_key(data_dir: Path) -> str:
    path = data_dir / "secret_key"
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            fresh = data_dir / f"secret_key.{os.getpid()}"
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(50))
            with suppress(FileExistsError):  # another process was quicker: its key it is
                path.hardlink_to(fresh)
            fresh.unlink()
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be used ({error.strerror}). "
            "Set TRIALFINDER_DATA_DIR to a folder of your own, or SECRET_KEY."
        ) from error
