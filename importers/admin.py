"""`/admin/` for the tables of imports, to look at."""

from django.contrib import admin

from importers.models import AlertSent, CitedNumber, CtriTarget, RawRecord, RunPage, UploadedFile
from trials.admin import ReadOnlyAdmin

admin.site.register([AlertSent, CitedNumber, CtriTarget, RawRecord, RunPage, UploadedFile], ReadOnlyAdmin)
