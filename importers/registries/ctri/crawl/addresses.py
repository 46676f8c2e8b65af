"""The address of a CTRI record's page, put into its registration: the page itself does not always tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from importers.load.store import Arrival
from importers.models.crawl import CtriTarget
from importers.registries.ctri.web_addresses import ctri_page
from importers.registries.slugs import Registry
from trials.models import Registration


def learn(pages: Mapping[str, int]) -> None:
    """Write down which CTRI number has which trialid."""
    stored = Registration.objects.filter(registry=Registry.CTRI, registry_id__in=pages)
    for registration in stored.only("registry_id", "url"):
        if registration.url != (url := ctri_page(pages[registration.registry_id])):
            Registration.objects.filter(pk=registration.pk).update(url=url)


def put(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """The same records, each with the address of its page where that is known."""
    names = [a.record.registry_id for a in arrivals if a.record.registry == Registry.CTRI]
    if not names:
        return list(arrivals)
    known = CtriTarget.objects.filter(ctri_number__in=names).order_by("-trial_id")
    ids = dict(known.values_list("ctri_number", "trial_id"))
    return [
        replace(a, record=replace(a.record, url=ctri_page(ids[a.record.registry_id])))
        if a.record.registry_id in ids
        else a
        for a in arrivals
    ]
