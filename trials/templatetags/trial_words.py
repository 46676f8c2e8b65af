"""`trials.display` for templates: labels, ages, phases, statuses, counts."""

from django import template

from trials import display
from trials.explain.headline import headline

register = template.Library()
for function in (
    display.phase_words,
    display.phase_label,
    display.trial_status,
    display.status_label,
    display.status_class,
    display.role_label,
    display.cell_source_label,
    display.registry_label,
    display.condition_label,
    display.condition_short,
    display.condition_in_sentence,
    display.group_label,
    display.city_label,
    display.state_label,
    display.country_label,
    display.in_page_language,
    display.trials_counted,
    display.stale_words,
):
    register.filter(function)
register.filter(headline)
register.simple_tag(display.age_words)
