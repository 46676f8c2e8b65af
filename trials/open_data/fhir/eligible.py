"""Who can join, as the characteristics of a FHIR R4 Group that names nobody ("actual": false).

ResearchStudy.enrollment refers to such a Group (http://hl7.org/fhir/R4/researchstudy.html). Criteria are the
registry's own text, whole: our reading of them is in the API with its limits, which no yes or no could hold.
"""

from typing import Any

from trials.open_data.fhir import codes
from trials.record import StoredRecord

Json = dict[str, Any]
ADMINISTRATIVE_GENDER = "http://hl7.org/fhir/administrative-gender"


def who_can_join(record: StoredRecord) -> list[Json]:
    """Age, sex and criteria, each only where the record states it."""
    found = [*_age(record), *_sex(record)]
    if record.has_divided_criteria:
        found += _criteria("Inclusion criteria", record.inclusion, exclude=False)
        found += _criteria("Exclusion criteria", record.exclusion, exclude=True)
    else:
        found += _criteria("Eligibility criteria", record.eligibility, exclude=False)
    return found


def _age(record: StoredRecord) -> list[Json]:
    limits = {"low": record.min_age_years, "high": record.max_age_years}
    years = {
        name: {"value": value, "unit": "years", "system": codes.UCUM, "code": "a"}
        for name, value in limits.items()
        if value is not None
    }
    code = codes.concept("Age", codes.LOINC, "30525-0", "Age")
    return [{"code": code, "valueRange": years, "exclude": False}] if years else []


def _sex(record: StoredRecord) -> list[Json]:
    gender = codes.GENDERS.get(record.sex) if record.sex else None
    if gender is None:
        return []
    value = codes.concept(gender.capitalize(), ADMINISTRATIVE_GENDER, gender, gender.capitalize())
    code = codes.concept("Sex", codes.LOINC, "46098-0", "Sex")
    return [{"code": code, "valueCodeableConcept": value, "exclude": False}]


def _criteria(name: str, written: str, *, exclude: bool) -> list[Json]:
    words = codes.text(written)
    if not words:
        return []
    return [{"code": {"text": name}, "valueCodeableConcept": {"text": words}, "exclude": exclude}]
