"""One function for each door: it takes any bytes, and raises only where the product is at fault."""

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

from django.http import QueryDict
from django.utils.translation import override

from importers.classify import classify
from importers.files import archives
from importers.records import ParseError
from importers.registries import ctgov, ctri
from importers.registries.ctgov import files as ctgov_files
from importers.registries.ctri import files as ctri_files
from importers.registries.ctri import ictrp
from trials import registries, telephone
from trials.explain.registry_html import registry_html
from trials.models.fulltext import clean_text
from trials.record import TrialRecord
from trials.search.parameters import ParameterError
from trials.search.search import Search
from trials.search.understand import understand

PAYLOADS = Path(__file__).resolve().parents[1] / "payloads"
SECONDS = 5.0
"""Of processor time. No input that fits through a door may take longer."""


def ctri_page(data: bytes) -> None:
    """A page that CTRI, or somebody in its place, served."""
    _classified(ctri.parse, data)


def ctgov_study(data: bytes) -> None:
    """A study as ClinicalTrials.gov sends it, or as somebody uploads it."""
    _classified(ctgov.parse, data)


def _classified(parse: Callable[[bytes], TrialRecord], data: bytes) -> None:
    try:
        record = parse(data)
    except ParseError:
        return
    classify(record)


def export(data: bytes) -> None:
    """An export of WHO ICTRP."""
    list(ictrp.pointers(data, "export"))


def uploaded(data: bytes) -> None:
    """Saved records; the first byte says under which name."""
    kinds = [(ending, files) for files in (ctgov_files.KINDS, ctri_files.KINDS) for ending in files]
    ending, files = kinds[data[0] % len(kinds)] if data else kinds[0]
    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder) / f"saved{ending}"
        saved.write_bytes(data[1:])
        list(archives.read(saved, files))


def question(data: bytes) -> None:
    """Words in the search box."""
    understand(data.decode(errors="surrogateescape"))


def parameters(data: bytes) -> None:
    """The query of an address, as far as PostgreSQL."""
    try:
        search = Search.from_query(QueryDict(data.decode("latin-1")))
    except ParameterError as error:
        error.message.encode()
        return
    str(search.results().query)


def address(data: bytes) -> None:
    """A registry id, or the address of a registry's page, in the path of ours."""
    text = clean_text(data.decode(errors="surrogateescape"))
    registries.find_id(text)
    registries.find_page(text)


def contact(data: bytes) -> None:
    """A telephone number as a registry has it."""
    telephone.find_phones(data.decode(errors="replace"), "India")


def registry_text(data: bytes) -> None:
    """Criteria as a registry has them, in both languages."""
    for language in ("en", "hi"):
        with override(language):
            registry_html(data.decode(errors="replace"), language)


TARGETS: dict[str, Callable[[bytes], None]] = {
    door.__name__: door
    for door in (
        *(ctri_page, ctgov_study, export, uploaded, question),
        *(parameters, address, contact, registry_text),
    )
}


def seeds(name: str) -> Iterable[bytes]:
    """What a fuzzer begins with: right input, which it then damages."""
    study = (PAYLOADS / "ctgov" / "full.json").read_bytes()
    pages = [path.read_bytes() for path in sorted((PAYLOADS / "ctri").glob("*.html"))]
    if name == "uploaded":
        return [b"\0" + study, b"\x02" + json.dumps(json.loads(study)).encode(), b"\x04" + _zipped(study)]
    return {
        "ctri_page": pages,
        "ctgov_study": [study],
        "export": [b"<Trials_downloaded_from_ICTRP><Trial><TrialID>CTRI/2021/04/032727</TrialID></Trial>"],
        "question": [
            b"B cell lymphoma child 7 years near Patna within 50 km",
            "मुंबई में ल्यूकेमिया".encode(),
        ],
        "parameters": [b"condition=lbcl&phase=PHASE1&near=Patna&within=50&age=7&q=CD19&sort=distance&page=2"],
        "address": [b"NCT04150497", b"https://ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid=NTEwMTI="],
        "contact": [b"+91 (0)22 2417 7000 ext. 12 / 98200 12345"],
        "registry_text": [
            b"Inclusion Criteria:\n\n1. Age >= 18\n   * CD19+ **ALL**\n\nExclusion:\n- HIV <b>"
        ],
    }[name]


def _zipped(study: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("study.json", study)
    return packed.getvalue()
