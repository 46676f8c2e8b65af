"""The first catalogue of a new installation: the registry itself, else sample records."""

from importers.models import RawRecord
from trials.models import Registration, Site, Trial


def is_empty() -> bool:
    """Whether no real record has ever been taken."""
    return not Registration.objects.filter(sample=False).exists()


def has_sample() -> bool:
    """Whether sample records stand in for real ones."""
    return Trial.objects.filter(sample=True).exists()


def remove_sample() -> None:
    """Take the sample records out; called when real ones have arrived."""
    Trial.objects.filter(sample=True).delete()
    RawRecord.objects.filter(sample=True).delete()
    Site.objects.filter(trialsite=None, products_given=None).delete()
