"""Django settings. Everything that differs between installations comes from `environment`."""

from __future__ import annotations

import os

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from thongquan.base.core.keyfiles import read_or_make
from thongquan.config import database, environment

DATA_DIR = environment.data_dir()
REALM = environment.realm()
DEBUG = False
SECRETS_DIR = environment.secrets_dir()
SECRET_KEY = read_or_make(SECRETS_DIR / "django.key").hex()
DRAW_SECRET_NAME = "draw.key"  # noqa: S105  (the name of a file, not its content)
LEDGER_KEY_FILE = SECRETS_DIR / "ledger.ed25519"
SLIP_KEY_FILE = SECRETS_DIR / "slip.ed25519"
LEDGER_WITNESS_DIR = DATA_DIR / "witness"
ALLOWED_HOSTS = environment.allowed_hosts()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "thongquan.base.accounts",
    "thongquan.base.signatures",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "thongquan.base.core",
    "thongquan.base.web",
    "thongquan.base.ledger",
    "thongquan.base.attachments",
    "thongquan.base.notices",
    "thongquan.clearance.tariff",
    "thongquan.clearance.violations",
    "thongquan.clearance.revenue",
    "thongquan.clearance.origin",
    "thongquan.clearance.classification",
    "thongquan.clearance.risk",
    "thongquan.clearance.declarations",
    "thongquan.clearance.control",
    "thongquan.clearance.express",
    "thongquan.clearance.casework",
    "thongquan.clearance.residents",
    "thongquan.clearance.integrity",
    "thongquan.clearance.valuation",
    "thongquan.clearance.postaudit",
    "thongquan.clearance.lawdesk",
    "thongquan.insight.status",
    "thongquan.insight.public",
    "thongquan.academy",
    "thongquan.config",
]

MIDDLEWARE = [
    "thongquan.insight.status.middleware.Measured",
    "django.middleware.security.SecurityMiddleware",
    "thongquan.base.core.middleware.RequestLimits",
    "thongquan.base.core.middleware.DatabaseTrouble",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "thongquan.base.accounts.middleware.PersonLocale",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "thongquan.base.accounts.middleware.SecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# The shorter way of `config.wsgi`: no cookie came, so there is no session, no form and no page to protect.
FOR_PAGES = {
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "thongquan.base.accounts.middleware.SecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
}
TOKEN_MIDDLEWARE = [name for name in MIDDLEWARE if name not in FOR_PAGES]

ROOT_URLCONF = "thongquan.config.urls"
WSGI_APPLICATION = "thongquan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thongquan.base.web.context.shell",
            ],
        },
    }
]

DATABASES = {"default": database.settings_of(os.environ.get("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_TIMEOUT_SECONDS = 5

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "thongquan.base.accounts.adapter.ClosedSignup"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_ADAPTER = "thongquan.base.accounts.adapter.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Thông Quan"

SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_COOKIES = REALM == "real"
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_COOKIES else 0
if environment.trusts_proxy():
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else all who come through the proxy would share one limit of sign-ins
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

MAX_UPLOAD_BYTES = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES
FILE_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
ATTACHMENT_MAX_BYTES = 9 * 1024 * 1024
ATTACHMENTS_AT_ONCE = 20
ATTACHMENTS_PER_SUBJECT = 200
ATTACHMENTS_PER_DAY = int(os.environ.get("TQ_FILES_PER_DAY", "2000"))
ATTACHMENT_BYTES_PER_DAY = int(os.environ.get("TQ_FILES_MB_PER_DAY", "2048")) * 1024 * 1024
LANE_QUOTAS = environment.lane_quotas()
LANE_WAIT_SECONDS = 10.0
WEB_PROCESSES = environment.web_processes()
EXPRESS_MAX_BYTES = 64 * 1024 * 1024
EXPRESS_MAX_PARCELS = 50_000
EXPRESS_PART_BYTES = 1024 * 1024
EXPRESS_CHUNK = 250
API_RATE_LIMIT = os.environ.get("TQ_API_RATE_LIMIT", "600/minute")
PUBLIC_RATE_LIMIT = os.environ.get("TQ_PUBLIC_RATE_LIMIT", "240/minute")
TRACK_RATE_LIMIT = os.environ.get("TQ_TRACK_RATE_LIMIT", "20/minute")

SITE_URL = environment.site_url()
MAIL_DIR = DATA_DIR / "mail"
WEBHOOKS_TO_LOOPBACK = environment.webhooks_to_loopback()
EMAIL_BACKEND = environment.mail_backend()
EMAIL_HOST = os.environ.get("TQ_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("TQ_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("TQ_SMTP_USER", "")
EMAIL_HOST_PASSWORD = environment.mail_password()
EMAIL_USE_TLS = os.environ.get("TQ_SMTP_TLS", "starttls") == "starttls"
EMAIL_USE_SSL = os.environ.get("TQ_SMTP_TLS") == "tls"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("TQ_MAIL_FROM", "Thông Quan <khong-tra-loi@localhost>")

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entry"}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English"), ("zh-hans", "中文"), ("fr", "Français")]
LANGUAGE_COOKIE_NAME = "language"
FORMAT_MODULE_PATH = ["thongquan.config.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "attachments": environment.files_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("TQ_LOG_LEVEL", "WARNING")},
}
SITE_NAME = _("Thông Quan")
SILENCED_SYSTEM_CHECKS: list[str] = []
