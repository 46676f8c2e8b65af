"""Which study a raw copy is, and whether two copies say the same."""

import hashlib
import re
from datetime import date
from typing import Any

from importers.records import ParseError
from importers.registries.examined import Examined, Glance
from importers.text.jsontext import canonical, decode

DEEPEST = 400
"""Levels of a study that are read; the API's own studies have about a dozen."""

_NCT = re.compile(r"NCT[0-9]{8}")
_NUMBER = re.compile(rb'"nctId":"(NCT[0-9]{8})"')
_VERSION = re.compile(rb',?"versionHolder":"[^"\\]*"')


def examine(raw: bytes) -> Examined:
    """Number, fingerprint and value of the study, decoded once; `ParseError` for what is no JSON.

    The value is without `versionHolder`, like the fingerprint.
    """
    study = decoded(raw)
    return Examined(named(study), _fingerprint(study), study)


def recognise(raw: bytes) -> tuple[str, str]:
    """Number and fingerprint of a copy in its canonical spelling, by its bytes alone.

    Of another spelling neither need be right. But where both are those of a stored copy this is that copy: no
    other content has its fingerprint.
    """
    found = _NUMBER.search(raw)
    return found[1].decode() if found else "", hashlib.sha256(_VERSION.sub(b"", raw, count=1)).hexdigest()


def identify(raw: bytes) -> str:
    """The NCT number the study gives itself, "" where it gives none."""
    try:
        return named(decode(raw))
    except ValueError:
        return ""


def fingerprint(raw: bytes) -> str:
    """SHA-256 (hex) of the study's content, whatever the order of its keys."""
    return _fingerprint(decode(raw))


def decoded(raw: bytes) -> Any:
    """The JSON value, or `ParseError` for what is no JSON or nested as no study is."""
    try:
        value = decode(raw)
        if raw.count(b"[") + raw.count(b"{") > DEEPEST:
            _check_depth(value)
    except ValueError as error:
        raise ParseError(identify(raw), "record", error) from None
    return value


def named(study: Any) -> str:
    """The NCT number in a decoded study, "" where there is none."""
    try:
        found = study["protocolSection"]["identificationModule"]["nctId"]
    except (LookupError, TypeError):
        return ""
    return found if isinstance(found, str) and _NCT.fullmatch(found) else ""


def glance(study: Any) -> Glance:
    """The update date and the former numbers in a decoded study, whatever else is wrong with it."""
    protocol = _object(_object(study).get("protocolSection"))
    posted = _object(_object(protocol.get("statusModule")).get("lastUpdatePostDateStruct")).get("date")
    former = _object(protocol.get("identificationModule")).get("nctIdAliases")
    try:
        updated = date.fromisoformat(posted) if isinstance(posted, str) else None
    except ValueError:
        updated = None
    names = former if isinstance(former, list) else []
    return Glance(updated, tuple(name for name in names if isinstance(name, str) and _NCT.fullmatch(name)))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _fingerprint(study: Any) -> str:
    """`versionHolder` is left out: it moves with every data release of the whole registry."""
    derived = study.get("derivedSection") if isinstance(study, dict) else None
    if isinstance(derived, dict) and isinstance(derived.get("miscInfoModule"), dict):
        derived["miscInfoModule"].pop("versionHolder", None)
    return hashlib.sha256(canonical(study)).hexdigest()


def _check_depth(value: Any) -> None:
    """Level by level and not by recursion, so that no stack decides what is too deep."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return
    raise ValueError("nested too deeply")
