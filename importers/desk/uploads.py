"""Files dropped on the desk: looked at first, then kept in the database until a worker reads them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile as DjangoFile
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from importers.files.archives import Kinds
from importers.files.documents import MB
from importers.models import ImportRun, UploadedFile
from importers.pipeline.start import queue
from importers.registries import adapter
from trials import registries

if TYPE_CHECKING:
    Dropped = DjangoFile[bytes]
else:
    Dropped = DjangoFile

MAX_FILES = 20
MAX_FILE = 64 * MB
MAX_ALL = 128 * MB
PART = 4 * MB
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    ".zip": (b"PK\x03\x04", b"PK\x05\x06"),
    ".gz": (b"\x1f\x8b",),
    ".json": (b"{", b"["),
    ".jsonl": (b"{", b"["),
    ".html": (b"<",),
    ".htm": (b"<",),
    ".xml": (b"<",),
    ".csv": (b"",),  # any text
}
"""How each kind of file begins, blanks and byte order mark left out: a name alone proves nothing."""


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Dropped]:
        files = data or [None]  # nothing at all is complained about as a file that is missing
        return [super(FilesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    """Which registry the files are of, the files, and whether they are only tried."""

    registry = forms.ChoiceField(label=_("Registry"), choices=registries.choices)
    dropped = FilesField(label=_("Files"))
    dry_run = forms.BooleanField(label=_("Dry run: change nothing"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        files = cleaned.get("dropped")
        if files and "registry" in cleaned:
            for complaint in complaints(files, adapter(cleaned["registry"]).kinds):
                self.add_error("dropped", complaint)
        return cleaned


def complaints(files: list[Dropped], kinds: Kinds) -> Iterator[ValidationError]:
    """Why these files are not taken, each reason with a code of its own."""
    if len(files) > MAX_FILES:
        yield ValidationError(gettext("Not more than %d files at once.") % MAX_FILES, "too_many")
    if sum(file.size or 0 for file in files) > MAX_ALL:
        yield ValidationError(gettext("Not more than %d MB at once.") % (MAX_ALL // MB), "too_large_together")
    for file in files:
        name = file.name or ""
        ending = next((kind for kind in kinds if name.lower().endswith(kind)), "")
        if not ending:
            words = gettext("%(name)s: files of this registry end in %(kinds)s.")
            yield ValidationError(words % {"name": name, "kinds": ", ".join(kinds)}, "wrong_ending")
        elif (file.size or 0) > MAX_FILE:
            words = gettext("%(name)s has more than %(size)d MB.")
            yield ValidationError(words % {"name": name, "size": MAX_FILE // MB}, "too_large")
        elif not _begins_as(file, ending):
            words = gettext("The content of %(name)s does not match its file name.")
            yield ValidationError(words % {"name": name}, "other_content")


def _begins_as(file: Dropped, ending: str) -> bool:
    beginning = file.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip()
    file.seek(0)
    kind = "." + ending.rsplit(".", 1)[1]
    return any(beginning.startswith(start) for start in BEGINNINGS.get(kind, (b"",)))


@transaction.atomic
def queue_upload(form: UploadForm, **options: Any) -> ImportRun:
    """Store the files of a valid form and queue their import."""
    files = form.cleaned_data["dropped"]
    names = ", ".join(file.name for file in files)
    run = queue(
        form.cleaned_data["registry"],
        ImportRun.Source.UPLOAD,
        origin=names,
        dry_run=form.cleaned_data["dry_run"],
        **options,
    )
    for number, file in enumerate(files):
        for part, chunk in enumerate(file.chunks(PART)):
            UploadedFile.objects.create(run=run, number=number, part=part, name=file.name[:255], body=chunk)
    return run
