"""Compiles the translations: `python -m trialfinder.catalogues`, for machines without gettext."""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"
PLAIN_TEXT = {"Content-Type": "text/plain; charset=UTF-8"}
"""What a catalogue without a heading is."""


def compile_all(folder: Path) -> None:
    for written in folder.glob("*/LC_MESSAGES/*.po"):
        catalogue = polib.pofile(str(written), encoding="utf-8")
        catalogue.metadata = PLAIN_TEXT | catalogue.metadata
        catalogue.save_as_mofile(str(written.with_suffix(".mo")))


if __name__ == "__main__":
    compile_all(LOCALE)
