"""What the web server calls. Loaded once, before its processes are forked: they share what is made here."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from trialfinder import loaded, statement_limits

SWITCH_SECONDS = 0.0005
"""A thread that comes back from the database waits no longer for one that computes. Python's own is 5 ms."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trialfinder.settings")
statement_limits.limit(statement_limits.OF_WEB)
sys.setswitchinterval(SWITCH_SECONDS)
application = get_wsgi_application()
loaded.load()
loaded.share()
