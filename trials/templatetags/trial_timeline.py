"""`{% trial_timeline facts %}`: the dates of a trial, drawn and told. Load `trials/timeline.css` with it."""

from collections.abc import Mapping
from typing import Any

from django import template

from trials.explain.timeline import Timeline, timeline

register = template.Library()


@register.inclusion_tag("trials/_timeline.html")
def trial_timeline(facts: Mapping[str, Any]) -> dict[str, Timeline | None]:
    """`facts` are the details of a registration, or of several joined: `start`, `completion`, ..."""
    return {"line": timeline(facts)}
