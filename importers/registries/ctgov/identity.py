"""Which study a raw copy is, and whether two copies say the same."""

import hashlib
import re

from importers.jsontext import canonical, decode

_NCT = re.compile(r"NCT[0-9]{8}")


def identify(raw: bytes) -> str:
    """The NCT number the study gives itself, "" where it gives none."""
    try:
        found = decode(raw)["protocolSection"]["identificationModule"]["nctId"]
    except (ValueError, LookupError, TypeError):
        return ""
    return found if isinstance(found, str) and _NCT.fullmatch(found) else ""


def fingerprint(raw: bytes) -> str:
    """SHA-256 (hex) of the study's content, whatever the order of its keys.

    `versionHolder` is left out: it moves with every data release of the whole registry.
    """
    study = decode(raw)
    derived = study.get("derivedSection")
    if isinstance(derived, dict) and isinstance(derived.get("miscInfoModule"), dict):
        derived["miscInfoModule"].pop("versionHolder", None)
    return hashlib.sha256(canonical(study)).hexdigest()
