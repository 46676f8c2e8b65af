"""What signed-in people may do, and the one decorator that checks it, for the desk and the workspace.

Each is a permission of a model's `Meta.permissions`; the groups of `workspace.rights` hold them. Looking
at the desk needs Django's `is_staff`. Everyone needs a second factor (`trialfinder.accounts`).
"""

import logging
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]


class May(StrEnum):
    """Permissions, as `User.has_perm` takes them."""

    RUN_IMPORTS = "importers.run_imports"
    REVIEW_RECORDS = "importers.review_records"
    KEEP_OWN_LISTINGS = "trials.keep_own_listings"
    EDIT_ALL_LISTINGS = "trials.edit_all_listings"
    MANAGE_PEOPLE = "trials.manage_people"

    @property
    def codename(self) -> str:
        return self.partition(".")[2]


def only_for(allowed: Callable[[User], bool], *, home: str) -> Callable[[View], View]:
    """A view for these people: others are asked to sign in, or get a 403 page.

    After signing in a reader comes back to the page; after a form that was lost they come to `home`.
    """

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                reading = request.method in ("GET", "HEAD")
                return redirect_to_login(request.get_full_path() if reading else reverse(home))
            may = allowed(request.user)
            if not may:
                match = request.resolver_match
                logger.warning("Account %s was refused %s.", request.user.pk, match and match.view_name)
            refuse_unless(may)
            return view(request, *args, **kwargs)

        return checked

    return decorate


def refuse_unless(allowed: object) -> None:
    """Answer with a 403 page unless it is true."""
    if not allowed:
        raise PermissionDenied
