"""The guided path for people who do not search: which cancer, which type, who, where.

Pure. A group of conditions is a picture; "not sure" is an answer everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from types import MappingProxyType

from django.utils.text import slugify

from trials.vocabulary import conditions, is_cancer, wider

ICONS = {
    "leukaemia": "blood",
    "b-cell-lymphoma-and-cll": "b-cell",
    "t-cell-nk-cell-and-hodgkin-lymphoma": "t-cell",
    "myeloma-and-plasma-cell-disorders": "marrow",
    "brain-and-nerve-tumours": "brain",
    "childrens-solid-tumours": "bear",
    "sarcoma-bone-and-soft-tissue": "joint",
    "digestive-system-cancers": "stomach",
    "lung-and-chest-cancers": "lungs",
    "breast-cancer": "ribbon",
    "gynaecological-cancers": "womb",
    "urinary-and-male-cancers": "kidneys",
    "head-neck-and-thyroid-cancers": "head",
    "skin-and-eye-melanoma": "eye",
    "any-cancer-broad-trials": "cells",
}
"""Symbols of `icons.svg` by the group's slug; every other group has the shield."""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of conditions that people choose by its picture."""

    name: str
    slug: str
    icon: str
    conditions: tuple[str, ...]
    cancer: bool

    @property
    def covering(self) -> tuple[str, ...]:
        """The fewest conditions that stand for the whole group, for people who do not know the type."""
        return tuple(slug for slug in self.conditions if wider(slug).isdisjoint(self.conditions))


@cache
def groups() -> Mapping[str, Group]:
    """Every group of diseases by its slug, in the order to show them; side-effects of CAR T are none."""
    diseases = [c for c in conditions().values() if c.kind != "complication"]
    found = (
        (name, slugify(name), tuple(condition.slug for condition in members))
        for name, members in groupby(diseases, key=lambda condition: condition.group)
    )
    return MappingProxyType(
        {
            slug: Group(name, slug, ICONS.get(slug, "shield"), members, is_cancer(members[0]))
            for name, slug, members in found
        }
    )
