"""`{% trial_timeline record %}`: a trial's dates, drawn and in words. Load `trials/trial.css` with it."""

from django import template

from trials.explain.timeline import Timeline, timeline
from trials.record import StoredRecord

register = template.Library()


@register.inclusion_tag("trials/_timeline.html")
def trial_timeline(record: StoredRecord) -> dict[str, Timeline | None]:
    """`record` is what one registration says, or several together."""
    return {"line": timeline(record)}
