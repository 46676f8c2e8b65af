"""Who may do what in the workspace: the one place that says so.

A coordinator answers for the trial-site rows of their own sites and proposes words for those trials; an
editor works on any listing; an admin does that too, and looks after people (`trialfinder.permissions`).
"""

from collections.abc import Callable
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.http import HttpRequest

from trialfinder.permissions import May, View, only_for
from trials.models import Registration, Site, TrialSite
from trials.models.workspace import Invitation, ListingEdit

Role = Invitation.Role
Field = ListingEdit.Field
OF_A_SITE = (Field.CONTACT, Field.SITE_NOTE)
"""Fields that each site has for itself; the others belong to the whole listing."""
PERMISSIONS: dict[str, tuple[May, ...]] = {
    Role.COORDINATOR: (May.KEEP_OWN_LISTINGS,),
    Role.EDITOR: (May.KEEP_OWN_LISTINGS, May.EDIT_ALL_LISTINGS, May.REVIEW_RECORDS),
    Role.ADMIN: tuple(May),
}
"""What each role may do, at the desk too (`importers.desk.access`)."""


class Rights:
    """What one person may do."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    @cached_property
    def role(self) -> str:
        """`coordinator`, `editor`, `admin`; "" for a person without a role."""
        if not self.user.is_authenticated or not self.user.is_active:
            return ""
        if self.user.is_superuser:
            return Role.ADMIN
        groups = set(self.user.groups.values_list("name", flat=True))
        return next(
            (role.value for role in (Role.ADMIN, Role.EDITOR, Role.COORDINATOR) if role in groups), ""
        )

    @cached_property
    def sites(self) -> frozenset[int]:
        """Primary keys of the sites a coordinator looks after."""
        if not self.user.is_authenticated:
            return frozenset()
        return frozenset(self.user.site_assignments.values_list("site", flat=True))

    @cached_property
    def keeps_own_listings(self) -> bool:
        return self.user.has_perm(May.KEEP_OWN_LISTINGS)

    @cached_property
    def edits_everything(self) -> bool:
        return self.user.has_perm(May.EDIT_ALL_LISTINGS)

    @cached_property
    def manages_people(self) -> bool:
        return self.user.has_perm(May.MANAGE_PEOPLE)

    def may_speak_for(self, site: Site) -> bool:
        """Whether they may say that a trial is open at this site."""
        return self.edits_everything or (self.keeps_own_listings and site.pk in self.sites)

    def may_see(self, registration: Registration) -> bool:
        """Whether its workspace page is theirs: any for editors, those with a row at an own site else."""
        if self.edits_everything:
            return True
        own = TrialSite.objects.filter(trial=registration.trial_id, site__in=self.sites)
        return self.keeps_own_listings and own.exists()

    def may_write(self, registration: Registration, field: str, site: Site | None) -> bool:
        """Whether they may propose words for this field. Of a site's own fields the site must be theirs."""
        if (field in OF_A_SITE) != (site is not None):
            return False
        if site is not None and not registration_runs_at(registration, site):
            return False
        return self.may_speak_for(site) if site else self.may_see(registration)

    def may_publish(self, field: str, site: Site | None) -> bool:
        """Whether their words go out without another pair of eyes (`WORKSPACE_UNREVIEWED`)."""
        unreviewed = field in settings.WORKSPACE_UNREVIEWED and site is not None
        return self.edits_everything or (unreviewed and site is not None and self.may_speak_for(site))


def registration_runs_at(registration: Registration, site: Site) -> bool:
    """Whether the trial of this registration has a row at the site."""
    return TrialSite.objects.filter(trial=registration.trial_id, site=site).exists()


def give_role(user: User, role: str) -> None:
    """Make a person a coordinator, editor or admin, and that alone. Editors and admins see the desk."""
    user.groups.remove(*Group.objects.filter(name__in=Role.values))
    group, _made = Group.objects.get_or_create(name=role)
    group.permissions.set(Permission.objects.filter(codename__in=[may.codename for may in PERMISSIONS[role]]))
    user.groups.add(group)
    user.is_staff = role in (Role.EDITOR, Role.ADMIN)
    user.save(update_fields=["is_staff"])


def _workspace(allowed: Callable[["Rights"], bool]) -> Callable[[View], View]:
    return only_for(lambda user: allowed(Rights(user)), home="workspace:today")


staff_only = _workspace(lambda rights: rights.edits_everything or rights.keeps_own_listings)
editors = _workspace(lambda rights: rights.edits_everything)
admins = _workspace(lambda rights: rights.manages_people)


def rights_of(request: HttpRequest) -> Rights:
    """The rights of the person who asks."""
    return Rights(request.user)
