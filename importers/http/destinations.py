"""Connections that only go where they are meant to: never into a private network by surprise.

A name is looked up here, and the connection made to an address that was checked: a name that says another
address the second time (DNS rebinding) gains nothing. Through a proxy it is the proxy's address that is
checked; what the proxy itself may reach is for the proxy to say.
"""

import socket
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from trialfinder.private_networks import is_never_asked, is_public

NOWHERE: frozenset[str] = frozenset()


class PrivateAddressError(Exception):
    """A name leads into a private network, and no setting says that it may. Nothing was sent."""


def host_of(address: str) -> str:
    """The host in an address as a setting writes it, "" where there is none; a proxy may lack its scheme."""
    try:
        return urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def resolve(host: str, port: int, private: frozenset[str]) -> list[str]:
    """The IP addresses of a host. Raises `socket.gaierror`, `PrivateAddressError` if one may not be asked.

    `private` are the hosts that may have addresses of a private network.
    """
    found = list(dict.fromkeys(str(row[4][0]) for row in _looked_up(host, port)))
    for address in found:
        if is_never_asked(address):
            raise PrivateAddressError(f"{host} leads to {address}, which no registry and no proxy has")
        if not is_public(address) and host not in private:
            raise PrivateAddressError(
                f"{host} leads to {address} in a private network. If that is meant, name {host} in "
                "REGISTRY_PRIVATE_HOSTS"
            )
    return found


def _looked_up(host: str, port: int) -> Sequence[tuple[Any, ...]]:
    return socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)


class _Checked(HTTPConnection):
    private = NOWHERE

    def _new_conn(self) -> socket.socket:
        """A connection to the first address that takes it. The certificate is still that of the name."""
        name = self._dns_host
        try:
            addresses = resolve(self.host, self.port, self.private)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        try:
            for number, address in enumerate(addresses, 1):
                self._dns_host = address
                try:
                    return super()._new_conn()
                except (NewConnectionError, ConnectTimeoutError):
                    if number == len(addresses):
                        raise
        finally:
            self._dns_host = name
        raise NewConnectionError(self, f"{self.host} has no address")


class _CheckedOverTls(_Checked, HTTPSConnection):
    pass


def tls_connection(private: frozenset[str]) -> type[HTTPSConnection]:
    """The class of connections over TLS to public addresses, and to these private hosts."""
    return type("Connection", (_CheckedOverTls,), {"private": private})


class CheckedAdapter(HTTPAdapter):
    """Requests, through a proxy or not, to public addresses and to these private hosts.

    `tls` are further arguments for connections, such as an `ssl_context`.
    """

    def __init__(self, private: frozenset[str], **tls: Any) -> None:
        self._tls = tls
        plain = type("Connection", (_Checked,), {"private": private})
        self._pools = {
            "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("Pool", (HTTPSConnectionPool,), {"ConnectionCls": tls_connection(private)}),
        }
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **{**kwargs, **self._tls})
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs, **self._tls)
        manager.pool_classes_by_scheme = self._pools
        return manager
