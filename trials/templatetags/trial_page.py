"""The words of a trial's page: steps of treatment, who pays, parts of a record, what officials decided."""

from django import template
from django.utils.translation import gettext_lazy as _

from trials.choices import CellSource, Facet, Phase
from trials.display import phase_label
from trials.explain import excerpts

register = template.Library()

STEPS = {
    "screening": (
        _("Screening"),
        _(
            "Tests that show whether the treatment is safe enough for this person, "
            "and whether the trial can take them."
        ),
    ),
    "apheresis": (
        _("Apheresis: collecting cells"),
        _(
            "Blood runs through a machine for some hours. It keeps some white cells, from which "
            "CAR T cells are made, and gives the rest back."
        ),
    ),
    "bridging": (
        _("Bridging treatment"),
        _("Treatment that holds the disease while the CAR T cells are being made, which takes weeks."),
    ),
    "lymphodepletion": (
        _("Lymphodepletion: chemotherapy before the cells"),
        _("A few days of chemotherapy that make room for the CAR T cells."),
    ),
    "infusion": (
        _("Infusion of the CAR T cells"),
        _("The cells are given, most often by a drip into a vein."),
    ),
    "stay": (
        _("Hospital stay"),
        _(
            "Doctors watch for side effects such as fever and confusion, often in the hospital. "
            "Afterwards people usually stay near it for some weeks."
        ),
    ),
    "follow_up": (
        _("Follow-up"),
        _("Visits and tests over months and years: how the person is, and whether the disease comes back."),
    ),
}
SHORT_STEPS = {
    "screening": (_("Screening"), "clipboard"),
    "apheresis": (_("Cells collected"), "collect"),
    "bridging": (_("Treatment while waiting"), "medicine"),
    "lymphodepletion": (_("Chemotherapy"), "medicine"),
    "infusion": (_("Cells given"), "drip"),
    "stay": (_("Hospital stay"), "bed"),
    "follow_up": (_("Follow-up"), "watch"),
}
"""Words below a picture, and the symbol of `icons.svg`."""
USUAL = _("Usual in CAR T treatment; this record does not mention it. Ask the hospital.")
NOT_USUAL = {
    CellSource.ALLOGENEIC: (
        {"apheresis"},
        _(
            "The cells come from a donor, so this is not usual for the patient. "
            "This record does not mention it."
        ),
    ),
    CellSource.IN_VIVO: (
        {"apheresis", "bridging", "lymphodepletion"},
        _("Usually not needed where CAR T cells are made inside the body. This record does not mention it."),
    ),
}
COSTS = {
    "treatment": _("The CAR T treatment and other medicines"),
    "hospital": _("The hospital stay"),
    "tests": _("Tests and scans"),
    "travel": _("Travel, and a place to stay"),
}
FIELDS = {
    "arms": _("groups of participants"),
    "interventions": _("what is given"),
    "description": _("the long description"),
    "summary": _("the summary"),
    "outcomes": _("what is measured"),
    "inclusion": _("who can join"),
    "exclusion": _("who cannot join"),
    "eligibility": _("who can join"),
    "title": _("the title"),
    "official_title": _("the official title"),
    "conditions": _("diseases"),
    "keywords": _("keywords"),
}
OFFICIAL = {
    "approved": _("approved"),
    "approved/obtained": _("approved"),
    "submitted/under review": _("submitted, not decided yet"),
    "submittted/under review": _("submitted, not decided yet"),  # so CTRI writes it
    "not applicable": _("not needed, CTRI says"),
    "no objection certificate": _("no objection"),
    "not approved": _("not approved"),
    "rejected": _("not approved"),
}


@register.filter
def opening(text: str) -> tuple[str, str]:
    """The beginning of a long text, and the rest to be folded away ("" of a short one)."""
    return excerpts.opening(text)


@register.filter
def step_name(name: str) -> str:
    return str(STEPS[name][0])


@register.filter
def step_short(name: str) -> str:
    return str(SHORT_STEPS[name][0])


@register.filter
def step_icon(name: str) -> str:
    """The symbol's id."""
    return SHORT_STEPS[name][1]


@register.filter
def step_about(name: str) -> str:
    """What usually happens in this step of treatment."""
    return str(STEPS[name][1])


@register.filter
def step_missing(name: str, cell_source: str) -> str:
    """What to say of a step the record does not mention; cells of donors and in-vivo CAR T need fewer."""
    steps, words = NOT_USUAL.get(CellSource(cell_source), (set(), USUAL))
    return str(words if name in steps else USUAL)


@register.filter
def cost_name(item: str) -> str:
    return str(COSTS[item])


@register.filter
def field_words(field: str) -> str:
    """Which part of a record a sentence stands in."""
    return str(FIELDS.get(field, field.replace("_", " ")))


@register.filter
def official_words(written: str) -> str:
    """What a regulator or committee decided, in plain words; "" for words we do not know."""
    return str(OFFICIAL.get(" ".join(written.lower().split()), ""))


@register.filter
def facet_label(facet: str) -> str:
    return str(Facet(facet).label)


@register.filter
def phase_codes(written: str) -> str:
    """`PHASE1, PHASE2` of an event in words."""
    codes = [code.strip() for code in written.split(",")]
    return ", ".join(phase_label(code) if code in Phase.values else code for code in codes if code)
