"""Forms of the workspace."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials import languages
from trials.models import ProductAnswer, Site
from trials.models.workspace import Invitation, ListingEdit, listing_fields, summary_field
from trials.workspace.edits import PARTS, Value
from trials.workspace.given import GivenRow

Field = ListingEdit.Field
LONGEST, LONGEST_NOTE = 4000, 1500
PART_LABELS = {
    "treatment": _("The CAR T cells"),
    "hospital": _("Hospital stay"),
    "tests": _("Tests and scans"),
    "travel": _("Travel and lodging"),
    "name": _("Name or desk"),
    "phone": _("Telephone"),
    "whatsapp": _("WhatsApp"),
    "email": _("E-mail"),
    "hours": _("Hours"),
    "languages": _("Languages spoken"),
}
_PHONE = re.compile(r"[+0-9][0-9 ()/-]{5,40}")


class WordsForm(forms.Form):
    """The words for one field of a listing: one text, or one line for each part."""

    seen = forms.CharField(max_length=60)

    def __init__(self, field: str, value: Value | None, data: Any = None) -> None:
        super().__init__(data)
        self.field = field
        for name in self.names:
            initial = value.get(name, "") if isinstance(value, dict) else value or ""
            self.fields[name] = self._field(name, initial)

    @property
    def names(self) -> tuple[str, ...]:
        """The inputs people fill in."""
        return PARTS.get(self.field, ("text",))

    @property
    def _language(self) -> str:
        return next((code for code in languages.codes() if self.field == summary_field(code)), "en")

    def _field(self, name: str, initial: str) -> forms.Field:
        if name == "text":
            label = str(dict(listing_fields())[self.field])
            longest = LONGEST_NOTE if self.field == Field.SITE_NOTE else LONGEST
            area = forms.Textarea({"rows": 10, "lang": self._language})
            return forms.CharField(label=label, initial=initial, max_length=longest, widget=area)
        if name == "email":
            return forms.EmailField(label=PART_LABELS[name], initial=initial, required=False)
        return forms.CharField(label=PART_LABELS[name], initial=initial, required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("phone", "whatsapp"):
            if cleaned.get(name) and not _PHONE.fullmatch(cleaned[name]):
                self.add_error(name, _wrong_number())
        if self.field in PARTS and not any(cleaned.get(name) for name in self.names):
            raise forms.ValidationError(gettext("Fill in at least one line."))
        return cleaned

    def value(self) -> Value:
        """What `edits.save` keeps."""
        if self.field not in PARTS:
            text: str = self.cleaned_data["text"].strip()
            return text
        return {name: self.cleaned_data[name].strip() for name in self.names}

    def inputs(self) -> Iterable[forms.BoundField]:
        """For the template."""
        return [self[name] for name in self.names]


def _wrong_number() -> str:
    return gettext("Write the number with its area or country code, digits only.")


class GivenForm(forms.Form):
    """Yes, no or not said for each product approved in India, and whom to call about them."""

    phone = forms.CharField(label=PART_LABELS["phone"], max_length=50, required=False)
    email = forms.EmailField(label=PART_LABELS["email"], required=False)

    def __init__(self, rows: Sequence[GivenRow], data: Any = None) -> None:
        yes = next((row.word for row in rows if row.word and row.word.said == ProductAnswer.YES), None)
        super().__init__(data, initial={"phone": yes.phone, "email": yes.email} if yes else None)
        self.rows = rows
        for row in rows:
            self.fields[row.known.slug] = forms.ChoiceField(
                label=row.known.title,
                choices=ProductAnswer.choices,
                initial=row.answer,
                widget=forms.RadioSelect,
                required=False,
            )

    def clean_phone(self) -> str:
        number: str = self.cleaned_data["phone"].strip()
        if number and not _PHONE.fullmatch(number):
            raise forms.ValidationError(_wrong_number())
        return number

    def answers(self) -> dict[str, str]:
        """The answer for each product that has one."""
        said = {row.known.product.name: self.cleaned_data[row.known.slug] for row in self.rows}
        return {product: answer for product, answer in said.items() if answer}

    def products(self) -> list[tuple[GivenRow, forms.BoundField]]:
        """Each product with its choices, for the template."""
        return [(row, self[row.known.slug]) for row in self.rows]

    def contact(self) -> list[forms.BoundField]:
        """Whom to call, for the template."""
        return [self["phone"], self["email"]]


class TextForm(forms.Form):
    """A remark, an answer, a reason."""

    text = forms.CharField(max_length=2000)


class MissingTrialForm(forms.Form):
    """A trial that a coordinator misses; of several own hospitals, at which."""

    trial = forms.CharField(
        label=_("Number, address of its page in the registry, or title"),
        help_text=_("As it stands on the registry's page of the trial."),
        max_length=500,
    )
    site = forms.ModelChoiceField(
        Site.objects.none(),
        label=_("At which hospital?"),
        empty_label=None,
        widget=forms.Select({"lang": "en"}),
    )
    note = forms.CharField(label=_("A note (you may leave this empty)"), max_length=1000, required=False)

    def __init__(self, own: QuerySet[Site], data: Any = None) -> None:
        super().__init__(data, auto_id="trial_%s")
        if own:
            self.fields["site"].queryset = own  # type: ignore[attr-defined]
        else:
            del self.fields["site"]


class MissingHospitalForm(forms.Form):
    """A hospital that a coordinator misses."""

    name = forms.CharField(label=_("Name of the hospital"), max_length=300)
    city = forms.CharField(label=_("City"), max_length=100)
    note = forms.CharField(label=_("A note (you may leave this empty)"), max_length=1000, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="hospital_%s")


class WithHospitals(forms.BaseForm):
    """A form with the field `sites`, which templates show in a piece of its own (`hospitals.choice`)."""

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """All the others."""
        return [self[name] for name in self.fields if name != "sites"]


def sites_field() -> "forms.ModelMultipleChoiceField[Site]":
    """Hospitals a coordinator looks after."""
    return forms.ModelMultipleChoiceField(Site.objects.all(), required=False)


class InvitationForm(WithHospitals, forms.ModelForm):  # type: ignore[type-arg]
    """Whom to invite, as what."""

    sites = sites_field()

    class Meta:
        model = Invitation
        fields = ["email", "role", "language", "sites"]
        labels = {"email": _("E-mail"), "role": _("Role in the team"), "language": _("Language of the mails")}


class PersonForm(WithHospitals, forms.Form):
    """A user's role, and for which hospitals."""

    role = forms.ChoiceField(label=_("Role in the team"), choices=Invitation.Role.choices)
    sites = sites_field()
    is_active = forms.BooleanField(label=_("Can sign in"), required=False)


class JoinForm(forms.Form):
    """Name and password of an invited user."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    password = forms.CharField(
        label=_("A password"),
        max_length=200,
        strip=False,  # whoever types a blank at its end types it when signing in, too
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("Eight characters or more, and not easy to guess."),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
