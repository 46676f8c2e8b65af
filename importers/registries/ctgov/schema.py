"""What the registry says of its own fields: `/studies/metadata` and `/studies/enums`, as far as we read them.

When a field we read goes, moves or takes other words, a sweep still looks healthy while its records
lose something. So each sweep takes this description, and `importers.runs.guards` compares it with the last.
"""

import types
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, TypeVar, get_args

import msgspec

from importers.http.errors import BadAnswer, NotFound, Refused
from importers.http.session import RegistrySession
from importers.registries.ctgov.shape import StudyJson
from importers.registries.ctgov.shape_base import Shape

T = TypeVar("T")
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
        kinds, words = field_types(session), enum_words(session)
    except (NotFound, Refused, BadAnswer):
        return {}
    return {
        path: " ".join([kinds[path], *words.get(enum_of(kinds[path]), ())]) if path in kinds else "missing"
        for path in paths_read()
    }


def field_types(session: RegistrySession) -> dict[str, str]:
    """The type of every field that the registry has, by path. Raises `RegistryError`."""
    return dict(_described(_converted(session.get_json("studies/metadata"), list[_Field])))


def enum_words(session: RegistrySession) -> dict[str, list[str]]:
    """The words of every closed type, sorted. Raises `RegistryError`."""
    enums = _converted(session.get_json("studies/enums"), list[_Enum])
    return {enum.type: sorted(word.value for word in enum.values) for enum in enums}


def enum_of(field_type: str) -> str:
    """The closed type of a field that may be a list of them."""
    return field_type.removesuffix("[]")


def _converted(value: Any, shape: type[T]) -> T:
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise BadAnswer(f"The description of the fields has another shape than we know: {error}.") from None


def _described(fields: Sequence[_Field], above: str = "") -> Iterator[tuple[str, str]]:
    for field in fields:
        path = f"{above}{field.name}"
        yield path, field.type
        yield from _described(field.children, f"{path}.")


def paths_read() -> Iterator[str]:
    """Every field of `shape.py` that holds a value, as a path in the study."""
    return (path for path, _ in fields_read())


def words_read() -> dict[str, frozenset[str]]:
    """The words that `shape.py` knows, for each field whose words are closed."""
    return {path: words for path, kind in fields_read() if (words := frozenset(_words_of(kind)))}


def fields_read(shape: type[Shape] = StudyJson, above: str = "") -> Iterator[tuple[str, Any]]:
    """Path and Python type of every field of `shape.py` that holds a value."""
    for field in msgspec.structs.fields(shape):
        path = f"{above}{field.encode_name}"
        inner = _shape_in(field.type)
        if inner:
            yield from fields_read(inner, f"{path}.")
        else:
            yield path, field.type


def _words_of(kind: Any) -> Iterator[str]:
    """The words of a closed list, alone, in a list or or-nothing."""
    if isinstance(kind, type) and not isinstance(kind, types.GenericAlias) and issubclass(kind, Enum):
        yield from (str(member.value) for member in kind)
    for part in get_args(kind):
        if isinstance(part, str):
            yield part
        else:
            yield from _words_of(part)


def _shape_in(kind: Any) -> type[Shape] | None:
    """The object a field holds, alone, in a list or or-nothing; None for plain values."""
    if isinstance(kind, type) and not isinstance(kind, types.GenericAlias) and issubclass(kind, Shape):
        return kind
    return next((inner for part in get_args(kind) if (inner := _shape_in(part))), None)
