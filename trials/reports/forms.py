"""The form on which a visitor says what is wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trials.models.reports import LONGEST, OF_STAFF, ErrorReport


class Lines(forms.CharField):
    """Text of several lines; a line's end counts as one letter, as browsers count it."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is wrong, in words, and an address only for who wants an answer.

    `website` is a trap: people do not see it, robots fill it in.
    """

    text = Lines(
        label=_("Please describe it"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Write a few words."),
            "max_length": _("At most 2000 letters, please."),
        },
    )
    website = forms.CharField(required=False)

    class Meta:
        model = ErrorReport
        fields = ["kind", "text", "email"]
        labels = {
            "kind": _("What is wrong?"),
            "email": _("Your e-mail address, if you want an answer"),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        error_messages = {
            "kind": {"required": _("Choose what is wrong.")},
            "email": {"invalid": _("This is not an e-mail address.")},
        }

    use_required_attribute = False  # the page tells what is missing, in its own language

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        choices = [(value, label) for value, label in ErrorReport.Kind.choices if value not in OF_STAFF]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined] # without "-----"
        for name in self.errors if self.is_bound else ():
            self.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"error-{name}"}

    @property
    def is_trapped(self) -> bool:
        """Whether a robot filled in what people cannot see."""
        return bool(self.data.get("website"))
