"""`/admin/`: tables without a page of their own, to look at (docs/adr/0006-admin-shows.md)."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from trials.models import ProductGiven, Registration, RegistrySource, Site, Trial, TrialEvent, TrialSite
from trials.models.workspace import Reminders, SiteAssignment, SiteConfirmation


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    """Rows to look at: imports, the desk and the workspace are what writes them."""

    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest, *_parent: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.register(
    [
        RegistrySource,
        Registration,
        Trial,
        Site,
        TrialSite,
        TrialEvent,
        SiteAssignment,
        SiteConfirmation,
        ProductGiven,
        Reminders,
    ],
    ReadOnlyAdmin,
)
