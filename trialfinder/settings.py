"""Every setting, from the environment (`environment.py`, `addresses.py`) or fixed.

Unset means a safe working default.
"""

from pathlib import Path

import environ
from whitenoise.compress import Compressor

from trialfinder import addresses, environment, languages, logs, template_engines, timetable
from trialfinder.environment import Mode

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")  # what the shell says goes before it

MODE = environment.mode()
DEBUG = MODE is Mode.DEVELOPMENT
DATA_DIR = environment.folder("TRIALFINDER_DATA_DIR", BASE_DIR / ".data")
SECRET_KEY = environment.secret_key(MODE, DATA_DIR)
ALLOWED_HOSTS = environment.allowed_hosts(MODE)
HOST = environment.text("HOST", "127.0.0.1")  # what the web server listens on
PORT = environment.whole_number("PORT", 8000, 1, 65535)
SITE_URL = addresses.web_address(
    "SITE_URL",
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if MODE is Mode.PRODUCTION else f"http://127.0.0.1:{PORT}",
)
environment.refuse_in_public(MODE, HOST, SITE_URL, ALLOWED_HOSTS)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "corsheaders",
    "django_htmx",
    "ninja",
    "trials",
    "importers",
]
MIDDLEWARE = [
    "trialfinder.health.liveness",
    "trialfinder.metrics.latency.measured",
    "trialfinder.headers.closing",
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "trialfinder.kept_pages.KeptPages",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "trials.api.errors.ProblemMiddleware",
    "trialfinder.time_limit.TimeLimit",
    "trialfinder.database_away.DatabaseAway",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "trialfinder.plain_queries.PlainTextMiddleware",
    "trialfinder.accounts.SecondFactorMiddleware",
    "trials.workspace.acts.recorded",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "trialfinder.quotas.limited",
    "trials.api.reading.ReadingMiddleware",
]
ROOT_URLCONF = "trialfinder.urls"
WSGI_APPLICATION = "trialfinder.wsgi.application"
TEMPLATES = template_engines.of(BASE_DIR / "templates")
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # two libraries `i18n`: ours stands for Django's on purpose

# Where things are kept
DATABASES = {"default": addresses.database(DATA_DIR) | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]  # for debuggers only
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Names carry a hash of the content, so browsers may keep them for ever.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The daily files of the whole catalogue: the worker writes them, the web part serves them
DUMP_DIR = environment.folder("DUMP_DIR", DATA_DIR / "dumps")

# Work in the background. A task may be delivered twice, so tasks are written to bear it.
IMPORT_HOUR = environment.whole_number("IMPORT_HOUR", 3, 0, 23)  # Indian time; registries are quiet then
CELERY_BROKER_URL = addresses.broker_url(DATA_DIR)
CELERY_TASK_DEFAULT_QUEUE = "trialfinder"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 2 * 60 * 60
CELERY_TASK_SOFT_TIME_LIMIT = CELERY_TASK_TIME_LIMIT - 5 * 60
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 1.0
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
CELERY_BROKER_CONNECTION_TIMEOUT = addresses.CONNECT_SECONDS
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.2}  # a person waits for this one
CELERY_BROKER_TRANSPORT_OPTIONS = addresses.broker_options(
    CELERY_BROKER_URL, visibility_timeout=CELERY_TASK_TIME_LIMIT + 60 * 60
)
CELERY_TIMEZONE = "Asia/Kolkata"
CELERY_BEAT_SCHEDULE = timetable.TASKS
CELERY_BEAT_SCHEDULER = "trialfinder.clock:Scheduler"

# Languages and time
LANGUAGE_CODE = languages.ENGLISH
LANGUAGES = languages.found(BASE_DIR / "locale")
FORMAT_MODULE_PATH = ["trialfinder.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Kolkata"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Safety. The site loads nothing from third parties and sends them nothing.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# Pages of other sites may read the API, without cookies and without changing anything.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_EXPOSE_HEADERS = [
    *("ETag", "Link", "Retry-After", "RateLimit", "RateLimit-Policy"),
    *("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"),
]
API_PER_MINUTE = environment.whole_number("API_PER_MINUTE", 120, 0, 1_000_000)  # of one network; 0: no limit
PAGES_PER_MINUTE, FORMS_PER_MINUTE = environment.pages_and_forms(MODE)
# Which sites may show our lists in their pages' frames (/embed/trials/); everything else is never framed.
EMBED_ANCESTORS = environment.sources("EMBED_ANCESTORS", "*")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "trials.views.errors.csrf_failed"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
] + [{"NAME": "trialfinder.passwords.OwnWordsValidator"}]
HSTS_PRELOAD = environment.whole_number("HSTS_PRELOAD", 0, 0, 1) == 1
if MODE is Mode.PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # only the proxy in front can set it
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # tries to sign in are counted by the address it saw
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked by the machine itself, without the proxy
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = HSTS_PRELOAD
    SILENCED_SYSTEM_CHECKS += ["security.W021"]  # preloading is for whoever asks for it
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # No other host, and nothing that came over http, can write a cookie of such a name.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

# Accounts: staff alone, by invitation, each with a second factor (trialfinder.accounts)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:today"
LOGOUT_REDIRECT_URL = "trials:home"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "trialfinder.accounts.StaffAdapter"
ACCOUNT_FORMS = {
    "login": "trialfinder.account_forms.StaffLoginForm",
    "reset_password": "trialfinder.account_forms.PlainResetPasswordForm",
    "reset_password_from_key": "trialfinder.account_forms.PlainResetPasswordKeyForm",
    "reauthenticate": "trialfinder.account_forms.PasswordAgainForm",
    "change_password": "trialfinder.account_forms.PlainChangePasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reached the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail when their address is typed
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or factor is announced by mail
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "trialfinder.factor_secrets.SealingAdapter"
MFA_FORMS = {
    "authenticate": "trialfinder.account_forms.SecondFactorForm",
    "authenticate_webauthn": "trialfinder.account_forms.PasskeyForm",
    "reauthenticate": "trialfinder.account_forms.SecondFactorAgainForm",
    "reauthenticate_webauthn": "trialfinder.account_forms.PasskeyAgainForm",
    "activate_totp": "trialfinder.account_forms.SetUpAppForm",
    "add_webauthn": "trialfinder.account_forms.NewPasskeyForm",
    "edit_webauthn": "trialfinder.account_forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # who gets an account is decided by people
MFA_TOTP_ISSUER = "CAR T trial finder"
MFA_TOTP_TOLERANCE = 1  # the code before counts too: typing takes time, clocks differ (RFC 6238, 5.2)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
USERSESSIONS_TRACK_ACTIVITY = False
# Words of a site's own coordinator that go out without an editor's look; all else is reviewed
WORKSPACE_UNREVIEWED = ["contact"]
# Limits of tries must hold for all processes of the site together; they are counted by internet address.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "KEY_FUNCTION": "trialfinder.client_address.unreadable_key",
    },
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},  # what is never written down
    "limits": addresses.shared_counts(CELERY_BROKER_URL),  # of requests a minute (trialfinder.rate_limit)
}
# Pages are made once a version of the data (trialfinder.kept_pages); templates in work are read each time.
KEEP_PAGES = not DEBUG

vars().update(addresses.email())
EMAIL_FROM = environment.text("EMAIL_FROM")  # required where a public site sends mail (trialfinder.checks)
# Encrypts the addresses of followers and second factors; another key makes the stored ones unreadable.
FOLLOW_KEY = environment.text("FOLLOW_KEY", SECRET_KEY)
# A public site that cannot send mail offers none.
FOLLOW_BY_MAIL = MODE is not Mode.PRODUCTION or bool(EMAIL_FROM and environment.text("EMAIL_URL"))
LOGGING = logs.LOGGING

# Registries: packages with the modules `description` and `adapter` (importers/registries/base.py)
REGISTRIES = ("importers.registries.ctgov", "importers.registries.ctri")
# Hosts that may be in a private network: a proxy, a mirror; every other name that leads there is not asked
REGISTRY_PRIVATE_HOSTS = environment.host_names("REGISTRY_PRIVATE_HOSTS")
CTGOV_API_URL = addresses.registry_address(
    "CTGOV_API_URL", "https://clinicaltrials.gov/api/v2", REGISTRY_PRIVATE_HOSTS
)
CTRI_URL = addresses.registry_address(
    "CTRI_URL", "https://ctri.nic.in/Clinicaltrials", REGISTRY_PRIVATE_HOSTS
)
# CTRI is read a page at a time, by trialid, in runs of so many requests: at three seconds each 25 minutes,
# which is also less than RabbitMQ lets one task take. Two at least: a page has two addresses.
CTRI_BUDGET = environment.whole_number("CTRI_BUDGET", 400, 2, 100_000)
# One run follows another from the first to the second hour, Indian time: about 8,500 requests a night.
CTRI_NIGHT = environment.hours("CTRI_NIGHT", "22:00-06:00")
# Where the first night begins to look for new trials: the highest trialid known in September 2026.
CTRI_FRONTIER = environment.whole_number("CTRI_FRONTIER", 172_400, 0, 9_999_999)
REGISTRY_MIN_INTERVAL = environment.seconds("REGISTRY_MIN_INTERVAL")  # None: each registry's own
REGISTRY_USER_AGENT = environment.text(
    "REGISTRY_USER_AGENT", "trialfinder/0.1 (CAR T trial finder for India; reads once a day)"
)
REGISTRY_PROXY = environment.text("REGISTRY_PROXY")  # "": as the machine says (HTTPS_PROXY)
REGISTRY_CA_BUNDLE = environment.text("REGISTRY_CA_BUNDLE")  # path of a PEM file, read with the first request

# Who gets a mail when an import fails or waits for a person; unset: every superuser with an address
ALERT_EMAILS = environment.addresses("ALERT_EMAILS")
# What a monitoring program shows to read /metrics; unset: only this machine may read it
METRICS_TOKEN = environment.text("METRICS_TOKEN")

# 1: visitors' browsers keep a few pages readable without a network. 0: they delete what they kept.
OFFLINE = environment.whole_number("OFFLINE", 1, 0, 1) == 1

# Where the backup of every night goes, a folder that is there; unset: none. With a key they are encrypted.
BACKUP_DIR = environment.optional_folder("BACKUP_DIR")
BACKUP_KEY = environment.optional_key("BACKUP_KEY")

# Who runs this site, and at which postal address; unset: the page about the site says so
SITE_OPERATOR = environment.text("SITE_OPERATOR")
SITE_OPERATOR_ADDRESS = environment.text("SITE_OPERATOR_ADDRESS")

# Where people write when something here is wrong; unset: the pages name no address
CONTACT_EMAIL = next(iter(environment.addresses("CONTACT_EMAIL")), "")
