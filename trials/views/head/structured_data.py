"""What a page is about, in the words of schema.org, for search engines.

Types and properties are those of schema.org/MedicalTrial and its parents (status, studyLocation, sponsor,
healthCondition; ids as `code`, as schema.org/MedicalStudy asks), MedicalCondition, Hospital, BreadcrumbList
and WebSite with a SearchAction. MedicalTrial lost the `phase` of its first versions, so the phase stands in
the description. A status that is not known, or not known to hold, is left out: silence is never "Recruiting".
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from trials.browse.hospitals import HospitalCounts
from trials.choices import Role, Status
from trials.display import (
    age_words,
    city_label,
    condition_label,
    condition_short,
    country_label,
    phase_words,
    registry_label,
    state_label,
)
from trials.explain.headline import headline
from trials.models import Registration, Trial, TrialSite
from trials.views.trial.trial_sites import CitySites
from trials.vocabulary import Condition

Entity = dict[str, Any]

STATUSES = {
    Status.RECRUITING: "Recruiting",
    Status.NOT_YET_RECRUITING: "NotYetRecruiting",
    Status.ENROLLING_BY_INVITATION: "EnrollingByInvitation",
    Status.ACTIVE_NOT_RECRUITING: "ActiveNotRecruiting",
    Status.SUSPENDED: "Suspended",
    Status.COMPLETED: "Completed",
    Status.TERMINATED: "Terminated",
    Status.WITHDRAWN: "Withdrawn",
}
"""schema.org/MedicalStudyStatus."""
MOST = 50
"""Places, diseases or trials of one entity."""
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end the element or a line of a script, as `django.utils.html.json_script` has it."""


def as_script(entities: Sequence[Entity]) -> SafeString:
    """JSON that is inert between script tags."""
    graph = {"@context": "https://schema.org", "@graph": entities}
    return mark_safe(json.dumps(graph, ensure_ascii=False).translate(_UNSAFE))  # noqa: S308


def website() -> Entity:
    """The site, and how to search it."""
    search = f"{_address('trials:list')}?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "name": gettext("CAR T trial finder"),
        "url": _address("trials:home"),
        "inLanguage": get_language() or "en",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }


def of_trial(
    trial: Trial, registrations: Iterable[Registration], cities: Iterable[CitySites]
) -> list[Entity]:
    """Nothing of an invented trial; only its way of one that its registries have no more."""
    if trial.sample:
        return []
    way = _way((gettext("Trials"), _address("trials:list")), (headline(trial), _page(trial)))
    if trial.gone or trial.role == Role.EXPANDED_ACCESS:
        return [way]
    return [_trial(trial, registrations, cities), way]


def of_condition(condition: Condition, other_names: Sequence[str], trials: Iterable[Trial]) -> list[Entity]:
    name = condition_label(condition.slug)
    page = _address("trials:condition", slug=condition.slug)
    entity = {
        "@type": "MedicalCondition",
        "@id": page,
        "url": page,
        "name": name,
        "alternateName": [other for other in other_names if other != name],
        "code": [_code(_dotted(code), "ICD-10") for code in condition.icd10],
        "study": [
            {"@type": "MedicalTrial", "name": headline(trial), "url": _page(trial)}
            for trial in trials
            if not trial.sample and trial.role != Role.EXPANDED_ACCESS
        ],
    }
    return [_stated(entity), _way((gettext("Diseases"), _address("trials:conditions")), (name, page))]


def of_hospital(hospital: HospitalCounts, address: str, postal_code: str) -> list[Entity]:
    """Its telephone is left out: the numbers we have are those of a trial's people."""
    page = _address("trials:site", slug=hospital.site.slug)
    name = hospital.site.hospital
    entity = {
        "@type": "Hospital",
        "@id": page,
        "url": page,
        "name": name,
        "address": _stated(
            {
                "@type": "PostalAddress",
                "streetAddress": address,
                "postalCode": postal_code,
                "addressLocality": city_label(hospital.city) if hospital.city else "",
                "addressRegion": state_label(hospital.state) if hospital.state else "",
                "addressCountry": "IN",
            }
        ),
    }
    return [entity, _way((gettext("Hospitals"), _address("trials:sites")), (name, page))]


def of_product(name: str, slug: str) -> list[Entity]:
    """Where the page stands; what is approved is told on the page, with its sources."""
    page = _address("trials:product", slug=slug)
    return [_way((gettext("CAR T products"), _address("trials:products")), (name, page))]


def _trial(trial: Trial, registrations: Iterable[Registration], cities: Iterable[CitySites]) -> Entity:
    known = list(registrations)
    ages = age_words(trial.min_age_years, trial.max_age_years)
    status = "" if trial.outdated or trial.stale else STATUSES.get(Status(trial.status), "")
    return _stated(
        {
            "@type": "MedicalTrial",
            "@id": _page(trial),
            "url": _page(trial),
            "name": headline(trial),
            "alternateName": list(dict.fromkeys(filter(None, (trial.title, trial.official_title)))),
            "description": f"{phase_words(trial.phases)}. {ages}.",
            "code": [_code(one.registry_id, registry_label(one.registry)) for one in known],
            "sameAs": [one.url for one in known],
            "status": f"https://schema.org/{status}" if status else "",
            "healthCondition": [_condition(slug) for slug in trial.conditions[:MOST]],
            "sponsor": {"@type": "Organization", "name": trial.sponsor} if trial.sponsor else "",
            "studyLocation": [_city(city) for city in cities][:MOST],
        }
    )


def _condition(slug: str) -> Entity:
    page = _address("trials:condition", slug=slug)
    return {"@type": "MedicalCondition", "name": condition_short(slug), "url": page}


def _city(city: CitySites) -> Entity:
    """A study is located in an AdministrativeArea, such as a city, which contains its hospitals."""
    hospitals = {site.site.slug: site for site in city.sites if site.site}
    inside = {"@type": "Country", "name": country_label("India")}
    return _stated(
        {
            "@type": "City" if city.slug else "AdministrativeArea",
            "name": city_label(city.slug) if city.slug else country_label("India"),
            "containedInPlace": inside if city.slug else "",
            "containsPlace": [_hospital(slug, site) for slug, site in hospitals.items()][:MOST],
        }
    )


def _hospital(slug: str, site: TrialSite) -> Entity:
    name = site.site.hospital if site.site else site.hospital
    return {"@type": "Hospital", "name": name, "url": _address("trials:site", slug=slug)}


def _code(value: str, system: str) -> Entity:
    return {"@type": "MedicalCode", "codeValue": value, "codingSystem": system}


def _dotted(icd10: str) -> str:
    """`C833` as `C83.3`."""
    return f"{icd10[:3]}.{icd10[3:]}".rstrip(".")


def _way(*steps: tuple[str, str]) -> Entity:
    """The pages above this one, from the first page on."""
    everywhere = ((gettext("CAR T trial finder"), _address("trials:home")), *steps)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(everywhere, 1)
        ],
    }


def _stated(entity: Entity) -> Entity:
    """Without what is not stated."""
    return {name: value for name, value in entity.items() if value}


def _page(trial: Trial) -> str:
    return _address("trials:detail", registry_id=trial.primary_id)


def _address(name: str, **arguments: str) -> str:
    return settings.SITE_URL + reverse(name, kwargs=arguments)
