"""How much is open now, counted once for the first page: in India, abroad, and listed at all.

The same trials as the list shows without any filter: cancers. "Open" is the word of today
(`trials.catalogue.compose`); what nobody knows to be open is only listed.
"""

from dataclasses import dataclass

from django.db.models import Count, Q

from trials.browse.india_map import TileMap, draw
from trials.choices import INDIA
from trials.models.lookups import RECRUITING_ANYWHERE, RECRUITING_IN_INDIA
from trials.search.parameters import Recruiting
from trials.search.search import Search

_NAMES_ANOTHER_COUNTRY = ~Q(countries__contained_by=[INDIA])  # without any country it is not known to be abroad


@dataclass(frozen=True, slots=True)
class OpenNow:
    """Numbers of trials. A trial that is open in India and abroad counts in India only."""

    in_india: int
    hospitals: int  # in India, known by name, where one of them is open
    abroad: int
    listed: int
    map: TileMap


def open_now() -> OpenNow:
    """Two queries, whatever the number of trials."""
    places = Search(recruiting=Recruiting.INDIA).matching().values_list("open_states", "open_hospitals")
    rows = list(places)
    abroad = RECRUITING_ANYWHERE & ~RECRUITING_IN_INDIA & _NAMES_ANOTHER_COUNTRY
    counted = Search().matching().aggregate(listed=Count("pk"), abroad=Count("pk", filter=abroad))
    return OpenNow(
        in_india=len(rows),
        hospitals=len({hospital for _, hospitals in rows for hospital in hospitals}),
        map=draw(states for states, _ in rows),
        **counted,
    )
