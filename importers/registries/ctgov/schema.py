"""What the registry says of its own fields: `/studies/metadata` and `/studies/enums`, as far as we read them.

When a field we read goes, moves or takes other words, a sweep still looks healthy while its records
lose something. So each sweep takes this description, and `importers.guards` compares it with the last.
"""

import types
from collections.abc import Iterator, Sequence
from typing import Any, get_args

import msgspec

from importers.http import RegistrySession
from importers.registries.ctgov.shape import Shape, Study
from importers.registry_errors import BadAnswer, NotFound, Refused

Schema = dict[str, str]
"""Path of a field ("protocolSection.statusModule.overallStatus"): its type, and its words where closed."""


class _Field(msgspec.Struct, rename="camel"):
    name: str
    type: str = ""
    children: list["_Field"] = []


class _Word(msgspec.Struct):
    value: str


class _Enum(msgspec.Struct):
    type: str
    values: list[_Word]


def schema(session: RegistrySession) -> Schema:
    """The registry's description of every field we read; empty where it gives none.

    Raises `RegistryError` where the registry cannot be reached at all.
    """
    try:
        fields = msgspec.convert(session.get_json("studies/metadata"), list[_Field])
        enums = msgspec.convert(session.get_json("studies/enums"), list[_Enum])
    except (NotFound, Refused, BadAnswer, msgspec.ValidationError):
        return {}
    words = {enum.type: sorted(word.value for word in enum.values) for enum in enums}
    described = dict(_described(fields, words))
    return {path: described.get(path, "missing") for path in paths_read()}


def _described(
    fields: Sequence[_Field], words: dict[str, list[str]], above: str = ""
) -> Iterator[tuple[str, str]]:
    for field in fields:
        path = f"{above}{field.name}"
        kind = field.type.removesuffix("[]")
        yield path, " ".join([field.type, *words.get(kind, ())])
        yield from _described(field.children, words, f"{path}.")


def paths_read(shape: type[Shape] = Study, above: str = "") -> Iterator[str]:
    """Every field of `shape.py` that holds a value, as a path in the study."""
    for field in msgspec.structs.fields(shape):
        path = f"{above}{field.encode_name}"
        inner = _shape_in(field.type)
        if inner:
            yield from paths_read(inner, f"{path}.")
        else:
            yield path


def _shape_in(kind: Any) -> type[Shape] | None:
    """The object a field holds, alone, in a list or or-nothing; None for plain values."""
    if isinstance(kind, type) and not isinstance(kind, types.GenericAlias) and issubclass(kind, Shape):
        return kind
    return next((inner for part in get_args(kind) if (inner := _shape_in(part))), None)
