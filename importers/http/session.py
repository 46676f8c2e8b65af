"""Requests to registries: the only file that sends any (which way they may go: `destinations`).

A registry is a public service that others pay for: one connection, a pause between requests,
an honest name. And it is the outside world: slow, wrong, huge or unreachable. Every way it can fail ends in a
`RegistryError` whose words a person at a terminal understands.
"""

import logging
import random
import time
from collections import deque
from collections.abc import Callable, Mapping
from types import MappingProxyType, TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from cryptography.x509 import Certificate

from importers.http.causes import cause, certificate_words, refusal_text, refused_certificate, retry_after
from importers.http.destinations import NOWHERE, CheckedAdapter, PrivateAddressError, host_of
from importers.http.errors import (
    BadAnswer,
    Blocked,
    Busy,
    Misconfigured,
    NotFound,
    Refused,
    RegistryError,
    TooLarge,
    Unreachable,
    Untrusted,
)
from importers.http.tls import context, read_bundle
from importers.text.jsontext import decode
from trialfinder.private_networks import is_written_private

logger = logging.getLogger(__name__)

MAX_RESPONSE = 128 * 1024 * 1024
CONNECT_TIMEOUT = 4.0
READ_TIMEOUT = 30.0
RESPONSE_DEADLINE = 180.0
"""Seconds for one whole response: a trickle of bytes never meets the read timeout."""
FIRST_PATIENCE = 8.0
"""Seconds after which no new attempt is made to reach a registry that never answered: a person waits."""
RETRIES = 5
"""With a pause of one second between requests, half a minute of trouble is sat out."""
MAX_PAUSE = 300.0
"""Seconds; a registry that asks for more has to wait for the next import."""
MAX_REDIRECTS = 3
STATUSES_KEPT = 8
READ_SIZE = 64 * 1024
SLICE = 10.0
"""Seconds of sleep between two signs of life."""

Params = Mapping[str, str | int]
NO_PARAMS: Params = MappingProxyType({})
T = TypeVar("T")


class RegistrySession:
    """Polite, patient requests to one registry. Not for use by several threads.

    `min_interval` is the pause between requests in seconds, and the unit of the pauses before retries;
    0 means none. `alive` is called every few seconds, also while waiting for the registry; what it raises
    ends the work. `requests`, `retries`, `bytes` (of bodies, unpacked) and `slept` (seconds of pauses) count
    what was done; `statuses` are those of the last answers, redirects included. `ca_bundle` is the path of
    certificates that are trusted besides the public ones. `private` are the hosts that may be in a private
    network, besides one that `base_url` itself writes as such. Use as a context manager.
    """

    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        min_interval: float,
        user_agent: str,
        proxy: str = "",
        ca_bundle: str = "",
        private: frozenset[str] = NOWHERE,
        most_retries: int = RETRIES,
        alive: Callable[[], None] = lambda: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = name
        self.base_url = base_url.rstrip("/")
        self.min_interval = min_interval
        self.user_agent = user_agent
        self.proxy = proxy
        self.requests = self.retries = self.bytes = 0
        self.statuses: deque[int] = deque(maxlen=STATUSES_KEPT)
        self._most_retries = most_retries
        self._ca_bundle = ca_bundle
        self._extra: list[Certificate] | None = None  # of the bundle, once it is read
        self._alive = alive
        self._sleep_once = sleep
        self._next_at = self.slept = 0.0
        self._answered = False
        own = host_of(base_url)
        self._private = private | {own} if is_written_private(own) else private
        self._http = requests.Session()
        self._http.mount("http://", CheckedAdapter(self._private))
        self._http.mount("https://", CheckedAdapter(self._private))
        self._http.headers["User-Agent"] = user_agent
        if proxy:
            self._http.proxies = {"http": proxy, "https": proxy}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def after(self, other: "RegistrySession") -> Self:
        """This session, its first request as far from the last one of another as from one of its own."""
        self._next_at = other._next_at
        return self

    def get_json(self, path: str, params: Params = NO_PARAMS) -> Any:
        """The JSON value at `path`. Raises `RegistryError`."""
        return self._persist(path, params, self._read_json)

    def get_bytes(self, path: str, params: Params = NO_PARAMS) -> bytes:
        """The body at `path` as it is. Raises `RegistryError`."""
        return self._persist(path, params, self._read)

    # Trying again

    def _persist(self, path: str, params: Params, read: Callable[[requests.Response], T]) -> T:
        started = time.monotonic()
        attempt = 0
        while True:
            try:
                return self._attempt(path, params, read)
            except RegistryError as error:
                pause = self._pause(error, attempt)
                waited = time.monotonic() - started + pause
                hopeless = not self._answered and waited > FIRST_PATIENCE
                if not error.again or hopeless or attempt == self._most_retries or pause > MAX_PAUSE:
                    raise
                logger.info("%s Trying again in %.0f s.", error, pause)
            self._sleep(pause)
            attempt += 1
            self.retries += 1

    def _pause(self, error: RegistryError, attempt: int) -> float:
        if isinstance(error, Busy) and error.retry_after is not None:
            return error.retry_after
        return self._jittered(self.min_interval * 2**attempt)

    def _attempt(self, path: str, params: Params, read: Callable[[requests.Response], T]) -> T:
        with self._open(f"{self.base_url}/{path.lstrip('/')}", params) as response:
            self._answered = True
            self._check(response)
            return read(response)

    # One request

    def _open(self, url: str, params: Params) -> requests.Response:
        """The response with its body unread, redirects on the same host followed."""
        for _ in range(MAX_REDIRECTS + 1):
            response = self._send(url, params)
            if not response.is_redirect:
                return response
            response.close()
            url, params = self._next_url(response), {}
        raise Refused(f"{self.name} sent us round in circles.")

    def _next_url(self, response: requests.Response) -> str:
        """Where a redirect leads: the same scheme, host and port, below the same path."""
        target = urljoin(response.url, response.headers["Location"])
        ours, theirs = urlsplit(self.base_url), urlsplit(target)
        if theirs[:2] != ours[:2] or not theirs.path.startswith(f"{ours.path}/"):
            raise Refused(f"{self.name} sent us to another address ({target!r:.200}); we do not follow.")
        return target

    def _send(self, url: str, params: Params) -> requests.Response:
        extra = self._trusted()
        self._sleep(max(0.0, self._next_at - time.monotonic()))
        self._alive()
        self.requests += 1
        timeouts = (CONNECT_TIMEOUT, READ_TIMEOUT)
        try:
            # Given with the request: to a session's own, requests prefers those of the environment.
            response = self._http.get(
                url,
                params=params,
                timeout=timeouts,
                stream=True,
                allow_redirects=False,
                proxies=dict(self._http.proxies),
            )
        except PrivateAddressError as error:
            raise Misconfigured(f"{self.name} was not asked: {error}.") from error
        except requests.RequestException as error:
            if refused := refused_certificate(error):
                words = certificate_words(refused, url, self._http.proxies, extra, self._private)
                raise Untrusted(f"{self.name} could not be reached: {words}.") from error
            raise Unreachable(f"{self.name} could not be reached: {cause(error)}.") from error
        except ValueError as error:  # requests looks at redirects itself, and chokes on broken ones
            raise Refused(f"{self.name} sent us to an address that is none.") from error
        except OSError as error:  # no RequestException: the file that REQUESTS_CA_BUNDLE names
            raise Misconfigured(f"{self.name} was not asked: {error}.") from error
        finally:
            self._next_at = time.monotonic() + self._jittered(self.min_interval)
        self.statuses.append(response.status_code)
        return response

    def _trusted(self) -> list[Certificate]:
        """The certificates of the bundle, read before the first request. Raises `Misconfigured`."""
        if self._extra is None:
            self._extra = read_bundle(self._ca_bundle)
            if self._extra:
                tls = {"ssl_context": context(self._extra)}
                self._http.mount("https://", CheckedAdapter(self._private, **tls))
        return self._extra

    def _check(self, response: requests.Response) -> None:
        code = response.status_code
        if code == 200:
            return
        if code == 403:
            raise Blocked(f"{self.name} refuses to answer us (403). It may have blocked this address.")
        if code == 404:
            raise NotFound(f"{self.name} has nothing at {response.url} (404).")
        if code == 429 or code >= 500:
            wait = retry_after(response.headers.get("Retry-After", ""))
            asked = "" if wait is None else f", and asks us to wait {wait:.0f} seconds"
            raise Busy(f"{self.name} is busy or out of order ({code}){asked}.", wait)
        reason = refusal_text(response)
        raise Refused(
            f"{self.name} did not accept our request ({code}{': ' if reason else ''}{reason}).", code, reason
        )

    def _read_json(self, response: requests.Response) -> Any:
        kind = response.headers.get("Content-Type", "nothing")
        if "json" not in kind.lower():
            raise BadAnswer(f"{self.name} sent {kind} where data were expected; it may be out of order.")
        try:
            return decode(self._read(response))
        except ValueError as error:
            raise BadAnswer(f"{self.name} sent data that cannot be read: {error}.") from None

    def _read(self, response: requests.Response) -> bytes:
        """The body, unpacked, in reads that each return what is there: the deadline holds for a trickle."""
        deadline = time.monotonic() + RESPONSE_DEADLINE
        body = bytearray()
        try:
            while chunk := response.raw.read1(READ_SIZE, decode_content=True):
                body += chunk
                self._alive()
                if len(body) > MAX_RESPONSE:
                    raise TooLarge(f"{self.name} sent more than {MAX_RESPONSE // 1024**2} MB in one answer.")
                if time.monotonic() > deadline:
                    raise BadAnswer(f"{self.name} is too slow: no whole answer in {RESPONSE_DEADLINE:.0f} s.")
        except urllib3.exceptions.HTTPError as error:
            raise BadAnswer(f"{self.name} broke off in the middle of an answer.") from error
        self.bytes += len(body)
        return bytes(body)

    def _sleep(self, seconds: float) -> None:
        """Sleep in slices, so that a heartbeat or a cancellation can come between."""
        self.slept += seconds
        while seconds > SLICE:
            self._sleep_once(SLICE)
            self._alive()
            seconds -= SLICE
        self._sleep_once(seconds)

    def _jittered(self, seconds: float) -> float:
        return seconds * random.uniform(1, 1.25)  # noqa: S311
