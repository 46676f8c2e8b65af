"""Files that people drop on the desk, for tests of what becomes of them."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.studies import study

Drop = Callable[..., Any]
STUDY = json.dumps(study()).encode()
OTHER = json.dumps(study("NCT99000002")).encode()


def named(name: str, body: bytes = STUDY) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return packed.getvalue()
