"""ClinicalTrials.gov as the rest of the product knows it."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from importers.registries.base import Adapter, Fake, Sweeping
from importers.registries.ctgov import fetch
from importers.registries.ctgov.checks import CHECKS
from importers.registries.ctgov.description import DESCRIPTION
from importers.registries.ctgov.fake import serve_saved
from importers.registries.ctgov.files import KINDS
from importers.registries.ctgov.identity import examine, glance, recognise
from importers.registries.ctgov.parse import parse_value
from importers.registries.ctgov.schema import schema
from importers.registries.ctgov.sweep import QuestionSweep

ADAPTER = Adapter(
    description=DESCRIPTION,
    examine=examine,
    recognise=recognise,
    parse_value=parse_value,
    glance=glance,
    kinds=KINDS,
    kinds_words=_("ClinicalTrials.gov: .json, .jsonl, .jsonl.gz or .zip of studies."),
    network=Sweeping(
        open=fetch.session,
        checks=CHECKS,
        sweep=QuestionSweep,
        fetch_one=fetch.fetch_one,
        version=fetch.version,
        schema=schema,
    ),
    sample=Path(__file__).parents[2] / "sample/ctgov",
    fake=Fake(serve=serve_saved, setting="CTGOV_API_URL", options=frozenset({"most_words"})),
)
