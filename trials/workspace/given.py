"""What a hospital says of the approved products it gives: recorded, shown, undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials.browse.given import newest_given
from trials.browse.products import ProductApprovals, approved_in
from trials.models import ProductAnswer, ProductGiven, Site

SHOWN = 50
"""Words in the history of one hospital."""


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One product approved in India, and the word of the hospital that stands; None where it said nothing."""

    known: ProductApprovals
    word: ProductGiven | None

    @property
    def answer(self) -> str:
        """What stands now; "" where it has to be said again because it is too old."""
        if self.word is None:
            return ProductAnswer.NOT_SAID
        return self.word.said if self.word.is_fresh else ""

    @property
    def is_old(self) -> bool:
        """Whether an answer of the past no longer counts."""
        return self.word is not None and self.word.said != ProductAnswer.NOT_SAID and not self.word.is_fresh


def rows_of(sites: Sequence[Site]) -> list[tuple[Site, list[GivenRow]]]:
    """Each hospital with every product approved in India. One query."""
    words = newest_given([site.pk for site in sites])
    products = approved_in()
    return [
        (site, [GivenRow(known, words.get((site.pk, known.product.name))) for known in products])
        for site in sites
    ]


@transaction.atomic
def say(site: Site, answers: Mapping[str, str], who: User, phone: str = "", email: str = "") -> int:
    """Note the answers by product, all with the same moment. Returns how many were new words.

    "Not said" is a word only where something stands. The same words of the same day are not noted twice.
    """
    Site.objects.select_for_update().get(pk=site.pk)  # two people wait for each other
    now, standing = timezone.now(), newest_given([site.pk])
    words = [
        ProductGiven(
            site=site, product=product, said=answer, at=now, by=who, **_contact(answer, phone, email)
        )
        for product, answer in answers.items()
    ]
    new = [word for word in words if not _says_it_already(standing.get((site.pk, word.product)), word)]
    return len(ProductGiven.objects.bulk_create(new))


def undo_press(word: ProductGiven) -> int:
    """Take back all that was said of a hospital by the same save: what stood before stands again."""
    together = ProductGiven.objects.filter(site=word.site_id, by=word.by_id, at=word.at, undone_at=None)
    return together.update(undone_at=timezone.now())


def history(site: Site) -> list[ProductGiven]:
    """What was said of it, newest first, with what was undone."""
    return list(ProductGiven.objects.filter(site=site).select_related("by")[:SHOWN])


def _contact(answer: str, phone: str, email: str) -> dict[str, str]:
    return {"phone": phone, "email": email} if answer == ProductAnswer.YES else {}


def _says_it_already(standing: ProductGiven | None, word: ProductGiven) -> bool:
    if standing is None:
        return word.said == ProductAnswer.NOT_SAID
    same = (standing.said, standing.phone, standing.email) == (word.said, word.phone, word.email)
    today = timezone.localdate(standing.at) == timezone.localdate(word.at)
    return same and (today or word.said == ProductAnswer.NOT_SAID)
