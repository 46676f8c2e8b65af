"""The settings of the product where `collectstatic` has not run: no hashed names, a folder of its own.

For programs that a test starts on a site of its own; everything else is as it is served.
"""

from trialfinder.settings import *  # noqa: F403

STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT = DATA_DIR / "staticfiles"  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
