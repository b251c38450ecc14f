"""The one settings file. What an operator may set is read in `config.environment`, nowhere else."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from config import environment

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = environment.load()
TESTING = "pytest" in sys.modules

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
DATA_DIR = ENVIRONMENT.data_dir
BASE_URL = ENVIRONMENT.url.rstrip("/")
IS_HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = ["*"] if TESTING else ENVIRONMENT.allowed_hosts
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "template_partials",
    "csp",
    "shenava.common",
    "shenava.ui",
    "shenava.journal",
    "shenava.people",
    "shenava.deadlines",
    "shenava.attachments",
    "shenava.messages",
    "shenava.process",
    "shenava.complaints",
    "shenava.pages",
    "shenava.portal",
    "shenava.desk",
    "shenava.mailroom",
    "shenava.operations",
]

MIDDLEWARE = [
    "shenava.operations.views.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "shenava.ui.headers.PrivateByDefaultMiddleware",
    "shenava.ui.uploads.UploadLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "shenava.people.sessions.LoginSessionMiddleware",
    "shenava.ui.reader.ReaderMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "shenava.people.context.reader_and_organisation",
                "shenava.desk.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "shenava.ui.templatetags.ui",
                "shenava.pages.templatetags.complaints",
                "shenava.pages.templatetags.diagrams",
            ],
        },
    }
]


SESSION = (
    "-c work_mem=16MB -c max_parallel_workers_per_gather=0 -c jit=off -c random_page_cost=1.1 -c join_collapse_limit=4"
    " -c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"
)
"""Sessions gather bitmaps whole, give up instead of hanging, and answer short questions at once: to call helpers, to
compile, or to weigh every order of ten tables that are joined by their keys takes longer than most of them."""


def database(url: str) -> dict[str, Any]:
    """Django's database settings for a libpq address."""
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "shenava"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts
        | {
            "options": SESSION,
            "tcp_user_timeout": "5000",
            "keepalives_idle": "5",
        }
        | ({} if TESTING else {"pool": {"min_size": 1, "max_size": 16, "timeout": 10}}),
    }


DATABASES = {"default": database(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["shenava.people.login.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
CODE_ROUNDS, CODE_MEMORY_KIB = 2, 19456
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    CODE_ROUNDS, CODE_MEMORY_KIB = 1, 8
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"shenava.people.passwords.{name}", "OPTIONS": options}
    for name, options in [
        ("LongEnough", {"min_length": 12}),
        ("NotYourAddress", {"user_attributes": ("email",)}),
        ("NotCommon", {}),
    ]
]
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:home"

SESSION_ENGINE = "shenava.people.session_store"
SESSION_COOKIE_NAME = "__Host-shenava" if IS_HTTPS else "shenava"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "shenava.ui.views.csrf_failed"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
FILES_DIR = DATA_DIR / "files"
MAX_FILE_BYTES = ENVIRONMENT.max_file_mb * 1024 * 1024
MAX_REQUEST_BYTES = ENVIRONMENT.max_upload_mb * 1024 * 1024
MAX_FILES = 10

LANGUAGES = [("en", "English"), ("fa", "فارسی"), ("he", "עברית")]
LANGUAGE_CODE = ENVIRONMENT.language
ORGANISATION = "shenava.people.parties.organisation"
LANGUAGE_COOKIE_NAME = "shenava_language"
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [("vendor", BASE_DIR / "var" / "vendor")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "shenava.ui.storage.ManifestStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_AUTOREFRESH = TESTING or DEBUG
WHITENOISE_MAX_AGE = 60

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # everything goes out through messages.outbox
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the address is unique whatever its case: a constraint says so
PROCRASTINATE_IMPORT_PATHS = [
    "shenava.complaints.sweeps",
    "shenava.messages.jobs",
    "shenava.mailroom.jobs",
    "shenava.desk.jobs",
    "shenava.operations.jobs",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"shenava": {"level": "INFO"}, "psycopg.pool": {"level": "ERROR"}},
}
