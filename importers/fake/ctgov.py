"""A registry on this machine that speaks ClinicalTrials.gov's API v2, healthy or not.

with fake_ctgov(studies, faults=[Fault(status=429, headers={"Retry-After": "2"})]) as url:
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from importers.fake.server import Fault, Registry, serve
from importers.registries.ctgov.schema import paths_read

PREFIX = "/api/v2"
Record = dict[str, Any]
STATUSES = ("RECRUITING", "COMPLETED", "UNKNOWN", "WITHHELD")


@dataclass(kw_only=True)
class Catalogue(Registry):
    """What ClinicalTrials.gov holds, and how it pages."""

    records: Sequence[Record]
    total: int | None = None  # announced instead of the true one
    empty_page: int | None = None  # number of a page that comes empty while more follow
    overlap: int = 0  # studies at the head of each page that the page before had too
    token_loop: bool = False  # the second page leads to itself
    data_timestamp: str = "2026-11-20T09:00:05"
    moving: int = 0  # so many looks at the version find data made anew
    unlisted: Sequence[Record] = ()  # found by their id only
    renamed: str = ""  # a field that the description calls otherwise
    words: Sequence[str] = STATUSES

    def respond(self, path: str, params: dict[str, str]) -> Fault:
        status, value = self.answer(path, params)
        if status == 301:
            return Fault(301, headers={"Location": str(value)})
        if status != 200:
            return Fault(status, str(value).encode(), "text/plain")
        return Fault(body=json.dumps(value).encode())

    def answer(self, path: str, params: dict[str, str]) -> tuple[int, object]:
        """Status, and a JSON value or (text for) an error. A 301 gives the path it leads to."""
        if path == f"{PREFIX}/version":
            return 200, {"apiVersion": "2.0.5", "dataTimestamp": self.stamp()}
        if path == f"{PREFIX}/studies/metadata":
            return 200, self.fields()
        if path == f"{PREFIX}/studies/enums":
            return 200, [{"type": "Status", "pieces": [], "values": [{"value": word} for word in self.words]}]
        if path == f"{PREFIX}/studies":
            return self.page(params)
        if path.startswith(f"{PREFIX}/studies/"):
            return self.study(path.rsplit("/", 1)[1])
        return 404, "Not Found"

    def stamp(self) -> str:
        if not self.moving:
            return self.data_timestamp
        self.moving -= 1
        return f"{self.data_timestamp}.{self.moving}"

    def fields(self) -> list[dict[str, Any]]:
        """The description of the fields, `renamed` under another name."""
        top: dict[str, Any] = {"children": []}
        for path in paths_read():
            node = top
            for part in path.split("."):
                name = f"{part}New" if part == self.renamed else part
                known = {child["name"]: child for child in node["children"]}
                if name not in known:
                    known[name] = {"name": name, "piece": name, "sourceType": "TEXT", "type": "text"}
                    known[name]["children"] = []
                    node["children"].append(known[name])
                node = known[name]
            if path.endswith("overallStatus"):
                node["type"] = "Status"
        return list(top["children"])

    def study(self, nct_id: str) -> tuple[int, object]:
        for record in (*self.records, *self.unlisted):
            identity = record["protocolSection"]["identificationModule"]
            if identity["nctId"] == nct_id:
                return 200, record
            if nct_id in identity.get("nctIdAliases", ()):
                return 301, f"{PREFIX}/studies/{identity['nctId']}"
        return 404, f"NCT number {nct_id} not found"

    def page(self, params: dict[str, str]) -> tuple[int, object]:
        size = min(int(params.get("pageSize", "10")) or 10, 1000)
        sweep = _digest({k: v for k, v in params.items() if k not in ("pageToken", "pageSize", "countTotal")})
        number, start = 1, 0
        if token := params.get("pageToken"):
            number, start, same = _read_token(token)
            if same != sweep:
                return 400, "`pageToken` is not of this query"
        end = start if number == self.empty_page else start + size
        answer: dict[str, object] = {"studies": list(self.records[max(0, start - self.overlap) : end])}
        if params.get("countTotal") == "true" and number == 1:
            answer["totalCount"] = len(self.records) if self.total is None else self.total
        if self.token_loop:
            answer["nextPageToken"] = _token(2, size, sweep)
        elif end < len(self.records):
            answer["nextPageToken"] = _token(number + 1, end, sweep)
        return 200, answer


def _token(number: int, start: int, sweep: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([number, start, sweep]).encode()).decode()


def _read_token(token: str) -> tuple[int, int, str]:
    """Number and start of the page, and which query it belongs to ("" for a token not of ours)."""
    try:
        number, start, sweep = json.loads(base64.urlsafe_b64decode(token))
    except ValueError:
        return 0, 0, ""
    return number, start, sweep


def _digest(params: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()[:12]


@contextmanager
def fake_ctgov(
    records: Sequence[Record] = (), *, faults: Iterable[Fault] = (), port: int = 0, **how: Any
) -> Iterator[str]:
    """The same from its parts; `how` are fields of `Catalogue`. What is asked is written to `requests`."""
    with serve(Catalogue(records=records, faults=iter(faults), **how), port, PREFIX) as url:
        yield url
