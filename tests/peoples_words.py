"""One row of everything that people can say."""

from django.contrib.auth.models import User
from django.utils import timezone

from importers.models import PlaceAnswer, TrialLink
from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from tests.trials.following import follows
from trials.models import (
    ErrorReport,
    Hiding,
    LabelCorrection,
    ListingEdit,
    ProductGiven,
    Remark,
    Site,
    SiteAssignment,
    SiteConfirmation,
    Trial,
)

ID = "NCT91000001"
FOLLOWER = "asha@example.org"
OF_A_VISITOR = "My mother has lymphoma"


def people_spoke() -> Trial:
    """A trial at one hospital, and what a coordinator, an editor, a visitor and a follower said."""
    trial = make_trial(ID, sites=[site("Tata Memorial Hospital")])
    registration, hospital = trial.registrations.get(), Site.objects.get()
    ravi = User.objects.create_user("ravi", "ravi@example.org", "a long password")
    here = {"registration": registration, "site": hospital}
    SiteAssignment.objects.create(user=ravi, site=hospital)
    SiteConfirmation.objects.create(**here, said="open", by=ravi)
    edit = ListingEdit.objects.create(
        **here, field="site_note", value="Ring before nine.\nनौ बजे से पहले", state="published", author=ravi
    )
    Remark.objects.create(edit=edit, text="Which number?", by=ravi)
    ProductGiven.objects.create(site=hospital, product="NexCAR19", said="yes", by=ravi)
    Hiding.objects.create(registration=registration, hidden=False, by=ravi)
    LabelCorrection.objects.create(registration=registration, axis="phases", after=["PHASE1"], by=ravi)
    PlaceAnswer.objects.create(kind="city", text="bombay", written="Bombay", city="Mumbai", by=ravi)
    TrialLink.objects.create(
        first_registry=Registry.CTRI,
        first_id="CTRI/2026/01/100001",
        second_registry=Registry.CTGOV,
        second_id=ID,
        state="not_same",
        method="similar",
        decided_by=ravi,
        decided_at=timezone.now(),
    )
    ErrorReport.objects.create(trial=trial, registry_id=ID, kind="status", text=OF_A_VISITOR, email=FOLLOWER)
    ErrorReport.objects.create(kind="missing_trial", text="Ours of 2025 is missing", by=ravi)
    follows(address=FOLLOWER)
    return trial
