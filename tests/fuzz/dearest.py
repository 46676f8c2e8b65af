"""`python -m tests.fuzz.dearest SECONDS`: the address that costs most to answer, looked for by climbing.

On the catalogue of TRIALFINDER_DATA_DIR. From the dearest addresses so far it makes others: a parameter more
or less, words longer or of other letters. The cost is the processor time of Python and of the database for an
answer. The dearest one found is what `tests/load.py` sends.
"""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import NamedTuple
from urllib.parse import urlencode

from tests.served import prepare

PATHS = (
    *("/trials/", "/hi/trials/", "/clinic/", "/match/", "/sites/", "/changes/", "/changes/feed/", "/map/"),
    *("/api/v1/trials", "/api/v1/facets", "/api/v1/trials.csv", "/conditions/lbcl/", "/trials/compare/"),
)
WORDS = (
    *("cd19", "safety", "study of patients with", "लिम्फोमा मुंबई", "leukemia or lymphoma", "car t near delhi"),
    *(
        "\ufdfa",
        "\u0390",
        "ß",
        "\ufb03",
        "a",
        "%",
        "'",
        "0",
        "NCT",
        "CTRI/",
        "\u202e",
        "🧬",
        "e\u0301",
        "x" * 60,
    ),
)
CLOSED = (
    "lbcl",
    "aml",
    "myeloma",
    "mumbai",
    "delhi",
    "maharashtra",
    "400012",
    "cd19",
    "1",
    "62",
    "500",
    "1000",
)
LONGEST = 8000
"""Characters of an address; gunicorn takes 8,190."""
KEPT = 20
"""Of the dearest addresses, from which others are made."""


class Address(NamedTuple):
    path: str
    query: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path


def dearest(
    cost: Callable[[Address], float], values: Mapping[str, Sequence[str]], seconds: float, random: Random
) -> list[tuple[float, Address]]:
    """The dearest first."""
    known = {address: cost(address) for address in map(Address, PATHS)}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        best = sorted(known, key=lambda address: -known[address])[:KEPT]
        known = {address: known[address] for address in best}
        address = changed(random.choice(best), values, random)
        if len(str(address)) <= LONGEST and address not in known:
            known[address] = cost(address)
    return sorted(((spent, address) for address, spent in known.items()), reverse=True)


def changed(address: Address, values: Mapping[str, Sequence[str]], random: Random) -> Address:
    """Another one near it."""
    query = list(address.query)
    kind = random.randrange(5) if query else 0
    if kind == 0:
        name = random.choice([*values, "q"])
        query.append((name, random.choice(values[name])))
    elif kind == 1:
        query.pop(random.randrange(len(query)))
    elif kind == 2:
        return address._replace(path=random.choice(PATHS))
    else:  # more of the same words, or of others
        place = random.randrange(len(query))
        name, words = query[place]
        more = words if kind == 3 else random.choice(values[name])
        query[place] = (name, (words + random.choice(("", " ")) + more)[:500])
    return address._replace(query=tuple(query))


def main(seconds: float) -> None:
    prepare(int(os.environ.get("PORT", "8099")))
    from django.test import Client, override_settings

    from importers.bench import cost as clock
    from trials.search.filters import FILTERS

    client = Client(headers={"host": "127.0.0.1"})

    def cost(address: Address) -> float:
        taken = clock.cost("", lambda: client.get(str(address)), rounds=1)
        return taken.python + taken.database

    values = {row.name: (*(row.choices.values if row.choices else ()), *CLOSED, *WORDS) for row in FILTERS}
    with override_settings(PAGES_PER_MINUTE=0, API_PER_MINUTE=0):
        found = dearest(cost, values, seconds, Random(19))  # noqa: S311  # no secret
    for milliseconds, address in found[:5]:
        print(f"{milliseconds:7.0f} ms  {address}"[:400])


if __name__ == "__main__":
    main(float(sys.argv[1]))
