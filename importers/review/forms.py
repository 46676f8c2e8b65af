"""The form of the review page: every label of one registration, and the words it rests on."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials import vocabulary
from trials.catalogue.labels import AXES, ELIGIBILITY, NOT_STATED, label, undecided
from trials.choices import NUMBERS, CellSource, Facet, Role
from trials.models import Registration
from trials.record import StoredFacet
from trials.vocabulary.folding import fold

ANSWERS = [("allowed", _("Can join")), ("excluded", _("Cannot join")), (NOT_STATED, _("Not stated"))]
LARGEST_NUMBER = {Facet.MIN_PRIOR_LINES: 10, Facet.ECOG_MAX: 5}


class ReviewForm(forms.Form):
    """Labels as they count now. What comes back different, or is confirmed, is a person's word."""

    role = forms.ChoiceField(label=_("Kind of study"), choices=Role.choices, widget=forms.RadioSelect)
    conditions = forms.MultipleChoiceField(
        label=_("Disease"), required=False, choices=[(slug, slug) for slug in vocabulary.conditions()]
    )
    targets = forms.CharField(
        label=_("Antigens the CAR T cells look for, with commas between them"), required=False, max_length=300
    )
    cell_source = forms.ChoiceField(label=_("Made from"), choices=CellSource.choices)
    why = forms.CharField(
        label=_("Why (for your colleagues)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )
    all_right = forms.BooleanField(label=_("I have checked every label above"), required=False)
    back = forms.MultipleChoiceField(
        label=_("Let the rules decide again"), required=False, choices=[(axis, axis) for axis in AXES]
    )
    seen = forms.CharField(max_length=16)

    def __init__(self, registration: Registration, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=_initial(registration))
        self.registration = registration
        for facet in Facet:
            self.fields[facet.value] = _value_field(facet)
            self.fields[f"{facet.value}_quote"] = forms.CharField(
                required=False, max_length=4000, widget=forms.Textarea({"rows": 2, "lang": "en"})
            )

    def clean_targets(self) -> list[str]:
        """Canonical names; an alias will do."""
        written = [part.strip() for part in self.cleaned_data["targets"].split(",") if part.strip()]
        names = {
            fold(word).line: name
            for name, target in vocabulary.targets().items()
            for word in (*target.aliases, name)
        }
        unknown = [word for word in written if fold(word).line not in names]
        if unknown:
            raise forms.ValidationError(gettext("Not in the vocabulary: %s") % ", ".join(unknown))
        return list(dict.fromkeys(names[fold(word).line] for word in written))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text = " ".join(_criteria_text(self.registration).split())
        for facet in Facet:
            value, quote = _said(cleaned, facet)
            if value not in ("", NOT_STATED) and (not quote or " ".join(quote.split()) not in text):
                words = gettext("Quote the sentence it comes from, exactly as in the record.")
                self.add_error(f"{facet.value}_quote", words)
        return cleaned

    def decided(self) -> dict[str, Any]:
        """`{axis: value}` for `review.decide`: what differs, waited, was confirmed or given back."""
        cleaned, registration = self.cleaned_data, self.registration
        open_axes = undecided(registration)
        decided: dict[str, Any] = {}
        for axis in AXES:
            if axis == ELIGIBILITY:
                continue
            differs = not _same(cleaned[axis], label(registration, axis))
            if differs or axis in open_axes or cleaned["all_right"]:
                decided[axis] = cleaned[axis]
        if facets := self._decided_facets():
            decided[ELIGIBILITY] = facets
        return decided | dict.fromkeys(cleaned["back"])

    def _decided_facets(self) -> dict[str, StoredFacet]:
        now = label(self.registration, ELIGIBILITY)
        given = {facet.value: _said(self.cleaned_data, facet) for facet in Facet}
        facets = {name: StoredFacet(value=value, quote=quote) for name, (value, quote) in given.items()}
        return {name: one for name, one in facets.items() if one != _stored(now.get(name), name)}


def _same(one: str | list[str], other: str | list[str]) -> bool:
    """Whether two values of an axis say the same; the order of several labels says nothing."""
    return one == other if isinstance(one, str) else sorted(one) == sorted(other)


def _initial(registration: Registration) -> dict[str, Any]:
    initial = {axis: label(registration, axis) for axis in AXES if axis != ELIGIBILITY}
    initial["targets"] = ", ".join(initial["targets"])
    for name, facet in label(registration, ELIGIBILITY).items():
        initial |= {name: facet["value"], f"{name}_quote": facet["quote"]}
    return initial


def _value_field(facet: Facet) -> forms.Field:
    if facet in NUMBERS:
        return forms.IntegerField(
            label=facet.label, required=False, min_value=0, max_value=LARGEST_NUMBER[facet]
        )
    return forms.ChoiceField(label=facet.label, choices=ANSWERS, required=False)


def _said(cleaned: Mapping[str, Any], facet: Facet) -> tuple[str, str]:
    """Value and sentence; without a value the sentence says nothing."""
    value = cleaned.get(facet.value)
    text = "" if value is None else str(value)
    if facet not in NUMBERS:
        text = text or NOT_STATED
    quote = cleaned.get(f"{facet.value}_quote") or ""
    return text, quote.strip() if text not in ("", NOT_STATED) else ""


def _stored(facet: StoredFacet | None, name: str) -> StoredFacet:
    """Value and sentence as they stand; the limit follows from the sentence and is not asked for."""
    nothing = "" if Facet(name) in NUMBERS else NOT_STATED
    return (
        StoredFacet(value=facet["value"], quote=facet["quote"]) if facet else {"value": nothing, "quote": ""}
    )


def _criteria_text(registration: Registration) -> str:
    record = registration.record
    return "\n".join((record.inclusion, record.exclusion, record.eligibility))
