"""Compiles the translations: `python -m trialfinder.catalogues`, for machines without gettext."""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_all(folder: Path) -> None:
    for written in folder.glob("*/LC_MESSAGES/*.po"):
        polib.pofile(str(written)).save_as_mofile(str(written.with_suffix(".mo")))


if __name__ == "__main__":
    compile_all(LOCALE)
