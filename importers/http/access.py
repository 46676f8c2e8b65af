"""How a registry may be asked, as the settings and the import desk say, and the session for it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from requests.utils import get_environ_proxies

from importers.http.destinations import host_of
from importers.http.session import RETRIES, RegistrySession


@dataclass(frozen=True, slots=True)
class Access:
    """How an admin wants a registry to be read; "" means: as the settings say."""

    user_agent: str = ""
    proxy: str = ""
    most_retries: int = RETRIES
    alive: Callable[[], None] = lambda: None


ORDINARY = Access()


def configured_hosts(base_url: str) -> frozenset[str]:
    """The hosts that whoever runs the site has named, and that so may be in a private network.

    The proxies of the environment (`HTTPS_PROXY`) are among them, the one written at the desk is not.
    """
    proxies = (settings.REGISTRY_PROXY, *get_environ_proxies(base_url).values())
    return frozenset({*settings.REGISTRY_PRIVATE_HOSTS, *map(host_of, proxies)})


def open_session(
    name: str, base_url: str, default_interval: float, access: Access = ORDINARY
) -> RegistrySession:
    """A session as the settings want it; `default_interval` (seconds) holds where they say nothing."""
    interval = settings.REGISTRY_MIN_INTERVAL
    return RegistrySession(
        name,
        base_url,
        min_interval=default_interval if interval is None else interval,
        user_agent=access.user_agent or settings.REGISTRY_USER_AGENT,
        proxy=access.proxy or settings.REGISTRY_PROXY,
        ca_bundle=settings.REGISTRY_CA_BUNDLE,
        private=configured_hosts(base_url),
        most_retries=access.most_retries,
        alive=access.alive,
    )
