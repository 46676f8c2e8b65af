"""What each public page and API call costs in a large catalogue, made anew with none of its pieces.

Files of all trials (`trials.csv`, the dumps) grow with their rows and are not here; `clinic.csv` is.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, product
from statistics import quantiles

from django.test import Client, override_settings

from importers.bench.cost import Cost, cost
from importers.bench.pages import forget_pieces
from importers.bench.peers import IN_INDIA, QUESTIONS
from trials.models import Trial
from trials.search.listed import Listed
from trials.views.browse.sites import PAGE_SIZE
from trials.views.sitemap import TRIALS_A_FILE

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
    *(
        "/",
        "/find/",
        "/numbers/",
        "/changes/",
        "/changes/?condition=burkitt",
        "/changes/?page=200",
        "/changes/feed/",
    ),
    *("/changes/feed/?condition=lbcl", "/sites/", "/map/", "/conditions/", "/conditions/lbcl/", "/products/"),
    *("/clinic/", "/clinic/?by=hospital", "/clinic.csv", "/match/", "/match/trials/", "/embed/trials/"),
    *("/sitemap.xml", "/sitemap-conditions.xml", "/sitemap-places.xml", "/sitemap-sites.xml"),
    *(
        "/api/v1/trials",
        "/api/v1/trials?page=1000",
        "/api/v1/trials?q=fludarabine",
        "/api/v1/trials.fhir?page=1000",
    ),
    *("/api/v1/status", "/api/v1/conditions", "/api/v1/sites"),
)
FILTERS = (
    ("", "condition=lbcl", "condition=myeloma", "condition=aml", "target=CD19", "product=axi-cel"),
    ("", "phase=PHASE1", "recruiting=india", "state=maharashtra", "cell_source=allogeneic"),
    ("", "age=62", "near=Delhi&within=500", "sort=updated", "lines=2&hiv=ok", "sponsor=hospital"),
)
"""A list of each of their combinations is read once."""
DEEP = 30_000
"""Listed trials from which every list here has a thousandth page."""
ROUNDS = 5


def pages() -> Iterator[Cost]:
    """Each page, cold but for compiled templates, connections and what the system keeps of files."""
    client = _client()
    has_deep = Trial.objects.listed().count() >= DEEP
    for path in chain(PAGES, _of_the_data()):
        if "page=1000" in path and not has_deep:
            continue
        yield cost(path, partial(_read, client, path), ROUNDS)


def slowest_lists() -> Iterator[Cost]:
    """Within what 95 % of the lists are made, by filters and by words: each once, no two alike."""
    client = _client()
    filtered = ["&".join(filter(None, chosen)) for chosen in product(*FILTERS)]
    asked = [words for words in QUESTIONS if IN_INDIA not in words]
    worded = [f"q={words}{more}" for words in asked for more in ("", "&sort=updated", "&recruiting=india")]
    for what, queries in (("lists by filters", filtered), ("lists by words", worded)):
        found = [cost(query, partial(_read, client, f"/trials/?{query}"), 1) for query in queries]
        yield _worst(f"p95 of {len(found)} {what}", found)


def _worst(what: str, found: Sequence[Cost]) -> Cost:
    """Of the times each the one that 95 % stay below, of Python and database together under `best`."""
    together = [one.python + one.database for one in found]
    times = (together, [one.python for one in found], [one.database for one in found])
    best, python, database = (quantiles(each, n=20)[-1] for each in times)
    counts = (max(getattr(one, name) for one in found) for name in ("statements", "temporary", "scanned"))
    return Cost(what, best, python, database, *counts)


def _of_the_data() -> list[str]:
    """Pages of what has most: the hospital with most trials, where there is one, and trials of the newest."""
    listed = Listed()
    hospitals = listed.snapshot.counts("hospitals")
    largest = sorted(hospitals, key=lambda one: (hospitals[one], one))[-1:]
    first = listed.ids(listed.india_first(listed.snapshot.all, 0, 3))
    ids = list(Trial.objects.filter(pk__in=first).order_by("pk").values_list("primary_id", flat=True))
    file = max(first) // TRIALS_A_FILE
    return [
        *(f"/sites/{slug}/{page}" for slug in largest for page in ("", _last_page(hospitals[slug]))),
        *(f"/trials/{ids[0]}/", f"/trials/{ids[0]}/sheet/", f"/api/v1/trials/{ids[0]}"),
        *(
            f"/compare/?ids={','.join(ids)}",
            f"/shortlist/?ids={','.join(ids)}",
            f"/sitemap-trials-{file}.xml",
        ),
    ]


def _last_page(trials: int) -> str:
    return f"?page={-(-trials // PAGE_SIZE)}"


def _client() -> Client:
    """One whose answers nobody keeps: its middleware is loaded by the first request."""
    client = Client(headers={"host": "127.0.0.1"})
    with override_settings(KEEP_PAGES=False):
        client.get("/robots.txt")
    return client


def _read(client: Client, path: str) -> int:
    forget_pieces()
    answer = client.get(path)
    if answer.status_code != 200:
        raise ValueError(f"{path}: {answer.status_code}")
    return len(b"".join(answer)) if answer.streaming else len(answer.content)
