"""Saved pages of CTRI, and exports of WHO ICTRP that tell which pages there are."""

from typing import IO

from importers.files.documents import MAX_DOCUMENT, MB, Items, Unreadable, nested, web_page
from importers.registries.ctri.ictrp import pointers


def _export(stream: IO[bytes], origin: str) -> Items:
    export = stream.read(MAX_DOCUMENT + 1)
    if len(export) > MAX_DOCUMENT:
        yield Unreadable(origin, f"more than {MAX_DOCUMENT // MB} MB; split the export")
        return
    found = pointers(export, origin)
    first = next(found, None)
    if first is None:
        yield Unreadable(origin, "no export of WHO ICTRP that names a trial of CTRI with its address")
        return
    yield first
    yield from found


KINDS = {".html": web_page, ".htm": web_page, ".xml": _export, ".csv": _export, ".zip": nested}
