"""Words of people for a listing: draft, review, public, past. Registry words are never touched.

At most one open draft and one public word a field (the database says so); who saves over something they
have not seen is refused with both versions, and nothing is lost.
"""

from collections.abc import Collection, Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials.catalogue.compose import refresh
from trials.models import Registration, Site, TrialSite
from trials.models.workspace import Hiding, ListingEdit, Remark, summary_field
from trials.record import Contact, decode_parts
from trials.workspace.rights import Rights

Field, State = ListingEdit.Field, ListingEdit.State
Value = str | dict[str, str]
OPEN_STATES = (State.DRAFT, State.REVIEW, State.RETURNED)
PARTS: Mapping[str, tuple[str, ...]] = {
    Field.PAYS: ("treatment", "hospital", "tests", "travel"),
    Field.CONTACT: ("name", "phone", "whatsapp", "email", "hours", "languages"),
}
"""Fields that have parts; the others are one text."""


class EditConflictError(Exception):
    """Somebody else saved, published or handed in this field since the person saw it."""


class NotAllowedError(Exception):
    """The person may not do that."""


Contacts = Mapping[tuple[int, int], Value]
"""By trial and site: the first contact the registry names there."""


def registry_contacts(trial_ids: Collection[int]) -> Contacts:
    """The first contact at each site of these trials, in one query."""
    rows = TrialSite.objects.filter(trial__in=trial_ids, counted=True).exclude(site=None).order_by("position")
    found: dict[tuple[int, int], Value] = {}
    for trial_id, site_id, contacts in rows.values_list("trial", "site", "contacts"):
        for first in decode_parts(contacts, Contact)[:1] if site_id is not None else ():
            value = {"name": first.name, "phone": first.phone, "email": first.email}
            found.setdefault((trial_id, site_id), value)
    return found


def registry_value(
    registration: Registration, field: str, site: Site | None, contacts: Contacts | None = None
) -> Value | None:
    """What the registry says of a field now; None where it has nothing of the kind."""
    if field == summary_field("en"):
        return registration.summary
    if field == Field.CONTACT and site is not None:
        known = registry_contacts([registration.trial_id]) if contacts is None else contacts
        return known.get((registration.trial_id, site.pk), {})
    return None


def current(
    registration: Registration, field: str, site: Site | None
) -> tuple[ListingEdit | None, ListingEdit | None]:
    """The open draft and the public word of a field."""
    edits = registration.edits.filter(field=field, site=site).exclude(state=State.PAST)
    draft = next((edit for edit in edits if edit.state in OPEN_STATES), None)
    public = next((edit for edit in edits if edit.state == State.PUBLISHED), None)
    return draft, public


def seen(draft: ListingEdit | None, public: ListingEdit | None) -> str:
    """What a person saw of a field, to compare when they save."""
    return "-".join(f"{edit.pk}.{edit.version}" if edit else "0" for edit in (draft, public))


@transaction.atomic
def save(
    registration: Registration, field: str, site: Site | None, value: Value, *, who: User, saw: str
) -> ListingEdit:
    """Keep a draft. Raises `EditConflictError`, `NotAllowedError`."""
    _lock(registration)
    if not Rights(who).may_write(registration, field, site):
        raise NotAllowedError
    draft, public = current(registration, field, site)
    if seen(draft, public) != saw:
        raise EditConflictError
    base = registry_value(registration, field, site)
    if draft is None:
        return ListingEdit.objects.create(
            registration=registration, site=site, field=field, value=value, base=base, author=who
        )
    draft.value, draft.base, draft.author, draft.version = value, base, who, draft.version + 1
    draft.save()
    return draft


@transaction.atomic
def hand_in(edit: ListingEdit, *, who: User) -> ListingEdit:
    """Publish at once where that is allowed, else put it before an editor."""
    edit = _locked(edit)
    rights = Rights(who)
    if edit.state not in OPEN_STATES or not rights.may_write(edit.registration, edit.field, edit.site):
        raise NotAllowedError
    if rights.may_publish(edit.field, edit.site):
        return _publish(edit, who)
    edit.state, edit.submitted_at = State.REVIEW, edit.submitted_at or timezone.now()
    edit.version += 1
    edit.save()
    return edit


@transaction.atomic
def publish(edit: ListingEdit, *, who: User, saw: int) -> ListingEdit:
    """An editor lets it out as they saw it."""
    edit = _for_editor(edit, who, saw)
    return _publish(edit, who)


@transaction.atomic
def send_back(edit: ListingEdit, text: str, *, who: User, saw: int) -> ListingEdit:
    """An editor gives it back with a remark."""
    edit = _for_editor(edit, who, saw)
    Remark.objects.create(edit=edit, text=text, by=who)
    edit.state, edit.decided_by, edit.decided_at = State.RETURNED, who, timezone.now()
    edit.version += 1
    edit.save()
    return edit


@transaction.atomic
def answer(remark: Remark, text: str, *, who: User) -> None:
    """The author's side answers a remark; an editor closes it (`close`)."""
    if not Rights(who).may_write(remark.edit.registration, remark.edit.field, remark.edit.site):
        raise NotAllowedError
    remark.answer, remark.answered_by, remark.state = text, who, Remark.State.ANSWERED
    remark.save()


def close(remark: Remark, *, who: User) -> None:
    """An editor is content."""
    if not Rights(who).edits_everything:
        raise NotAllowedError
    remark.state = Remark.State.CLOSED
    remark.save(update_fields=["state"])


@transaction.atomic
def revert(edit: ListingEdit, *, who: User) -> None:
    """Take a public word or an open draft back: the registry's own shows again."""
    edit = _locked(edit)
    rights = Rights(who)
    drafts = edit.state in OPEN_STATES and rights.may_write(edit.registration, edit.field, edit.site)
    if not drafts and not (edit.state == State.PUBLISHED and rights.may_publish(edit.field, edit.site)):
        raise NotAllowedError
    edit.state, edit.decided_by, edit.decided_at = State.PAST, who, timezone.now()
    edit.version += 1
    edit.save()


@transaction.atomic
def bring_back(edit: ListingEdit, *, who: User) -> ListingEdit:
    """Make a past word public again (the undo of the history)."""
    edit = _locked(edit)
    if edit.state != State.PAST or not Rights(who).may_publish(edit.field, edit.site):
        raise NotAllowedError
    return _publish(edit, who)


def keep_mine(edit: ListingEdit, *, who: User) -> None:
    """The registry changed under a public word, and the word stands: compare with what it says now."""
    if not Rights(who).may_write(edit.registration, edit.field, edit.site):
        raise NotAllowedError
    edit.base = registry_value(edit.registration, edit.field, edit.site)
    edit.save(update_fields=["base"])


def changed_under(edit: ListingEdit, contacts: Contacts | None = None) -> bool:
    """Whether the registry says something else than when the word was written."""
    now = registry_value(edit.registration, edit.field, edit.site, contacts)
    return edit.base is not None and edit.base != now


@transaction.atomic
def hide(registration: Registration, *, hidden: bool, reason: str, who: User) -> None:
    """Take a listing off the public list, or show it again. Hiding needs a reason."""
    _lock(registration)
    if not Rights(who).edits_everything or (hidden and not reason.strip()):
        raise NotAllowedError
    Hiding.objects.create(registration=registration, hidden=hidden, reason=reason.strip(), by=who)
    Registration.objects.filter(pk=registration.pk).update(hidden=hidden)
    refresh([registration.trial_id], timezone.now())


def _lock(registration: Registration) -> None:
    Registration.objects.select_for_update().get(pk=registration.pk)


def _locked(edit: ListingEdit) -> ListingEdit:
    """The edit as it is now, with its listing locked for writing."""
    _lock(edit.registration)
    return ListingEdit.objects.select_related("registration", "site").get(pk=edit.pk)


def _for_editor(edit: ListingEdit, who: User, saw: int) -> ListingEdit:
    edit = _locked(edit)
    if not Rights(who).edits_everything:
        raise NotAllowedError
    if edit.version != saw or edit.state not in OPEN_STATES:
        raise EditConflictError
    return edit


def _publish(edit: ListingEdit, who: User) -> ListingEdit:
    now = timezone.now()
    older = ListingEdit.objects.filter(
        registration=edit.registration, site=edit.site, field=edit.field, state=State.PUBLISHED
    )
    older.update(state=State.PAST)
    edit.state, edit.decided_by, edit.decided_at = State.PUBLISHED, who, now
    edit.version += 1
    edit.save()
    return edit
