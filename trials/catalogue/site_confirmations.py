"""The newest word of each hospital on each trial."""

from collections.abc import Collection

from trials.models.workspace import SiteConfirmation


def newest_words(trial_ids: Collection[int]) -> dict[int, dict[int, SiteConfirmation]]:
    """By trial and site: what a hospital confirmed last and has not undone, fresh or not."""
    confirmations = SiteConfirmation.objects.filter(registration__trial__in=trial_ids, undone_at=None)
    words: dict[int, dict[int, SiteConfirmation]] = {}
    for word in confirmations.select_related("registration").order_by("at", "id"):
        words.setdefault(word.registration.trial_id, {})[word.site_id] = word
    return words
