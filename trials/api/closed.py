"""Closed lists as the API's schema names them, made from `trials.choices` and the vocabulary.

They document what an answer may hold. An answer is not checked against them: one word of a registry that
is new to us must not make the whole answer fail.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

from trials import registries, vocabulary
from trials.choices import CellSource, Phase, Role, Status


def one_of(values: Iterable[str]) -> Any:
    """A text that is one of these."""
    return Annotated[str, Field(json_schema_extra={"enum": list(dict.fromkeys(values))})]


StatusWord = one_of(Status.values)
StatusOrNone = one_of(["", *Status.values])
RoleWord = one_of(Role.values)
PhaseWord = one_of(Phase.values)
CellSourceWord = one_of(CellSource.values)
RegistrySlug = one_of(registries.slugs())
ConditionSlug = one_of(vocabulary.conditions())
TargetName = one_of(target.name for target in vocabulary.targets().values())
