"""Every address of the product, found in its URL resolver, with what stands for each part of it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from importers.models import ImportProblem, ImportRun
from tests.hostile.payloads import MARK
from tests.hostile.records import CTRI_NUMBER, NUMBER
from tests.hostile.world import hostile_hospital, main_registration
from trials.follow import links
from trials.models import Subscription, Trial
from trials.models.workspace import SiteAssignment
from trials.workspace import digest

Values = Mapping[str, Sequence[object]]


class UnknownPartError(Exception):
    """An address has a part that `parts` does not name: add a line there, with hostile rows it leads to."""


def parts() -> Values:
    """What to ask for, by the part of an address."""
    registration, hospital = main_registration(), hostile_hospital()
    begun = Trial.objects.filter(primary_id__startswith="NCT9910").values_list("primary_id", flat=True)
    following = Subscription.objects.order_by("pk")
    keeper = SiteAssignment.objects.get(site=hospital).user
    return {
        "registry_id": [NUMBER, CTRI_NUMBER, *begun.order_by("primary_id")[:3]],
        "slug": [hospital.slug, "lbcl", "axicabtagene-ciloleucel", MARK],
        "run_id": [*ImportRun.objects.order_by("pk").values_list("pk", flat=True)],
        "registration_id": [registration.pk],
        "site_id": [hospital.pk],
        "user_id": [keeper.pk],
        "field": ["summary_en", "contact"],
        "registry": ["ctgov", "ctri"],
        "token": [*map(links.token, following), digest.stop_token(keeper), MARK],
        **{name: [MARK] for name in ("secret", "key", "uidb36")},
        **{
            f"{name}_id": [1] for name in ("link", "answer", "correction", "report", "word", "edit", "remark")
        },
        "sitemap-file": ["pages", "trials", "hospitals"],
        "day": [timezone.localdate().isoformat()],
        "name": ["trials.csv.gz"],
        "app_label": ["trials", "importers"],
        "content_type_id": [1],
        "id": [1],
        "pk": [1],
        "url": [MARK],
    }


def addresses() -> dict[str, list[str]]:
    """Everything the product answers, by its name: its address for every value of its parts."""
    known = parts()
    return {name: list(addresses_of(name, names, known)) for name, names in patterns(get_resolver())}


def patterns(
    resolver: URLResolver, spaces: tuple[str, ...] = (), outer: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Full names, and the parts that each needs. What has no name leads to something that has one."""
    for pattern in resolver.url_patterns:
        names = (*outer, *_names(pattern))
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, (*spaces, *filter(None, [pattern.namespace])), names)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name)), names


def _names(pattern: URLPattern | URLResolver) -> Sequence[str]:
    """The parts by their names; those without one by that of the pattern."""
    named = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
    return named or [str(getattr(pattern, "name", ""))] * pattern.pattern.regex.groups


def addresses_of(name: str, names: Sequence[str], known: Values) -> Iterator[str]:
    """The address of one name for every value of its parts."""
    if "problem_id" in names:
        yield from (reverse(name, args=pair) for pair in _problems())
        return
    values = {**known, "object_id": _rows(name)}
    if missing := [one for one in names if one not in values]:
        raise UnknownPartError(name, missing)
    for chosen in product(*(values[one] for one in names)):
        if name.rpartition(":")[2] in names:
            yield reverse(name, args=chosen)
        else:
            yield reverse(name, kwargs=dict(zip(names, chosen, strict=True)))


def _problems() -> Iterator[tuple[int, int]]:
    """The last problem of each import, with its import."""
    for run_id in ImportRun.objects.exclude(problems=None).values_list("pk", flat=True).distinct():
        yield run_id, ImportProblem.objects.filter(run=run_id, registry_id__gt="").latest("pk").pk


def _rows(name: str) -> list[str]:
    """The newest row of the table that an address of the admin is about."""
    for model in admin.site._registry:
        if name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            newest = model._default_manager.order_by("-pk").values_list("pk", flat=True)[:1]
            return [quote(pk) for pk in newest]
    return []
