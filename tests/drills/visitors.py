"""A light load: four people who each ask for a page a second, and how many got none."""

import http.client
import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

EVERY = 1.0
"""Seconds between two requests of one visitor."""
PATIENCE = 15.0
"""Seconds after which a visitor has given up, which counts as failed."""
SEARCHES = ("lymphoma", "myeloma mumbai", "leukemia child", "CD19", "BCMA", "glioma", "lupus", "near 400012")


class Visitors:
    """What they asked for, and what went wrong: "503", or the error's name."""

    def __init__(self, address: str, trials: Sequence[str], host: str = "", https: bool = False) -> None:
        self.address, self.trials = urlsplit(address).netloc, list(trials)
        self.headers = {"Host": host} if host else {}
        if https:
            self.headers["X-Forwarded-Proto"] = "https"
        self.asked = 0
        self.failures: Counter[str] = Counter()
        self.slowest = 0.0
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def paths(self) -> list[Iterator[str]]:
        """What each asks for, seldom the same page twice: a kept page would hide what is broken."""
        numbers = (itertools.count() for _ in range(4))
        return [
            (f"/trials/?age={n % 90}&page=1" for n in next(numbers)),
            (f"/trials/{self.trials[n % len(self.trials)]}/" for n in next(numbers)),
            (f"/trials/?q={SEARCHES[n % 8].replace(' ', '+')}&age={n // 8 % 90}" for n in next(numbers)),
            (f"/api/v1/trials?age={n % 90}" for n in next(numbers)),
        ]

    def _come(self, paths: Iterator[str]) -> None:
        while not self._stop.wait(EVERY):
            self.visit(next(paths))

    def visit(self, path: str) -> None:
        """Ask for it, and count."""
        began = time.monotonic()
        failure = self._ask(path)
        with self._lock:
            self.asked += 1
            self.slowest = max(self.slowest, time.monotonic() - began)
            if failure:
                self.failures[failure] += 1

    def _ask(self, path: str) -> str:
        """Empty where the page came."""
        connection = http.client.HTTPConnection(self.address, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=self.headers)
            answer = connection.getresponse()
            answer.read()
            return "" if answer.status == 200 else str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        finally:
            connection.close()

    @contextmanager
    def there(self) -> Iterator["Visitors"]:
        """They come now, and have all had their answer when this ends."""
        threads = [threading.Thread(target=self._come, args=(paths,), daemon=True) for paths in self.paths()]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            for thread in threads:
                thread.join(PATIENCE + 5)
