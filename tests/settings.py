"""The settings of the product for its tests: nothing of this machine's own, nothing kept."""

import atexit
import os
import shutil
import tempfile

_data_dir = tempfile.mkdtemp(prefix="tf-test-")
atexit.register(shutil.rmtree, _data_dir, ignore_errors=True)  # runs after the embedded server's own
os.environ.update(
    TRIALFINDER_DATA_DIR=_data_dir,
    DEBUG="",
    SECRET_KEY="only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    ALLOWED_HOSTS="",
    SITE_URL="",
    EMAIL_URL="",
    CELERY_BROKER_URL=os.environ.get("CELERY_BROKER_URL", "memory://"),
    REGISTRY_MIN_INTERVAL="0",
    # Nothing listens there: a test that forgets its fake registry fails at once.
    CTGOV_API_URL="http://127.0.0.1:9/api/v2",
    CTRI_URL="http://127.0.0.1:9/Clinicaltrials",
)

from tests.program_settings import *  # noqa: E402, F403

# A browser keeps its connections to the live server, and so the server's threads: none of them may keep a
# session of the test database, which could not be removed then.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405

# Most tests never commit, and only a commit makes a new version of the data.
KEEP_PAGES = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
API_PER_MINUTE = PAGES_PER_MINUTE = FORMS_PER_MINUTE = 0  # tests of the limits set their own
