"""What the web server calls. Loaded once, before its processes are forked: they share what is made here."""

import os

from django.core.wsgi import get_wsgi_application

from trialfinder import loaded, statement_limits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trialfinder.settings")
statement_limits.limit(statement_limits.OF_WEB)
application = get_wsgi_application()
loaded.load()
loaded.share()
