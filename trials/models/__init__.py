"""Everything stored about trials."""

from trials.models.data_version import DataVersion
from trials.models.follow import FollowLimit, FollowMail, Subscription, Suppression
from trials.models.history import LabelCorrection, TrialEvent
from trials.models.products_given import ProductAnswer, ProductGiven
from trials.models.registration import Registration, RegistrySource, Site, TrialSite
from trials.models.reports import ErrorReport
from trials.models.staff_act import StaffAct
from trials.models.trial import Trial, TrialQuerySet
from trials.models.workspace import (
    ConfirmationLink,
    Hiding,
    HospitalAnswer,
    Invitation,
    ListingEdit,
    Remark,
    Reminders,
    SiteAssignment,
    SiteConfirmation,
)

__all__ = [
    "ConfirmationLink",
    "DataVersion",
    "ErrorReport",
    "FollowLimit",
    "FollowMail",
    "Hiding",
    "HospitalAnswer",
    "Invitation",
    "LabelCorrection",
    "ListingEdit",
    "ProductAnswer",
    "ProductGiven",
    "Registration",
    "RegistrySource",
    "Remark",
    "Reminders",
    "Site",
    "SiteAssignment",
    "SiteConfirmation",
    "StaffAct",
    "Subscription",
    "Suppression",
    "Trial",
    "TrialEvent",
    "TrialQuerySet",
    "TrialSite",
]
