"""Who may do what in the workspace: the one place that says so.

A coordinator answers for the trial-site rows of their own sites and proposes words for those trials; an
editor works on any listing; an admin does that too, and looks after people. Everybody needs a second factor
(`trialfinder.accounts`).
"""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache

from trials.models import Registration, Site, TrialSite
from trials.models.workspace import Invitation, ListingEdit

Role = Invitation.Role
Field = ListingEdit.Field
OF_A_SITE = (Field.CONTACT, Field.SITE_NOTE)
"""Fields that each site has for itself; the others belong to the whole listing."""
PERMISSIONS: dict[str, tuple[str, ...]] = {
    Role.COORDINATOR: (),
    Role.EDITOR: ("change_triallink",),
    Role.ADMIN: ("change_triallink", "change_importrun"),
}
"""What a role may do at the desk: decide what records mean, and run imports (`importers.desk.access`)."""
View = Callable[..., HttpResponseBase]


class Rights:
    """What one person may do."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    @cached_property
    def role(self) -> str:
        """`coordinator`, `editor`, `admin`; "" for somebody who has no part in this."""
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

    @property
    def edits_everything(self) -> bool:
        return self.role in (Role.EDITOR, Role.ADMIN)

    @property
    def manages_people(self) -> bool:
        return self.role == Role.ADMIN

    def may_speak_for(self, site: Site) -> bool:
        """Whether they may say that a trial is open at this site."""
        return self.edits_everything or (self.role == Role.COORDINATOR and site.pk in self.sites)

    def may_see(self, registration: Registration) -> bool:
        """Whether its workspace page is theirs: any for editors, those with a row at an own site else."""
        if self.edits_everything:
            return True
        own = TrialSite.objects.filter(trial=registration.trial_id, site__in=self.sites)
        return self.role == Role.COORDINATOR and own.exists()

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
    """Make somebody a coordinator, editor or admin, and that alone. Editors and admins see the desk."""
    user.groups.remove(*Group.objects.filter(name__in=Role.values))
    group, _made = Group.objects.get_or_create(name=role)
    group.permissions.set(Permission.objects.filter(codename__in=PERMISSIONS[role]))
    user.groups.add(group)
    user.is_staff = role in (Role.EDITOR, Role.ADMIN)
    user.save(update_fields=["is_staff"])


def for_roles(*roles: str) -> Callable[[View], View]:
    """Views for these roles: others are asked to sign in, or refused. The view finds `request.rights`."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            rights = Rights(request.user)
            if not request.user.is_authenticated:
                reading = request.method in ("GET", "HEAD")
                return redirect_to_login(request.get_full_path() if reading else reverse("workspace:today"))
            if rights.role not in roles:
                raise PermissionDenied
            request.rights = rights  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return checked

    return decorate


everybody = for_roles(*Role.values)
editors = for_roles(Role.EDITOR, Role.ADMIN)
admins = for_roles(Role.ADMIN)


def rights_of(request: HttpRequest) -> Rights:
    """The rights a decorator of this module has put on the request."""
    rights: Rights = request.rights  # type: ignore[attr-defined]
    return rights
