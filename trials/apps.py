from django.apps import AppConfig
from django.core import checks

from trialfinder.checks import mail, statement_logs


class TrialsConfig(AppConfig):
    name = "trials"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the settings checked at every start."""
        checks.register(mail)
        checks.register(statement_logs, checks.Tags.database)
