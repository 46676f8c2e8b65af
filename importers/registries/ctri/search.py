"""Which trialid to ask for next when only the CTRI number of a trial is known. Pure: no network, no database.

The last six digits of a number count registrations. Half of all trials are registered when the front of
the trialids passes theirs, three quarters within 56 days, nine tenths within 81, the last after 704 (see
docs/registries/ctri.md). So each page says where the front stood when the wanted number was given:

    front = its trialid + (wanted - its own last six digits) * trialids for one registration + its delay

`NumberSearch` holds how likely each place of the front is, and asks for the trialid that is most likely after
the delay of the wanted trial is taken off. About 40 % of the trialids hold nothing; those only fall out.
"""

import math
from collections.abc import Mapping
from itertools import accumulate

from importers.registries.ctri import numbers
from importers.registries.ctri.front import LATEST, Window

CELL = 32
"""Trialids that are weighed together."""
IDS_PER_REGISTRATION = 1.6
"""60 % of the trialids lead to a registration; between 1.35 and 1.7 in the years we know."""
UNSURE = 0.15
"""How wrong that may be."""
PROMPT = 0.5
"""The share of trials that are registered without delay."""
DELAYS = (
    (0.0, 2.0, 0.03),
    (2.0, 5.0, 0.035),
    (5.0, 20.0, 0.092),
    (20.0, 56.0, 0.093),
    (56.0, 81.0, 0.15),
    (81.0, 200.0, 0.05),
    (200.0, float(LATEST.days), 0.05),
)
"""Days of delay from and to, and the share of trials; below 56 days shorter ones are more frequent."""
AROUND = ((-1.0, 1.0, 0.4), (-5.0, 5.0, 0.06), (-20.0, 20.0, 0.04), (-90.0, 0.0, 0.01))
"""The same for trials without delay: the order within a day is any, and the front is known inexactly."""
ODD = 1e-5
"""Weight a day of a page that fits nowhere, so that no single page decides."""
MARGIN_DAYS = 120
"""How far the front may be outside of its window."""
NEAREST_PAGES = 300
"""Pages known beforehand that are listened to: those with the nearest numbers."""
BATCH = 10
"""The way is thought over again after every tenth part more of what was asked."""


class NumberSearch:
    """The search for one number, among the trialids from `first` to `last`."""

    def __init__(self, number: str, window: Window) -> None:
        self.wanted = numbers.sequence(number)
        self.a_day = window.a_day
        margin = round(MARGIN_DAYS * self.a_day)
        self._low = max(1, window.first - margin)  # the front is not below
        self.last = window.last + margin
        self.first = max(1, self._low - round(LATEST.days * self.a_day))
        self._cells = max(1, -(-(self.last - self._low) // CELL))
        self._below = -(-(self._low - self.first) // CELL)
        self._front = [self._prior(self._middle(cell), window) for cell in range(self._cells)]
        self._visited: set[int] = set()
        self._asked = 0

    def know(self, seen: Mapping[int, int | None]) -> None:
        """Trialids visited before: the last six digits of the number found there, or None."""
        self._visited.update(seen)
        pages = [(trial_id, sequence) for trial_id, sequence in seen.items() if sequence is not None]
        pages.sort(key=lambda page: abs(page[1] - self.wanted))
        for trial_id, sequence in pages[:NEAREST_PAGES]:
            self._listen(trial_id, sequence)

    def learn(self, trial_id: int, sequence: int | None) -> None:
        """The same for a trialid that was visited just now."""
        self._visited.add(trial_id)
        self._asked += 1
        if sequence is not None:
            self._listen(trial_id, sequence)

    def next_ids(self) -> list[int]:
        """The trialids to visit next, likeliest first; more of them the longer it takes, none at the end."""
        size = 1 + self._asked // BATCH
        weights = self._weights()
        chosen: list[int] = []
        for cell in sorted(range(len(weights)), key=lambda cell: (-weights[cell], -cell)):
            first = self._low + (cell - self._below) * CELL
            ids = range(max(first, self.first), min(first + CELL, self.last + 1))
            chosen += (trial_id for trial_id in ids if trial_id not in self._visited)
            if len(chosen) >= size:
                break
        return chosen[:size]

    def _middle(self, cell: int) -> float:
        return self._low + (cell + 0.5) * CELL

    def _prior(self, place: float, window: Window) -> float:
        """The logarithm of the weight of a place of the front before any page is read."""
        outside = max(0.0, window.month_first - place, place - window.last)
        return -outside / (20 * self.a_day)

    def _listen(self, trial_id: int, sequence: int) -> None:
        """Weigh every place of the front by what a page says of it."""
        ahead = (self.wanted - sequence) * IDS_PER_REGISTRATION
        blur = 1 + UNSURE * abs(ahead) / self.a_day  # days
        peak = PROMPT / (blur * math.sqrt(2 * math.pi))
        for cell in range(self._cells):
            days = (self._middle(cell) - trial_id - ahead) / self.a_day
            weight = ODD
            if abs(days) < 6 * blur:
                weight += peak * math.exp(-0.5 * (days / blur) ** 2)
            for begin, end, share in DELAYS:
                if begin <= days < end:
                    weight += share / (end - begin)
            self._front[cell] += math.log(weight)

    def _weights(self) -> list[float]:
        """How likely the page is in each cell, the cells below the front's included.

        For each stretch of delays that is the weight of the front over this stretch above the cell: a
        difference of two sums, which are continued on both sides so that no stretch leaves them.
        """
        highest = max(self._front)
        sums = list(accumulate((math.exp(weight - highest) for weight in self._front), initial=0.0))
        spread = [(share, *self._in_cells(begin, end)) for begin, end, share in (*AROUND, *DELAYS)]
        before = self._below - min(near for _share, near, _far in spread)
        after = max(far for _share, _near, far in spread)
        sums = [0.0] * before + sums + [sums[-1]] * after
        cells = self._below + self._cells
        weights = [0.0] * cells
        for share, near, far in spread:
            first, last = before - self._below + near, before - self._below + far
            height = share / (far - near)
            ends = zip(sums[last : last + cells], sums[first : first + cells], strict=True)
            rises = [height * (upper - lower) for upper, lower in ends]
            weights = [weight + rise for weight, rise in zip(weights, rises, strict=True)]
        return weights

    def _in_cells(self, begin: float, end: float) -> tuple[int, int]:
        """A stretch of days in whole cells, one at least."""
        near = math.floor(begin * self.a_day / CELL + 0.5)
        return near, max(near + 1, math.ceil(end * self.a_day / CELL))
