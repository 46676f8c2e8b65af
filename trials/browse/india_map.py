"""The tile-grid map of India: how many trials recruit in each state and union territory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from trials.search.listed import Listed
from trials.search.parameters import Recruiting
from trials.search.search import Search
from trials.vocabulary.tiles import Tile, tiles

SIDE = 46
"""Units of the drawing a square takes, its gap included; on a phone one unit is about a pixel."""
MANY = 5
"""From so many trials on a square is drawn in the strongest shade."""


@dataclass(frozen=True, slots=True)
class Square:
    """One state on the map: where it is drawn, how many trials recruit there, and the list of them."""

    tile: Tile
    count: int
    link: str

    @property
    def state(self) -> str:
        return self.tile.state

    @property
    def x(self) -> int:
        return (self.tile.column - 1) * SIDE

    @property
    def y(self) -> int:
        return (self.tile.row - 1) * SIDE

    @property
    def shade(self) -> str:
        """`none`, `some` or `many`; the number stands in the square as well."""
        if not self.count:
            return "none"
        return "many" if self.count >= MANY else "some"


@dataclass(frozen=True, slots=True)
class TileMap:
    """Every square, and the counts of what the map cannot show."""

    squares: Sequence[Square]
    total: int  # trials recruiting in India; one that recruits in three states counts once
    unplaced: int  # of them without any state that the map knows

    @property
    def width(self) -> int:
        return SIDE * max(square.tile.column for square in self.squares)

    @property
    def height(self) -> int:
        return SIDE * max(square.tile.row for square in self.squares)

    @property
    def with_trials(self) -> list[Square]:
        """States with a recruiting trial, most first."""
        return sorted((s for s in self.squares if s.count), key=lambda s: (-s.count, s.state))

    @property
    def without_trials(self) -> list[Square]:
        return sorted((s for s in self.squares if not s.count), key=lambda s: s.state)


def tile_map(condition: str = "", listed: Listed | None = None) -> TileMap:
    """The map of one condition, or of all cancers. One statement, none where the trials are at hand."""
    asked = Search(condition=(condition,) if condition else (), recruiting=Recruiting.INDIA)
    return draw(replace(asked, listed=listed or asked.listed), condition)


def draw(asked: Search, condition: str = "") -> TileMap:
    """The map of what recruits in India."""
    snapshot = asked.listed.snapshot
    counts = snapshot.counted("open_states", asked.hits)
    placed = asked.hits & snapshot.union("open_states", (tile.state for tile in tiles()))
    return TileMap(
        squares=[Square(tile, counts.get(tile.state, 0), _link(tile.state, condition)) for tile in tiles()],
        total=len(asked.hits),
        unplaced=len(asked.hits) - len(placed),
    )


def _link(state: str, condition: str) -> str:
    asked = {"state": state, "recruiting": Recruiting.INDIA.value}
    query = urlencode(asked | ({"condition": condition} if condition else {}))
    return f"{reverse('trials:list')}?{query}"
