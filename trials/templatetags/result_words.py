"""The words of results and papers: kinds of numbers, milestones, side effects, who answers for a trial."""

from django import template
from django.utils.translation import gettext_lazy as _

from trials.explain import excerpts
from trials.vocabulary.side_effects import CRS, NEUROTOXICITY

register = template.Library()

PARAMETERS = {
    "COUNT_OF_PARTICIPANTS": _("number of people"),
    "COUNT_OF_UNITS": _("number"),
    "NUMBER": _("number"),
    "MEAN": _("mean (average)"),
    "MEDIAN": _("median (half lie below it, half above)"),
    "LEAST_SQUARES_MEAN": _("mean, adjusted by statistics (least squares)"),
    "GEOMETRIC_MEAN": _("geometric mean"),
    "GEOMETRIC_LEAST_SQUARES_MEAN": _("geometric mean, adjusted by statistics (least squares)"),
    "LOG_MEAN": _("mean of logarithms"),
}
MILESTONES = {
    "STARTED": _("Began"),
    "COMPLETED": _("Went through to the end"),
    "NOT COMPLETED": _("Did not go through to the end"),
}
REASONS = {
    "Adverse Event": _("A side effect or other health problem"),
    "Death": _("Died"),
    "Lack of Efficacy": _("The treatment did not work"),
    "Lost to Follow-up": _("The trial lost touch with them"),
    "Physician Decision": _("The doctor decided so"),
    "Pregnancy": _("Pregnancy"),
    "Protocol Violation": _("The plan of the trial was not kept"),
    "Withdrawal by Subject": _("They decided to leave"),
}
SIDE_EFFECTS = {
    CRS: (
        _("Cytokine release syndrome (CRS)"),
        _("Fever, low blood pressure or trouble breathing when many CAR T cells become active at once."),
    ),
    NEUROTOXICITY: (
        _("Effects on the brain and nerves (neurotoxicity, ICANS)"),
        _(
            "Confusion, trouble speaking, trembling or fits. Single signs of it may be listed in the "
            "registry's table under names of their own."
        ),
    ),
}
PARTIES = {
    "SPONSOR": _("the sponsor"),
    "PRINCIPAL_INVESTIGATOR": _("the doctor who leads the trial"),
    "SPONSOR_INVESTIGATOR": _("a doctor who is the sponsor too"),
}
SHARING = {
    "YES": _("yes, is planned"),
    "NO": _("no"),
    "UNDECIDED": _("not decided"),
}
SHARED_DOCUMENTS = {
    "STUDY_PROTOCOL": _("protocol (the plan of the trial)"),
    "SAP": _("plan of the statistics"),
    "ICF": _("consent form"),
    "CSR": _("report of the study"),
    "ANALYTIC_CODE": _("programs of the analysis"),
}
HELD_BACK = {
    "LTE60": _("The sponsor may hold back what the trial's doctors publish for up to 60 days."),
    "GT60": _("The sponsor may hold back what the trial's doctors publish for 61 to 180 days."),
    "OTHER": _("The sponsor and the trial's doctors agreed on limits to publishing."),
}


@register.filter
def unmarked(text: str) -> str:
    """Registry text of a line or two, without the backslashes of its markdown."""
    return excerpts.unescaped(text)


@register.filter
def parameter_words(parameter: str) -> str:
    """What kind of number a table holds; a word we do not know as the registry writes it."""
    return str(PARAMETERS.get(parameter, parameter.replace("_", " ").lower()))


@register.filter
def milestone_words(kind: str) -> str:
    """A milestone that every registry table has, in plain words; "" for the trial's own."""
    return str(MILESTONES.get(kind, ""))


@register.filter
def reason_words(kind: str) -> str:
    """Why people left, in plain words; "" for the trial's own reasons."""
    return str(REASONS.get(kind, ""))


@register.filter
def side_effect_name(kind: str) -> str:
    return str(SIDE_EFFECTS[kind][0])


@register.filter
def side_effect_about(kind: str) -> str:
    """What it feels like, in a sentence."""
    return str(SIDE_EFFECTS[kind][1])


@register.filter
def party_words(kind: str) -> str:
    """Who answers for a record; "" for a word we do not know."""
    return str(PARTIES.get(kind, ""))


@register.filter
def sharing_words(plan: str) -> str:
    """Whether the data of single people will be shared; "" where that is not stated in a word we know."""
    return str(SHARING.get(plan, ""))


@register.filter
def shared_document_words(kind: str) -> str:
    return str(SHARED_DOCUMENTS.get(kind, kind))


@register.filter
def held_back_words(kind: str) -> str:
    """What was agreed on publishing; "" for a word we do not know."""
    return str(HELD_BACK.get(kind, ""))


@register.filter
def paper_address(pmid: str) -> str:
    """Where PubMed has the paper."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isascii() and pmid.isdecimal() else ""
