"""What lies beside the data of a dump: its dictionary as a data package, how to read it, and its terms.

`datapackage.json` follows https://specs.frictionlessdata.io/data-package/ and /tabular-data-package/.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from trials import registries
from trials.models import RegistrySource
from trials.open_data.columns import TRIALS, Column
from trials.open_data.dumps.database import TABLES
from trials.open_data.dumps.shelf import PACKAGE, sha256

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
"""Of what this site adds: labels, readings of criteria, matched records, places."""


def schema(columns: Sequence[Column[Any]]) -> dict[str, Any]:
    """A table schema: each column with its type and what it says."""
    fields = [{"name": one.name, "type": one.type, "description": str(one.about)} for one in columns]
    return {"fields": fields, "primaryKey": "id", "missingValues": [""]}


def write_package(made: Path, *, created: datetime, trials: int, version: str) -> None:
    """`datapackage.json`, `README.txt` and `LICENCE.txt` beside the finished data, in English."""
    with override(settings.LANGUAGE_CODE):
        described = _package(made, created, trials, version)
        (made / PACKAGE).write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
        context = {"site": settings.SITE_URL, "created": created, "trials": trials, "sources": _sources()}
        for name in ("README.txt", "LICENCE.txt"):
            words = render_to_string(f"trials/dump/{name}", context)
            (made / name).write_text(words, encoding="utf-8")


def _package(made: Path, created: datetime, trials: int, version: str) -> dict[str, Any]:
    csv = {
        "profile": "tabular-data-resource",
        "schema": schema(TRIALS),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
    }
    return {
        "profile": "data-package",
        "name": "car-t-trials-india",
        "title": "CAR T-cell therapy trials, with those in India in detail",
        "homepage": f"{settings.SITE_URL}/open-data/",
        "created": created.isoformat(),
        "version": version,
        "trials": trials,
        "licenses": [LICENCE],
        "sources": _sources(),
        "resources": [
            _resource(made, "trials.csv", "text/csv", csv),
            _resource(made, "trials.ndjson.gz", "application/gzip", {}),
            _resource(made, "trials.sqlite", "application/vnd.sqlite3", {"tables": _tables()}),
        ],
    }


def _tables() -> dict[str, Any]:
    """The columns of the database; `trial` of the smaller tables is the `id` of `trials`."""
    described = {name: schema(columns) for name, columns in TABLES.items()}
    for name in described.keys() - {"trials"}:
        described[name]["primaryKey"] = []
        described[name]["foreignKeys"] = [
            {"fields": "trial", "reference": {"resource": "trials", "fields": "id"}}
        ]
    return described


def _resource(made: Path, name: str, media: str, more: dict[str, Any]) -> dict[str, Any]:
    path = made / name
    return {
        "name": name.replace(".", "-"),
        "path": name,
        "format": path.suffix[1:],
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
        **more,
    }


def _sources() -> list[dict[str, str]]:
    """The registries, each with the date of its data as far as we know it, and its terms."""
    known = RegistrySource.objects.in_bulk()
    sources = []
    for slug, described in registries.known().items():
        source = known.get(slug) or RegistrySource(registry=slug)
        read = timezone.localdate(source.read_at).isoformat() if source.read_at else ""
        version = {"version": source.data_timestamp or read}
        sources.append({"title": described.label, "terms": str(described.terms), **version})
    return sources
