"""Names of sponsors and investigators: who has all the words of a name, and which names most trials have."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyroaring import BitMap

from trials.search.snapshot.columns import LINE
from trials.search.snapshot.stored import Snapshot, Writer

MOST_SUGGESTED = 20
"""Names of most trials that are offered. Each counts the trials of all names that contain its words."""
WIDE = 20_000
"""Of more trials than these the names are chosen among the `KEPT` that most listed trials have."""
KEPT = 100


def put_names(
    writer: Writer, column: str, total: int, texts: Mapping[str, "array[int]"], shown: Mapping[str, str]
) -> None:
    """`texts` are positions by the text as it stands, `shown` a text for each key.

    Written are all keys, what they look like, the positions of each, and the key of each position.
    """
    keys = sorted(key for key in shown if key)
    numbers = {key: number for number, key in enumerate(keys)}
    of = array("I", bytes(4 * total))
    by_key: list[array[int]] = [array("I") for _ in keys]
    for key, positions in texts.items():
        if key:
            by_key[numbers[key]].extend(positions)
            for position in positions:
                of[position] = numbers[key] + 1
    starts, everything = array("I", [0]), array("I")
    for positions in by_key:
        everything.extend(positions)
        starts.append(len(everything))
    writer.array(f"{column} of", of)
    writer.array(f"{column} starts", starts)
    writer.array(f"{column} positions", everything)
    writer.texts(f"{column} keys", keys)
    writer.texts(f"{column} shown", [shown[key] for key in keys])
    if total > WIDE:
        sizes = {number: len(positions) for number, positions in enumerate(by_key)}
        most = _most(sizes, _parted(keys, [shown[key] for key in keys]))
        named, held = {}, {}
        for key, name in most[:KEPT]:
            named[name] = _union(by_key, (n for n, text in enumerate(keys) if key in text.split(LINE)))
            held[name] = _union(by_key, _with_words(keys, key))
        writer.bitmaps(f"{column} named", named)
        writer.bitmaps(f"{column} held", held)


def holding(snapshot: Snapshot, column: str, word: str) -> BitMap:
    """Trials whose names hold this word, given in the form of the keys."""
    starts, positions = snapshot.numbers(f"{column} starts"), snapshot.numbers(f"{column} positions")
    found = BitMap()
    for number, key in enumerate(snapshot.texts(f"{column} keys")):
        if word in key:
            found.update(positions[starts[number] : starts[number + 1]])
    return found


def suggestions(snapshot: Snapshot, column: str, hits: BitMap) -> dict[str, int]:
    """The names that most of these trials have, each with the trials that hold all its words."""
    if len(hits) > WIDE:
        named = snapshot.counted(f"{column} named", hits)
        most = sorted(named, key=lambda name: -named[name])[:MOST_SUGGESTED]
        return {name: len(hits & snapshot.having(f"{column} held", name)) for name in most}
    of = snapshot.numbers(f"{column} of")
    numbers = Counter([of[position] for position in hits])
    del numbers[0]
    counts = Counter({number - 1: count for number, count in numbers.items()})
    keys = snapshot.once(f"{column} keys", lambda: snapshot.texts(f"{column} keys"))
    parted = snapshot.once(f"{column} parted", lambda: _parted(keys, snapshot.texts(f"{column} shown")))
    holders: dict[str, list[int]] = snapshot.once(f"{column} holders", dict)
    found = {}
    for key, name in _most(counts, parted)[:MOST_SUGGESTED]:
        if key not in holders:
            holders[key] = list(_with_words(keys, key))
        found[name] = sum(counts[number] for number in holders[key])
    return found


def _parted(keys: Iterable[str], shown: Iterable[str]) -> list[list[tuple[str, str]]]:
    """The single names of each text as (key, name)."""
    both = zip(keys, shown, strict=True)
    return [list(zip(key.split(LINE), names.split(LINE), strict=False)) for key, names in both]


def _most(counts: Mapping[int, int], parted: Sequence[list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """Single names as (key, name), those of most trials first."""
    totals: dict[str, int] = {}
    names: dict[str, str] = {}
    for number, count in counts.items():
        for key, name in parted[number]:
            totals[key] = totals.get(key, 0) + count
            names[key] = min(name, names.get(key, name))
    return [(key, names[key]) for key in sorted(totals, key=lambda key: (-totals[key], key))]


def _with_words(keys: Iterable[str], name: str) -> Iterator[int]:
    """Numbers of the keys that hold all words of a name; the longest word rules most of them out."""
    longest, *others = sorted(name.split(" "), key=len, reverse=True)
    holding = [(number, key) for number, key in enumerate(keys) if longest in key]
    return (number for number, key in holding if all(word in key for word in others))


def _union(by_key: list["array[int]"], numbers: Iterable[int]) -> BitMap:
    found = BitMap()
    for number in numbers:
        found.update(by_key[number])
    return found
