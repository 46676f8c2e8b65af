"""What each public page and API call costs in a large catalogue."""

from collections.abc import Iterator
from functools import partial

from django.test import Client

from importers.bench.cost import Cost, cost

PAGES = (
    *(
        "/healthz",
        "/trials/",
        "/trials/?page=1000",
        "/trials/?sort=updated&page=1000",
        "/trials/?condition=lbcl",
    ),
    *("/trials/?condition=myeloma&phase=PHASE1&recruiting=india", "/trials/?near=Delhi&within=500&age=62"),
    *("/trials/?lines=2&ecog=1&hiv=ok&sex=female&age_group=adult", "/trials/?sponsor=hospital"),
    *(
        "/trials/?q=patients+randomized",
        "/trials/?q=fludarabine&state=kerala",
        "/trials/?q=safety&sort=updated",
    ),
    *("/", "/numbers/", "/changes/", "/changes/?condition=burkitt", "/changes/?page=200", "/sites/", "/map/"),
    *("/conditions/", "/conditions/lbcl/", "/products/", "/clinic/", "/match/", "/changes/feed/"),
    *(
        "/api/v1/trials",
        "/api/v1/trials?q=fludarabine",
        "/api/v1/status",
        "/api/v1/conditions",
        "/api/v1/sites",
    ),
)
ROUNDS = 5


def pages() -> Iterator[Cost]:
    """Each page, cold but for compiled templates, connections and what the system keeps of files."""
    client = Client(headers={"host": "127.0.0.1"})
    for path in PAGES:
        yield cost(path, partial(_read, client, path), ROUNDS)


def _read(client: Client, path: str) -> int:
    answer = client.get(path)
    if answer.status_code != 200:
        raise ValueError(f"{path}: {answer.status_code}")
    return len(b"".join(answer)) if answer.streaming else len(answer.content)
