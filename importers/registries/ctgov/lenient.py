"""A study that is not quite of the API's shape: what is minor is left out and noted, what decides is refused.

The exact reading (`msgspec.convert`) is tried first and nearly always succeeds; this one is slow, and for the
rest alone. `STRICT` is the whole list of what costs the record; every other field costs itself at most:

- an unknown word of a list the registry publishes ("JRCT" as type of an id) stays as it is written;
- what cannot be typed (half a point on the map, a number where text belongs) is left out: "not stated".
"""

import json
import types
from functools import cache
from typing import Annotated, Any, Literal, NoReturn, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT

from importers.records import ParseError
from importers.registries.ctgov import shape
from importers.registries.ctgov.identity import named
from importers.registries.ctgov.shape_base import Shape
from importers.registries.ctgov.values import Age, read
from trials.record import Notice

_STATUS = "protocolSection.statusModule"
STRICT = {
    "protocolSection.identificationModule.nctId": "which trial it is",
    f"{_STATUS}.overallStatus": "whether people can join",
    f"{_STATUS}.statusVerifiedDate": "how old the status is",
    f"{_STATUS}.startDateStruct.date": "whether it has begun",
    f"{_STATUS}.primaryCompletionDateStruct.date": "whether it should have ended",
    f"{_STATUS}.completionDateStruct.date": "whether it should have ended",
    f"{_STATUS}.studyFirstPostDateStruct.date": "how old a record without a later date is",
    f"{_STATUS}.lastUpdatePostDateStruct.date": "which of two copies is the newer",
    "protocolSection.designModule.phases": "how much is known of the treatment's risk",
    "protocolSection.contactsLocationsModule.locations.status": "whether a hospital takes people",
}
"""Fields whose unknown value refuses the record, by path, and what each decides. An object or a list that
holds one of them is as strict: where locations are not a list, it is unknown which are open. The title is
strict too (`parse._title`): a page needs one."""

_HOLDERS = {path[:end] for path in STRICT for end, letter in enumerate(path) if letter == "."}
MOST_NOTICES = 100
"""Notices kept of one record; what is noted beyond that is only counted."""
LONGEST = 500
"""Characters kept of a value that could not be read, as of `ParseError`."""


class _UnreadableError(Exception):
    """A value is not of its type; its container decides what that costs."""


def study(value: Any) -> tuple[shape.StudyJson, tuple[Notice, ...]]:
    """The study with what could not be read of it, or `ParseError` where that decides something."""
    reader = _Reader(named(value))
    try:
        return reader.object(shape.StudyJson, value, "", ""), reader.notices()
    except _UnreadableError:
        raise ParseError("", "record", _complaint(value)) from None


class _Reader:
    """Reads one study. A path comes twice: as people read it (`phases[1]`), and without positions."""

    def __init__(self, nct_id: str) -> None:
        self._nct_id = nct_id
        self._noted: dict[tuple[str, str], Notice] = {}
        self._uncounted = 0

    def notices(self) -> tuple[Notice, ...]:
        noted = tuple(self._noted.values())
        more = (Notice("record", f"{self._uncounted} more values"),) if self._uncounted else ()
        return noted + more

    def object(self, kind: Any, written: Any, path: str, rule: str) -> Any:
        """A `Shape` from a JSON object."""
        if not isinstance(written, dict):
            raise _UnreadableError
        found = {}
        for name, json_name, hint, default in _fields(kind):
            here, of = f"{path}.{json_name}".lstrip("."), f"{rule}.{json_name}".lstrip(".")
            if json_name in written:
                found[name] = self._field(hint, default, written[json_name], here, of)
            elif default is NODEFAULT:
                self._missing(here, of)
        return kind(**found)

    def _field(self, hint: Any, default: Any, written: Any, path: str, rule: str) -> Any:
        try:
            return self._value(hint, written, path, rule)
        except _UnreadableError:
            if rule in STRICT or rule in _HOLDERS:
                self._refuse(path, written)
            if default is NODEFAULT:  # half a point on the map is none
                raise
        self._note(path, rule, written)
        return hint(written) if hint is Age and isinstance(written, str) else default

    def _value(self, hint: Any, written: Any, path: str, rule: str) -> Any:
        inner = _inner(hint)
        if isinstance(inner, type) and issubclass(inner, Shape):
            return self.object(inner, written, path, rule)
        if get_origin(inner) is tuple:
            return self._list(get_args(inner)[0], written, path, rule)
        if get_origin(inner) is Literal and isinstance(written, str) and written not in get_args(inner):
            self._note(path, rule, written)
            return written
        try:
            return msgspec.convert(written, hint, dec_hook=read)
        except msgspec.ValidationError:
            raise _UnreadableError from None

    def _list(self, hint: Any, written: Any, path: str, rule: str) -> Any:
        if not isinstance(written, list):
            raise _UnreadableError
        found = []
        for position, item in enumerate(written):
            here = f"{path}[{position}]"
            try:
                found.append(self._value(hint, item, here, rule))
            except _UnreadableError:
                if rule in STRICT or rule in _HOLDERS:
                    self._refuse(here, item)
                self._note(here, rule, item)
        return tuple(found)

    def _missing(self, path: str, rule: str) -> None:
        if rule not in STRICT and rule not in _HOLDERS:
            raise _UnreadableError
        self._refuse(path, "missing")

    def _refuse(self, path: str, written: Any) -> NoReturn:
        raise ParseError(self._nct_id, path, written)

    def _note(self, path: str, rule: str, written: Any) -> None:
        """The same value of the same field is one notice, however many places have it."""
        value = (written if isinstance(written, str) else json.dumps(written))[:LONGEST]
        if (rule, value) in self._noted:
            return
        if len(self._noted) < MOST_NOTICES:
            self._noted[rule, value] = Notice(path, value)
        else:
            self._uncounted += 1


@cache
def _fields(kind: type[Shape]) -> list[tuple[str, str, Any, Any]]:
    """Name, name in JSON, type and default of each field."""
    return [(f.name, f.encode_name, f.type, f.default) for f in msgspec.structs.fields(kind)]


@cache
def _inner(hint: Any) -> Any:
    """The type without `Annotated` and `| None`."""
    if get_origin(hint) is Annotated:
        return _inner(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        some = [one for one in get_args(hint) if one is not type(None)]
        return _inner(some[0]) if len(some) == 1 else hint
    return hint


def _complaint(value: Any) -> str:
    """What msgspec says of something that is no object."""
    try:
        msgspec.convert(value, dict[str, Any])
    except msgspec.ValidationError as error:
        return str(error)
    return "not a study"
