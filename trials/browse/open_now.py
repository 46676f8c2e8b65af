"""Where trials are open in India now, counted once for the first page.

The same trials as the list shows without any filter: cancers. "Open" is the word of today
(`trials.catalogue.compose`).
"""

from dataclasses import dataclass

from trials.browse.india_map import TileMap, draw
from trials.search.search import Search


@dataclass(frozen=True, slots=True)
class OpenInIndia:
    """`hospitals` are those known by name where a trial is open; `map.total` is the number of trials."""

    hospitals: int
    map: TileMap


def open_in_india(asked: Search) -> OpenInIndia:
    """Of a search for what recruits in India."""
    hospitals = asked.listed.snapshot.counted("open_hospitals", asked.hits)
    return OpenInIndia(hospitals=len(hospitals), map=draw(asked))
