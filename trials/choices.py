"""The words every part of the product shares: closed lists, spelt as the stable names spell them.

The values are ClinicalTrials.gov API v2's own where it has the concept; other registries are
translated into them by their module in `importers/registries/`.
"""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

INDIA = "India"
"""The country, as `countries` of a trial and of its sites name it."""


class ReadFrom(StrEnum):
    """Where the best data we hold of a registry come from. A file is no reading of the registry."""

    NEVER = "never"
    FILES = "files"
    REGISTRY = "registry"


class Phase(TextChoices):
    """Trial phase. A Phase 1/2 trial has two and answers to both."""

    EARLY_PHASE1 = "EARLY_PHASE1", _("Early phase 1")
    PHASE1 = "PHASE1", _("Phase 1")
    PHASE2 = "PHASE2", _("Phase 2")
    PHASE3 = "PHASE3", _("Phase 3")
    PHASE4 = "PHASE4", _("Phase 4")
    NA = "NA", _("Phase not applicable")


class Status(TextChoices):
    """Recruitment status of a trial or of one site. Only RECRUITING is ever "open"."""

    RECRUITING = "RECRUITING", _("Recruiting")
    NOT_YET_RECRUITING = "NOT_YET_RECRUITING", _("Not yet recruiting")
    ENROLLING_BY_INVITATION = "ENROLLING_BY_INVITATION", _("Enrolling by invitation")
    ACTIVE_NOT_RECRUITING = "ACTIVE_NOT_RECRUITING", _("Running, no longer recruiting")
    SUSPENDED = "SUSPENDED", _("Suspended")
    COMPLETED = "COMPLETED", _("Completed")
    TERMINATED = "TERMINATED", _("Stopped early")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn before it began")
    AVAILABLE = "AVAILABLE", _("Available (expanded access)")
    NO_LONGER_AVAILABLE = "NO_LONGER_AVAILABLE", _("No longer available")
    TEMPORARILY_NOT_AVAILABLE = "TEMPORARILY_NOT_AVAILABLE", _("Temporarily not available")
    APPROVED_FOR_MARKETING = "APPROVED_FOR_MARKETING", _("Approved for marketing")
    WITHHELD = "WITHHELD", _("Withheld by the registry")
    UNKNOWN = "UNKNOWN", _("Status not known")


class Role(TextChoices):
    """What a study has to do with CAR T cells (definitions: labelling guide, DESIGN section 4)."""

    GIVES_CAR_T = "gives_car_t", _("Gives CAR T cells")
    AROUND_CAR_T = "around_car_t", _("Studies something else around CAR T treatment")
    FOLLOW_UP = "follow_up", _("Follows people after CAR T treatment")
    OBSERVATIONAL = "observational", _("Observes people who have CAR T treatment")
    EXPANDED_ACCESS = "expanded_access", _("Expanded access to a CAR T product")
    NOT_CAR_T = "not_car_t", _("Not a CAR T study")


class CellSource(TextChoices):
    """Whose cells the CAR T product is made from."""

    AUTOLOGOUS = "autologous", _("The patient's own cells")
    ALLOGENEIC = "allogeneic", _("Donor cells")
    IN_VIVO = "in_vivo", _("Made inside the body")
    NOT_STATED = "not_stated", _("Not stated")


class Facet(TextChoices):
    """A question of key eligibility (labelling guide, "Eligibility facets")."""

    PRIOR_CAR_T = "prior_car_t", _("Earlier CAR T treatment")
    PRIOR_SAME_TARGET = "prior_same_target", _("Earlier treatment against the same antigen")
    CNS_DISEASE = "cns_disease", _("Disease in the brain or spinal cord")
    PRIOR_ALLO_SCT = "prior_allo_sct", _("Earlier transplant from a donor")
    HEPATITIS_B_C = "hepatitis_b_c", _("Hepatitis B or C")
    HIV = "hiv", _("HIV")
    AUTOIMMUNE_ACTIVE = "autoimmune_active", _("Autoimmune disease")
    PREGNANCY = "pregnancy", _("Pregnancy or breastfeeding")
    MIN_PRIOR_LINES = "min_prior_lines", _("Earlier lines of treatment needed")
    ECOG_MAX = "ecog_max", _("Highest ECOG score taken (0 is fully active)")


NUMBERS = (Facet.MIN_PRIOR_LINES, Facet.ECOG_MAX)
"""Facets whose value is a number; that of the others is allowed or excluded."""


class Demand(TextChoices):
    """What a trial asks besides the questions of `Facet`: named where it is stated, and else not at all."""

    ANTIGEN = "antigen_asked", _("Antigen asked for on the cancer")
    WEIGHT = "min_weight_kg", _("Lowest weight")
    ORGANS = "organ_limits", _("Heart, lungs, liver, kidneys, blood counts")


class Limit(TextChoices):
    """What keeps a facet of eligibility from being absolute; its label goes on from "cannot join".

    `Stated.limit` has any of these, joined by "; ". `WITHIN` stands with a length: "within 3 months".
    For hepatitis one may begin with the virus: "hepatitis B: active only; hepatitis C: not mentioned".
    """

    ACTIVE = "active only", _("while it is active")
    SYMPTOMATIC = "symptomatic only", _("with symptoms")
    UNTREATED = "untreated only", _("if it is untreated")
    UNCONTROLLED = "uncontrolled only", _("if it is not under control")
    SEVERE = "severe only", _("if it is severe")
    NEEDS_TREATMENT = "needing treatment only", _("if it needs treatment")
    DETECTABLE = "detectable only", _("if the virus is found in the blood")
    FORMS = "some forms only", _("with some forms of it")
    EXCEPTIONS = "with exceptions", _("except in some cases")
    CONDITION = "on a condition", _("in some cases")
    WITHIN = "within", _("within %s")
    AT_LEAST = "at least", _("at least %s")
    AT_MOST = "at most", _("at most %s")
    NOT_MENTIONED = "not mentioned", _("not mentioned")


class Sex(TextChoices):
    """Who may join by sex."""

    ALL = "ALL", _("All")
    FEMALE = "FEMALE", _("Female")
    MALE = "MALE", _("Male")


class StudyType(TextChoices):
    """What kind of study a registry says it is."""

    INTERVENTIONAL = "INTERVENTIONAL", _("Interventional")
    OBSERVATIONAL = "OBSERVATIONAL", _("Observational")
    EXPANDED_ACCESS = "EXPANDED_ACCESS", _("Expanded access")


PUBLIC_ROLES = (Role.GIVES_CAR_T, Role.EXPANDED_ACCESS)
"""Roles the public list shows; everything else is kept and reachable by staff."""
