"""Passwords that the name of this site, or of what it is about, gives away."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

WORDS = (
    *("trialfinder", "trial", "trials", "finder", "cart", "car", "tcell", "cell", "cells", "therapy"),
    *("cancer", "oncology", "leukemia", "leukaemia", "lymphoma", "myeloma", "hospital", "doctor", "patient"),
    *("coordinator", "editor", "admin", "password", "india", "clinical", "registry"),
    *(path.rpartition(".")[2] for path in settings.REGISTRIES),
)
"""The first guesses of somebody who knows where the account is."""
_OWN = re.compile(f"(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})+")


class OwnWordsValidator:
    """Refuses what is nothing but such words, whatever digits and signs stand between them."""

    def validate(self, password: str, user: Any = None) -> None:
        letters = re.sub(r"[\W\d_]+", "", password.lower())
        if _OWN.fullmatch(letters):
            raise ValidationError(self.get_help_text(), code="password_of_own_words")

    def get_help_text(self) -> str:
        return gettext("Choose a password that the name and subject of this site do not give away.")
