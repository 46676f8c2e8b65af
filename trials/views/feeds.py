"""Atom: what has changed, for readers of feeds. The same filters as the page."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from trials.browse.updates import UpdatesQuery, events, many_listed, one_by_one, read
from trials.display import condition_label
from trials.models import TrialEvent
from trials.search.parameters import ParameterError
from trials.views.errors import wrong_parameter

if TYPE_CHECKING:
    _Feed = Feed[TrialEvent, UpdatesQuery]
else:
    _Feed = Feed  # cannot be subscripted when it runs

NEWEST = 100


class PlainAtom(Atom1Feed):
    """Atom whose summaries are plain text: what a registry wrote never becomes HTML in a reader."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})


class Changes(_Feed):
    """The newest changes of real trials; invented sample records never leave the site."""

    feed_type = PlainAtom

    def get_object(self, request: HttpRequest) -> UpdatesQuery:
        """Raises ParameterError."""
        return read(request.GET)

    def title(self, asked: UpdatesQuery) -> str:
        name = gettext("CAR T trials: what has changed")
        return f"{name}: {condition_label(asked.condition)}" if asked.condition else name

    def link(self, asked: UpdatesQuery) -> str:
        return reverse("trials:changes")

    def subtitle(self, asked: UpdatesQuery) -> str:
        return gettext("Copied from public registries, may be out of date. Not medical advice.")

    def items(self, asked: UpdatesQuery) -> list[TrialEvent]:
        real = events(asked).filter(trial__sample=False)
        return list(one_by_one(real, many_listed(asked))[:NEWEST])

    def item_title(self, item: TrialEvent) -> str:
        return f"{item.trial.primary_id} {item.trial.title}"

    def item_description(self, item: TrialEvent) -> str:
        return " ".join(render_to_string("trials/_event.txt", {"event": item}).split())

    def item_link(self, item: TrialEvent) -> str:
        return reverse("trials:detail", kwargs={"registry_id": item.trial.primary_id})

    def item_guid(self, item: TrialEvent) -> str:
        return f"{settings.SITE_URL}/changes/#{item.pk}"

    def item_updateddate(self, item: TrialEvent) -> datetime:
        return item.at

    def item_pubdate(self, item: TrialEvent) -> datetime:
        return item.at


@require_safe
def changes_feed(request: HttpRequest) -> HttpResponse:
    """The feed; a value it does not know is a 400 that names the parameter."""
    try:
        return Changes()(request)
    except ParameterError as error:
        return wrong_parameter(request, error, reverse("trials:changes"))
