"""Measures `importers.places` on the hand-made answers of the benchmark folder beside the checkout."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from importers.places import locate
from trials.choices import INDIA
from trials.record import SiteRecord
from trials.vocabulary import table

BENCHMARK = Path(__file__).resolve().parents[3] / "shared" / "benchmark"
_ALSO_RIGHT = re.compile(r"alt=([^;(,]+)")
_PIN = re.compile(r"zip (\d{6})")


@dataclass(frozen=True, slots=True)
class PlaceScore:
    """How many of how many were right, and what was wrong in words."""

    right: int
    total: int
    wrong: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True)
class Clustering:
    """Pairs of texts put together: rightly, wrongly, and those that should have been."""

    precision: float
    recall: float


def cities(path: Path = BENCHMARK / "cities_dev.csv") -> PlaceScore:
    """City and state of each row of (raw city, raw state, PIN); `alt=` in the note is also right."""
    wrong = []
    rows = table.rows(path)
    for row in rows:
        place = locate(_site(city=row["raw_city"], state=row["raw_state"], postal_code=row["raw_zip"]))
        also = {name.strip() for name in _ALSO_RIGHT.findall(row["note"])}
        right = (place.city, place.state) == (row["city"], row["state"]) or place.city in also
        if not right:
            wrong.append(f"{row['raw_city']!r}: {place.city or 'unknown'}, not {row['city'] or 'unknown'}")
    return PlaceScore(len(rows) - len(wrong), len(rows), tuple(wrong))


def anonymity(path: Path = BENCHMARK / "facilities_dev.csv") -> PlaceScore:
    """Whether each text is taken as a hospital's name or as no name."""
    rows = table.rows(path)
    wrong = [row["raw_facility"] for row in rows if (not _hospital(row)[0]) != (row["anonymous"] == "yes")]
    return PlaceScore(len(rows) - len(wrong), len(rows), tuple(wrong))


def hospitals(path: Path = BENCHMARK / "facilities_dev.csv") -> Clustering:
    """Whether the spellings of one hospital come together, and only they. Counted in pairs."""
    rows = [row for row in table.rows(path) if row["anonymous"] == "no"]
    truth = [(row["hospital"], row["city"]) for row in rows]
    found = [_hospital(row) for row in rows]
    return clustering(truth, found)


def clustering(truth: Sequence[object], found: Sequence[object]) -> Clustering:
    """Pairwise precision and recall of one grouping against another."""
    pairs = [(truth[i] == truth[j], found[i] == found[j]) for i, j in combinations(range(len(truth)), 2)]
    both = sum(same and together for same, together in pairs)
    together_in_all = sum(together for _, together in pairs)
    same_in_all = sum(same for same, _ in pairs)
    return Clustering(
        both / together_in_all if together_in_all else 1.0, both / same_in_all if same_in_all else 1.0
    )


def report(shared: Path) -> Iterator[str]:
    """The scores of the places axis as text, and each place that is wrong."""
    folder = shared / "benchmark"
    city, name = cities(folder / "cities_dev.csv"), anonymity(folder / "facilities_dev.csv")
    pairs = hospitals(folder / "facilities_dev.csv")
    yield f"places: city accuracy {city.share:.3f} ({city.right} of {city.total})"
    yield f"places: anonymous or not {name.share:.3f} ({name.right} of {name.total})"
    yield f"places: hospital clusters P {pairs.precision:.3f}  R {pairs.recall:.3f}"
    for line in (*city.wrong, *name.wrong):
        yield f"    wrong  {line}"


def _hospital(row: dict[str, str]) -> tuple[str, str]:
    pin = _PIN.search(row["note"])
    place = locate(_site(row["raw_facility"], city=row["raw_city"], postal_code=pin[1] if pin else ""))
    return place.hospital, place.city


def _site(facility: str = "", *, city: str, state: str = "", postal_code: str = "") -> SiteRecord:
    return SiteRecord(facility, city=city, state=state, postal_code=postal_code, country=INDIA)
