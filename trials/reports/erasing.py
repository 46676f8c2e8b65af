"""What visitors reported, erased when it is of no more use (`trialfinder.retention`)."""

from datetime import datetime

from trials.models.reports import ErrorReport


def erase_addresses(before: datetime) -> int:
    """Of reports that nobody answered or closed in time; those that were have none any more."""
    return ErrorReport.objects.filter(created_at__lte=before).exclude(email="").update(email="")


def erase_reports(before: datetime) -> int:
    return ErrorReport.objects.filter(created_at__lte=before).delete()[0]
