"""A registry on this machine that speaks ClinicalTrials.gov's API v2, healthy or not.

with fake_ctgov(studies, faults=[Fault(status=429, headers={"Retry-After": "2"})]) as url:
"""

import json
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from importers.fake.server import FORBIDDEN, FakeRegistry, Fault, serve
from importers.registries.ctgov.essie import Index, TooComplicated
from importers.registries.ctgov.identity import identify
from importers.registries.ctgov.schema import paths_read

PREFIX = "/api/v2"
Record = dict[str, Any]
Asked = tuple[tuple[str, str], ...]
UNWELCOME = ("python-requests", "python-urllib", "Python-urllib", "python-httpx", "curl", "Go-http-client")
NCT = re.compile(r"NCT0*[1-9][0-9]{0,7}")
QUERIES = ("cond", "term", "locn", "titles", "intr", "outc", "spons", "lead", "id", "patient")
PARAMETERS: dict[str, tuple[str, ...]] = {
    "/version": (),
    "/studies/metadata": ("includeIndexedOnly", "includeHistoricOnly"),
    "/studies/enums": (),
    "/studies": (
        *(f"query.{area}" for area in QUERIES),
        *("format", "markupFormat", "fields", "filter.ids", "countTotal", "pageSize", "pageToken"),
    ),
}
FIELDS = {part.lower() for path in paths_read() for part in path.split(".")}
STATUSES = ("RECRUITING", "COMPLETED", "UNKNOWN", "WITHHELD")


@dataclass(kw_only=True)
class FakeStudies(FakeRegistry):
    """What ClinicalTrials.gov holds, how it searches and how it pages.

    It is as strict as the real one, in places stricter, and never kinder:
    - `Too complicated query` for more than `most_words` words in one query field (essie.py);
    - a page token holds for exactly the parameters it was given for. The description lets `pageSize` and
      `countTotal` change between pages; a client that repeats them all is right with both;
    - "`filter.phase` is unknown parameter" is what public clients were answered for parameters not in the
      description (github.com/snap-stanford/Biomni/pull/328, Cicatriiz/healthcare-mcp-public/issues/11);
    - a page of at most 1,000 studies, 10 where nothing or 0 is asked for; the total with the first page only
      (description of API 2.0.5);
    - a web page with 403 for programs that give no name of their own.
    """

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
    most_words: int | None = 12  # of one query field; None: no limit, as no real registry is
    _tokens: dict[str, tuple[Asked | None, int, int]] = field(default_factory=dict)
    _index: Index | None = None

    def respond(self, path: str, params: dict[str, str], user_agent: str) -> Fault:
        if user_agent.startswith(UNWELCOME) or not user_agent:
            return FORBIDDEN
        complaint = _complaint(path.removeprefix(PREFIX), params)
        try:
            status, value = (400, complaint) if complaint else self.answer(path, params)
        except TooComplicated:
            status, value = 400, "Too complicated query"
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
        """One page of the answer to a question."""
        size = int(params.get("pageSize", "0"))
        size = min(size or 10, 1000)
        asked = tuple(sorted((name, value) for name, value in params.items() if name != "pageToken"))
        number, start = 1, 0
        if token := params.get("pageToken"):
            known, number, start = self._tokens.get(token, (None, 0, 0))
            if known != asked:
                return 400, "`pageToken` is not valid for these parameters"
        found = self.found(params)
        end = start if number == self.empty_page else start + size
        shown = found[max(0, start - self.overlap) : end]
        answer: dict[str, object] = {"studies": [self.part(record, params) for record in shown]}
        if params.get("countTotal") == "true" and number == 1:
            answer["totalCount"] = len(found) if self.total is None else self.total
        if self.token_loop:
            answer["nextPageToken"] = self._token(asked, 2, size, "loop")
        elif end < len(found):
            answer["nextPageToken"] = self._token(asked, number + 1, end)
        return 200, answer

    def found(self, params: dict[str, str]) -> Sequence[Record]:
        """Records that every query and filter finds. Raises `TooComplicated`."""
        queries = [value for name, value in params.items() if name.startswith("query.") and value.strip()]
        ids = _ids(params.get("filter.ids", ""))
        for query in queries:
            if numbers := _ids(query):
                return self._numbered(numbers)  # filters are ignored, says the description of the API
        if not queries:
            return self._numbered(ids) if ids else self.records
        if self._index is None:
            self._index = Index(self.records)
        positions = set.intersection(*(self._index.find(query, self.most_words) for query in queries))
        found = [self.records[position] for position in sorted(positions)]
        return [record for record in found if not ids or _numbers(record) & ids]

    def _numbered(self, ids: set[str]) -> list[Record]:
        return [record for record in (*self.records, *self.unlisted) if _numbers(record) & ids]

    def part(self, record: Record, params: dict[str, str]) -> Record:
        """The fields asked for, with everything below them."""
        if "fields" not in params:
            return record
        return _pruned(record, {name.lower() for name in _listed(params["fields"])}) or {}

    def _token(self, asked: Asked, number: int, start: int, name: str = "") -> str:
        """A token never given before, for these parameters only."""
        token = name or f"{len(self._tokens):x}{secrets.token_urlsafe(8)}"
        self._tokens[token] = (asked, number, start)
        return token


def _listed(text: str) -> list[str]:
    return [part for part in re.split(r"[,|\s]+", text) if part]


def _ids(text: str) -> set[str]:
    """The NCT numbers in a list of nothing else, else none."""
    parts = {part.upper() for part in _listed(text)}
    return parts if all(map(NCT.fullmatch, parts)) else set()


def _numbers(record: Record) -> set[str]:
    """A study is found by its number and its former ones."""
    identity = record["protocolSection"].get("identificationModule", {})
    return {identity.get("nctId", ""), *identity.get("nctIdAliases", ())}


def _pruned(value: Record, names: set[str]) -> Record:
    """The parts of a record under these names; a branch brings all below it."""
    kept = {}
    for name, below in value.items():
        if name.lower() in names:
            kept[name] = below
        elif isinstance(below, dict) and (part := _pruned(below, names)):
            kept[name] = part
        elif isinstance(below, list):
            parts = [part for item in below if isinstance(item, dict) and (part := _pruned(item, names))]
            kept |= {name: parts} if parts else {}
    return kept


def _complaint(path: str, params: dict[str, str]) -> str:
    """What is wrong with a request, "" where nothing is."""
    allowed = PARAMETERS.get(path, ("format", "markupFormat", "fields"))
    for name, value in params.items():
        if name not in allowed:
            return f"`{name}` is unknown parameter"
        if name == "format" and value != "json":
            return "`format` must be one of: json"
        if name == "pageSize" and not (value.isascii() and value.isdecimal()):
            return "`pageSize` must be a number"
        if name == "filter.ids" and value and not _ids(value):
            return "`filter.ids` must be a list of NCT numbers"
        if name == "fields" and not (_listed(value) and FIELDS.issuperset(map(str.lower, _listed(value)))):
            return "`fields` must be a list of known fields"
    return ""


@contextmanager
def fake_ctgov(
    records: Sequence[Record] = (), *, faults: Iterable[Fault] = (), port: int = 0, **how: Any
) -> Iterator[str]:
    """The same from its parts; `how` are fields of `FakeStudies`. What is asked is written to `requests`."""
    with serve(FakeStudies(records=records, faults=iter(faults), **how), port, PREFIX) as url:
        yield url


def serve_saved(raws: Sequence[bytes], **how: Any) -> AbstractContextManager[str]:
    """The same from raw copies. The last of several copies of one study counts."""
    return fake_ctgov(list({identify(raw): json.loads(raw) for raw in raws}.values()), **how)
