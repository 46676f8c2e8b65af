"""Statements that every page asks: put together by Django once a process, and given their values each time.

To put one of these together takes Django two to five times as long as PostgreSQL takes to answer it.
"""

from collections.abc import Callable
from copy import copy
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BooleanField, Expression, Field, Func, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from trialfinder.environment import Mode

M = TypeVar("M", bound=Model)


class Given(Expression):
    """The place of a value that is given when the statement is asked."""

    def __init__(self, name: str, output_field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, *_: Any, **_more: Any) -> tuple[str, Any]:
        """A place for the value; `Prepared` finds it among the statement's parameters."""
        return "%s", (self,)


class IsAmong(Func):
    """Whether a column is one of a list: `IsAmong("trial_id", Given("trials"))`."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class Prepared(Generic[M]):
    """A queryset with `Given` places in it; `ask(trials=[1, 2])` reads its rows.

    What it is made of may differ with `settings.MODE` (samples), and with nothing else.
    """

    def __init__(self, make: Callable[[], QuerySet[M]]) -> None:
        self._make = make
        self._compiled = lru_cache(len(Mode))(self._compile)

    def ask(self, **values: Any) -> list[M]:
        """The rows for these values."""
        queryset, compiler, sql, params = self._compiled(settings.MODE)
        given = tuple(values[one.name] if isinstance(one, Given) else one for one in params)
        own: Any = copy(compiler)
        own.connection, own.as_sql = connection, lambda *_, **__: (sql, given)
        asked: Any = queryset.all()
        asked.query.get_compiler = lambda *_, **__: own
        return list(asked)

    def _compile(self, _mode: Mode) -> tuple[QuerySet[M], SQLCompiler, str, tuple[Any, ...]]:
        queryset = self._make()
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        return queryset, compiler, *compiler.as_sql()
