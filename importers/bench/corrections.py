"""The rules against what people decided at the desk: `manage.py bench --corrections FILE`."""

from collections.abc import Iterator
from pathlib import Path

from importers.bench.labels import COLUMNS, measure, read, records
from importers.bench.scores import lines


def report(path: Path, shared: Path) -> Iterator[str]:
    """The four axes over the corrected studies whose records are at hand."""
    rows = read(path)
    if missing := [column for column in COLUMNS if rows and column not in rows[0]]:
        yield f"corrections: {path.name} has no column {', '.join(missing)}"
        return
    known = records(shared)
    yield f"corrections: {len(rows)} studies, {sum(row['id'] in known for row in rows)} of them at hand"
    for axis in measure(rows, known):
        yield from lines(axis)
        yield ""
