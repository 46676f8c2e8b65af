"""Django's PostgreSQL backend that starts the embedded server when it is first needed.

So `manage.py help` starts nothing, and every command that does touch the database just works.
"""

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from trialfinder.embedded import EmbeddedServerError, postgres


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            postgres.use(settings.DATA_DIR)
        except EmbeddedServerError as error:
            raise OperationalError(str(error)) from error
        return super().get_new_connection(conn_params)
