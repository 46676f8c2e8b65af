"""JSON as the outside world sends it, read strictly where it matters and leniently where it is safe."""

import json
from typing import Any, NoReturn

import msgspec

_encode = msgspec.json.Encoder(order="sorted").encode


def decode(raw: bytes) -> Any:
    """The value, or `ValueError` with a reason in plain words.

    msgspec is quick but refuses lone surrogates, which registries do send; the standard library takes
    them, and `importers.text.cleaning.clean` drops them later. NaN and Infinity are refused: no database
    column could hold them as JSON.
    """
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _decode_leniently(raw)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _decode_leniently(raw: bytes) -> Any:
    try:
        return json.loads(raw, strict=False, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None
    except UnicodeDecodeError:
        raise ValueError("not JSON: the text is not UTF-8") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"not JSON: {word} is no number")


def canonical(value: object) -> bytes:
    """The one spelling of a JSON value: sorted keys, no spaces. Equal values, equal bytes.

    Which encoder writes it depends on the value alone: msgspec, or the standard library where there is
    a lone surrogate, which UTF-8 cannot hold and an escape can.
    """
    try:
        return _spelled(value)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _spelled(value: object) -> bytes:
    try:
        return _encode(value)
    except UnicodeEncodeError:
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")
