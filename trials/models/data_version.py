"""One number for all that public pages say: it grows with every change that one of them could show."""

from django.db import models


class DataVersion(models.Model):
    """The single row of the number. Triggers count it up (migrations 0023 and 0024); no code writes it."""

    number = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.number)
