"""What a page costs the web server, as multiples of a page of a few words that passes the same middleware.

Processor time of Python alone: it is nearly the same on a busy machine. First is a page made with none of its
pieces (`trials.views.pieces`), cold one made again after any change, warm one that was kept, 304 one that the
browser has. Measured with what the data folder holds: requests share nothing of data that only their own
transaction sees.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from django.conf import settings
from django.http import QueryDict
from django.test import Client, override_settings

from trials.explain.registry_html import registry_html
from trials.models import Trial
from trials.search.facets import facets
from trials.search.search import Search
from trials.views.pieces import kept, kept_large

HELLO = "/robots.txt"
QUERIES = ("", "condition=lbcl", "condition=myeloma&phase=PHASE1", "q=CD19 lymphoma", "near=Delhi")
ROUNDS = 25
ENCODING = {"accept-encoding": "gzip"}


def report(_shared: Path) -> Iterator[str]:
    """A line a page, and how long a list takes against its two statements."""
    one = Trial.objects.listed().in_default_order().values_list("primary_id", flat=True).first()
    if not one:
        yield "pages: not measured, no trials are stored here"
        return
    lists, statements = _p95(_list), _p95(_statements)
    yield f"list page: 95 % within {lists:.0f} ms, {lists / statements:.1f} x its two statements"
    paths = {"home": "/", "list": "/trials/", "trial": f"/trials/{one}/", "match": "/match/trials/"}
    with TemporaryDirectory() as folder:
        middle = _measured(paths, Path(folder))
    hello = middle["hello", ""]
    yield f"page: a few words through the same middleware: {hello:.2f} ms"
    for name in paths:
        of_hello = ", ".join(
            f"{kind} {middle[kind, name] / hello:.1f}" for kind in ("first", "cold", "warm", "304")
        )
        yield f"{name} page: {middle['cold', name]:.1f} ms cold; {of_hello} x hello"


def _p95(work: Callable[[str], object]) -> float:
    """Milliseconds within which 95 % of the lists of `QUERIES` are done."""
    for query in QUERIES:
        work(query)  # warm: compiled templates, cached vocabulary
    times = []
    for query in QUERIES * ROUNDS:
        begun = time.perf_counter()
        work(query)
        times.append((time.perf_counter() - begun) * 1000)
    return quantiles(times, n=20)[-1]


def _list(query: str) -> object:
    return Client(headers={"host": "localhost"}).get(f"/trials/?{query}")


def _statements(query: str) -> object:
    search = Search.from_query(QueryDict(query))
    return facets(search), list(search.results_on_page())


def _measured(paths: Mapping[str, str], folder: Path) -> Mapping[tuple[str, str], float]:
    """Milliseconds by kind and page: of `HELLO`, and of every page in each way; taken by turns."""
    makes, keeps = _client(keep=False, folder=folder), _client(keep=True, folder=folder)
    with override_settings(DATA_DIR=folder):
        tags = {name: keeps.get(path, headers=ENCODING)["ETag"] for name, path in paths.items()}
    works: dict[tuple[str, str], Callable[[], object]] = {("hello", ""): lambda: makes.get(HELLO)}
    for name, path in paths.items():
        has = ENCODING | {"if-none-match": tags[name]}
        works |= {
            ("cold", name): lambda path=path: makes.get(path, headers=ENCODING),  # type: ignore[misc]
            ("warm", name): lambda path=path: keeps.get(path, headers=ENCODING),  # type: ignore[misc]
            ("304", name): lambda path=path, has=has: keeps.get(path, headers=has),  # type: ignore[misc]
        }
    for name, path in paths.items():
        works["first", name] = lambda path=path: _first(makes, path)  # type: ignore[misc]
    taken = {which: [_milliseconds(work) for _ in range(ROUNDS)] for which, work in works.items()}
    return {which: median(times) for which, times in taken.items()}


def forget_pieces() -> None:
    """What a process keeps of pages it has made."""
    kept.cache_clear()
    kept_large.cache_clear()
    registry_html.cache_clear()


def _first(client: Client, path: str) -> None:
    forget_pieces()
    client.get(path, headers=ENCODING)


def _client(*, keep: bool, folder: Path) -> Client:
    """Its middleware is loaded by the first request."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"})
    with override_settings(KEEP_PAGES=keep, DATA_DIR=folder):
        client.get(HELLO)
    return client


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000
