"""Reads the addresses among the environment variables: of the site, its database, its queue, its mail.

What cannot be an address of that kind stops the program as in `environment.py`. An address may hold
a password, so at most its first word is repeated.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from trialfinder import embedded
from trialfinder.environment import text, whole_number
from trialfinder.private_networks import is_never_asked, is_written_as_number, is_written_private

POSTGRES_SCHEMES = ("postgres", "postgresql")
BROKER_SCHEMES = ("redis", "rediss", "redis+socket", "amqp", "amqps", "memory")
CONNECT_SECONDS = 5
COUNT_SECONDS = 0.5  # a request waits no longer for its count


def web_address(name: str, default: str) -> str:
    """An http(s) address without a slash at its end."""
    word = text(name, default)
    try:
        parts = urlsplit(word)
        right = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        right = False
    if not right:
        raise ImproperlyConfigured(f"{name} is {word!r}: write an address such as {default}.")
    return word.rstrip("/")


def registry_address(name: str, default: str, private: Collection[str]) -> str:
    """Where a registry is read: over https, or in the clear in a private network; never with a password.

    `private` are the hosts of REGISTRY_PRIVATE_HOSTS. A name that only leads into a private network is
    refused when it is asked (importers.http.destinations).
    """
    word = web_address(name, default)
    parts = urlsplit(word)
    host = parts.hostname or ""
    if "@" in parts.netloc or is_written_as_number(host):
        raise ImproperlyConfigured(f"{name} must be an address such as {default}, with no name or password.")
    if is_written_private(host) and is_never_asked(host):
        raise ImproperlyConfigured(f"{name} names {host}, which is no registry: write {default}.")
    if parts.scheme != "https" and not is_written_private(host) and host not in private:
        raise ImproperlyConfigured(
            f"{name} is {word!r}: write https://, or name {host} in REGISTRY_PRIVATE_HOSTS if it stands in "
            "your own network."
        )
    return word


def database(data_dir: Path) -> dict[str, Any]:
    """Django's settings for DATABASE_URL, or for the embedded server when it is unset."""
    url = text("DATABASE_URL")
    if not url:
        return embedded.postgres_settings(data_dir)
    url = _checked_url("DATABASE_URL", url, POSTGRES_SCHEMES)
    try:
        config: dict[str, Any] = environ.Env.db_url_config(url)
    except ValueError:  # a port that is no number
        config = {"NAME": ""}
    if not config["NAME"]:
        raise ImproperlyConfigured(
            "DATABASE_URL is not complete: write postgres://user:password@host:5432/NAME"
        )
    config["HOST"] = unquote(config["HOST"])  # the folder of a socket is written %2Fvar%2Frun%2Fpostgresql
    config["OPTIONS"] = {"connect_timeout": CONNECT_SECONDS} | config.get("OPTIONS", {})
    return config


def broker_url(data_dir: Path) -> str:
    """CELERY_BROKER_URL, or the embedded Valkey's when it is unset."""
    url = text("CELERY_BROKER_URL")
    return _checked_url("CELERY_BROKER_URL", url, BROKER_SCHEMES) if url else embedded.valkey_url(data_dir)


def _checked_url(name: str, url: str, schemes: tuple[str, ...]) -> str:
    scheme = url.partition("://")[0]
    if "://" not in url or scheme not in schemes:
        shown = f" starts with {scheme!r}" if "://" in url else " is not an address"
        raise ImproperlyConfigured(
            f"{name}{shown}: it must start with {' or '.join(f'{s}://' for s in schemes)}."
        )
    return url


def broker_options(url: str, visibility_timeout: int) -> dict[str, Any]:
    """What the broker's client needs besides its address. Seconds.

    Redis gives an unacknowledged task to the next worker after `visibility_timeout`.
    """
    if "redis" not in url.partition("://")[0]:
        return {}
    return {"visibility_timeout": visibility_timeout, "socket_connect_timeout": CONNECT_SECONDS}


def shared_counts(broker: str) -> dict[str, Any]:
    """Django's settings for the cache in which all processes count: the broker's where it can, else a table.

    Counting twice is the worst that can happen in the table, whose counts are not exact under load.
    """
    scheme, _, rest = broker.partition("://")
    if "redis" not in scheme:
        return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    location = f"unix://{unquote(rest)}" if scheme == "redis+socket" else broker
    options = {"socket_connect_timeout": COUNT_SECONDS, "socket_timeout": COUNT_SECONDS}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": location.replace("virtual_host=", "db="),
        "KEY_PREFIX": "trialfinder",
        "OPTIONS": options,
    }


def email() -> dict[str, Any]:
    """Django's settings for mail. EMAIL_URL unset: mail is shown on the terminal and goes nowhere."""
    sender = text("EMAIL_FROM", "CAR T trial finder <webmaster@localhost>")
    seconds = whole_number("EMAIL_TIMEOUT", 10, 1, 300)
    senders = {"EMAIL_TIMEOUT": seconds, "DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}
    url = text("EMAIL_URL", "consolemail://")
    try:
        return dict(environ.Env.email_url_config(url)) | senders
    except Exception as error:
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read: write smtp+tls://user:password@host:587, or leave it unset."
        ) from error
