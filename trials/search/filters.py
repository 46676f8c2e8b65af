"""Every parameter of a search in one table: a filter is one row.

The row feeds reading (`trials.search.search`), SQL, facets, chips, "Why is this here?", the form, the API's
schema and its documentation. `trials.search.reasons` has the sentences.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, TextChoices
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials import display
from trials.choices import CellSource, Phase, Sex
from trials.models.fulltext import clean_text
from trials.models.lookups import (
    RECRUITING_ANYWHERE,
    RECRUITING_IN_INDIA,
    takes_adults,
    takes_age,
    takes_children,
)
from trials.search import parameters as read
from trials.search import reasons
from trials.search.filter_row import Control, Filter
from trials.search.geo import Circle, point_of
from trials.search.known_places import KnownPlaces
from trials.search.parameters import AgeGroup, Disease, Exact, PatientSex, Recruiting, Sort
from trials.vocabulary.places import cities


def _of(choices: type[TextChoices]) -> dict[str, Any]:
    """What a closed list of values says of reading and labels."""
    return {
        "read": read.choice_of(choices),
        "choices": choices,
        "label": lambda value: str(choices(value).label),
    }


def _disease_label(group: str) -> str:
    """Cancers are the usual group and no chip."""
    return "" if group == Disease.CANCER else str(Disease(group).label)


AGES = (0, read.MAX_AGE_YEARS)
KILOMETRES = (1, read.MAX_KM)
_AGE_GROUP = {AgeGroup.CHILD: takes_children(), AgeGroup.ADULT: takes_adults()}
_RECRUITING = {Recruiting.INDIA: RECRUITING_IN_INDIA, Recruiting.ANYWHERE: RECRUITING_ANYWHERE}
_DISEASE = {Disease.CANCER: Q(other_disease_only=False), Disease.OTHER: Q(other_disease_only=True)}

FILTERS = (
    Filter(
        "q",
        _("Words: a disease, drug, place or registry id, in English or Hindi."),
        control=Control.NONE,
    ),
    Filter(
        "condition",
        _("Condition slug, see /conditions."),
        read.condition,
        repeats=True,
        column="answers_to",
        exact_column="conditions",
        words="conditions",
        label=display.condition_label,
        reason=reasons.of_conditions,
        legend=_("Disease"),
        control=Control.GROUPS,
    ),
    Filter(
        "phase",
        _("Trial phase; a Phase 1/2 trial matches both."),
        **_of(Phase),
        repeats=True,
        column="phases",
        words="phases",
        reason=reasons.of_values("phases", _("%s, according to the registry.")),
        legend=_("Phase"),
        control=Control.BOXES,
    ),
    Filter(
        "state",
        _("Indian state of a site."),
        read.state,
        repeats=True,
        column="states",
        open_column="open_states",
        words="state",
        label=display.state_label,
        reason=reasons.of_places("states"),
        legend=_("State in India"),
        control=Control.BOXES,
    ),
    Filter(
        "city",
        _("Indian city of a site."),
        read.city,
        known=lambda places, slug: slug in cities() or slug in places.cities,
        repeats=True,
        column="cities",
        open_column="open_cities",
        words="city",
        label=display.city_label,
        reason=reasons.of_places("cities"),
        legend=_("City in India"),
        control=Control.BOXES,
    ),
    Filter(
        "site",
        _("Slug of an Indian hospital, see /sites."),
        str.lower,
        known=lambda places, slug: slug in places.hospitals,
        repeats=True,
        column="hospitals",
        open_column="open_hospitals",
        names=lambda places: places.hospitals,
        reason=reasons.of_places("hospitals"),
        legend=_("Hospital in India"),
        control=Control.BOXES,
    ),
    Filter(
        "target",
        _("Target antigen or an alias of it, such as CD19."),
        read.target,
        repeats=True,
        column="targets",
        words="targets",
        label=str,
        reason=reasons.of_values("targets", _("The CAR T cells look for %s.")),
        legend=_("Antigen the CAR T cells look for"),
        control=Control.BOXES,
    ),
    Filter(
        "cell_source",
        _("Whose cells the product is made from."),
        **_of(CellSource),
        repeats=True,
        column="cell_source",
        lookup="in",
        reason=reasons.of_values("cell_source", _("Cells it uses: %s.")),
        legend=_("Whose cells"),
        control=Control.BOXES,
    ),
    Filter(
        "product",
        _("CAR T product by its vocabulary name."),
        read.product,
        repeats=True,
        column="products",
        words="products",
        label=str,
        reason=reasons.of_values("products", _("The trial gives %s.")),
    ),
    Filter(
        "registry",
        _("Registry that lists the trial."),
        read.registry,
        label=display.registry_label,
        repeats=True,
        column="registries",
        reason=reasons.of_values("registries", _("Listed on %s.")),
    ),
    Filter(
        "near",
        _("PIN code or Indian city; nearest recruiting city first."),
        point_of,
        legend=_("Near (PIN or city)"),
        control=Control.FIELD,
        hint="postal-code",
    ),
    Filter(
        "within",
        _("Kilometres from `near`."),
        read.number(*KILOMETRES),
        where=Circle.holds,
        label=Circle.label,
        reason=reasons.of_circle,
        legend=_("Within (km)"),
        control=Control.FIELD,
        limits=KILOMETRES,
    ),
    Filter(
        "age",
        _("Age in years; 0.5 is six months."),
        read.number(*AGES),
        where=takes_age,
        label=lambda years: gettext("Age %g") % years,
        reason=reasons.of_age,
        legend=_("Age in years"),
        control=Control.FIELD,
        limits=AGES,
    ),
    Filter(
        "sex",
        _("The patient's sex; finds trials that take it or do not say."),
        **_of(PatientSex),
        where=lambda sex: Q(sex__in=["", Sex.ALL, sex.upper()]),
        counted=True,
        reason=reasons.of_sex,
        legend=_("Sex"),
        nothing=_("Both"),
        control=Control.FIELD,
    ),
    Filter(
        "age_group",
        _("Child or adult, where no age is given."),
        **_of(AgeGroup),
        where=lambda group: _AGE_GROUP[AgeGroup(group)],
        reason=reasons.of_age_group,
        legend=_("Child or adult"),
        nothing=_("Both"),
        control=Control.FIELD,
    ),
    Filter(
        "sponsor",
        _("Part of the sponsor's name, with or without accents and capitals."),
        contains="sponsor",
        label=lambda text: gettext("Sponsor: %s") % text,
        reason=lambda trial, _text, label: iter([label(trial.sponsor)]),
        legend=_("Sponsor"),
        control=Control.FIELD,
        longest=200,
    ),
    Filter(
        "recruiting",
        _("Recruiting now, in India or anywhere."),
        **_of(Recruiting),
        where=lambda where: _RECRUITING[Recruiting(where)],
        counted=True,
        reason=reasons.of_recruiting,
        legend=_("Recruiting now"),
        nothing=_("All trials"),
        control=Control.RADIOS,
    ),
    Filter(
        "disease",
        _("Cancers unless a condition asked for is another disease."),
        **_of(Disease) | {"label": _disease_label},
        where=lambda group: _DISEASE.get(Disease(group)),
        counted=True,
    ),
    Filter("exact", _("What not to widen: broad trials, spelling."), **_of(Exact), repeats=True),
    Filter(
        "sort",
        _("Order of the list."),
        read.choice_of(Sort),
        choices=Sort,
        legend=_("Order"),
        nothing=_("India first"),
        control=Control.LAST,
    ),
    Filter("page", _("Page, from 1."), read.page, control=Control.NONE),
)
BY_NAME = {filter_.name: filter_ for filter_ in FILTERS}


def read_parameters(data: QueryDict, places: KnownPlaces, *besides: str) -> Mapping[str, Any]:
    """The values given, by parameter; of a parameter that does not repeat the last one given counts.

    Raises ParameterError for the first parameter or value that is not known; `besides` are parameters that a
    page reads itself.
    """
    read.refuse_unknown(data, {*besides, *BY_NAME})
    values: dict[str, Any] = {}
    for one in FILTERS:
        texts = [text for text in map(clean_text, data.getlist(one.name)[: read.MAX_VALUES]) if text]
        if not texts:
            continue
        try:
            given = [_value(one, text, places) for text in (texts if one.repeats else texts[-1:])]
        except ValueError as error:
            raise read.ParameterError(one.name, str(error)) from error
        values[one.name] = tuple(dict.fromkeys(given)) if one.repeats else given[0]
    return values


def _value(one: Filter, text: str, places: KnownPlaces) -> Any:
    value = one.read(text)
    if one.known and not one.known(places, value):
        raise read.unknown(text)
    return value
