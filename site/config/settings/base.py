"""What holds in every environment. Each value read from the environment is read in this folder alone."""

from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

from config import REPOSITORY, logs, policies
from config.settings.accounts import *
from config.settings.channels import *

SITE = REPOSITORY / "site"

env = environ.Env()

VAR = Path(env.str("VAR_DIR", default=str(REPOSITORY / "var")))
VAR.mkdir(parents=True, exist_ok=True)

DEBUG = False
DEMO_ALLOWED = False  # its passwords are public
ALLOWED_HOSTS: list[str] = []
BASE_URL = env.str("BASE_URL", default="http://localhost:8000")

LOCAL_APPS = [
    "home",
    "search",
    "evaluation.reporting",
    "movement",
    "evaluation.recognition",
    "evaluation.registrations",
    "evaluation.dossiers",
    "evaluation.criteria",
    "assessments",
    "learning.sessions",
    "learning.calls",
    "learning.feedback",
    "learning.tracking",
    "learning.evidence",
    "training_materials",
    "privacy",
    "notices",
    "membership",
    "badges",
    "papers",
    "intake",
    "interface",
    "work",
]

INSTALLED_APPS = [
    *LOCAL_APPS,
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.CompressionMiddleware",
    "config.middleware.SitePolicyMiddleware",
    "config.middleware.LanguageMiddleware",
    "config.middleware.NulRefusingMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.page_cache.PageCacheMiddleware",
    "membership.sessions.SessionCookieMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.middleware.StorableTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_ratelimit.middleware.RatelimitMiddleware",
    "membership.middleware.SignedInDoorMiddleware",
    "interface.library_pages.LibraryPagesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["interface.templatetags.site_tags"],
        },
    },
]

# --- Data -------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'site.sqlite3'}")}
_database = DATABASES["default"]
_database["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=600)
_database["CONN_HEALTH_CHECKS"] = True
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "config.redis_cache.SteadfastRedisCache",
        "LOCATION": REDIS_URL,
        "STAND_IN": VAR / "cache",  # of all processes of this machine, while Redis is away
    }
    if REDIS_URL
    else {
        "BACKEND": "config.file_cache.RarelyCountedFileCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=600)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- People -----------------------------------------------------------------------------------

# Citizen IDs are kept only as a hash under this key, for finding duplicates.
PERSON_HASH_KEY = env.str("PERSON_HASH_KEY", default="development only")

# Signing in with VNeID, or a province's own sign-on (decision 0137): what its button is called, and "" for none.
OIDC_NAME = env.str("OIDC_NAME", default="")
_sign_on = {
    "provider_id": "sign-on",
    "name": OIDC_NAME,
    "client_id": env.str("OIDC_CLIENT_ID", default=""),
    "secret": env.str("OIDC_CLIENT_SECRET", default=""),
    "settings": {
        "server_url": env.str("OIDC_ISSUER", default=""),
        "scope": env.list("OIDC_SCOPES", default=["openid", "profile"]),
        "citizen_id_claim": env.str("OIDC_CITIZEN_ID_CLAIM", default=""),
    },
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "membership.sign_on.Provider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [_sign_on] if OIDC_NAME else [],
    }
}
# Browsers hold a form's redirects to this too, when signing in as when signing out.
OIDC_ORIGINS = env.list("OIDC_ORIGINS", default=["/".join(_sign_on["settings"]["server_url"].split("/")[:3])])
if OIDC_NAME:
    policies.SITE["form-action"] += OIDC_ORIGINS

# Signs the ledger's checkpoints (docs/ledger.md). Empty, it follows from the secret key: for development only.
SIGNATURE_TRUST_DIR = env.str("SIGNATURE_TRUST_DIR", default="")
LEDGER_SIGNING_KEY = env.str("LEDGER_SIGNING_KEY", default="")
# The key before it, set only while it hands over.
LEDGER_PREVIOUS_KEY = env.str("LEDGER_PREVIOUS_KEY", default="")
# clamd, as unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310; empty: uploads are not scanned and say so.
UPLOAD_SCANNER = env.str("UPLOAD_SCANNER", default="")

# --- Badges -----------------------------------------------------------------------------------

# Made by `new_badge_key`; without one the site gives no badges. Retired: public keys, comma-separated.
BADGE_SIGNING_KEY = env.str("BADGE_SIGNING_KEY", default="")
BADGE_RETIRED_KEYS = env.list("BADGE_RETIRED_KEYS", default=[])
# Who answers for the site, until it is told on the site itself (interface.owner).
CONTACT = {part: env.str(f"CONTACT_{part.upper()}", default="") for part in ("name", "email", "phone")}
BADGE_ISSUER_NAME = env.str("BADGE_ISSUER_NAME", default="")  # empty: the name of who answers for the site

# --- Language ---------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [SITE / "locale", SITE / "locale" / "libraries"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
NUMBER_GROUPING = 3  # of what asks for it (intcomma, points): a year is not "2.026"

# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [SITE / "static"]  # what npm brings; our own stands in the apps
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
_files = "config.file_storage.WholeFileStorage"
# Never under MEDIA_ROOT: they leave only through the site, to those who may see them. Places are written as text: who
# deletes a picture leaves its file to a task, which takes no Path.
_private = {"BACKEND": _files, "OPTIONS": {"location": str(VAR / "private"), "base_url": None}}
STORAGES: dict[str, Any] = {
    "default": _private,  # documents, and pictures as they came: what nobody thought of is not public
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": _private,
    "public": {"BACKEND": _files, "OPTIONS": {"location": str(MEDIA_ROOT)}},  # pictures in the sizes that pages show
}
WAGTAILIMAGES_RENDITION_STORAGE = "public"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
VIDEO_MAX_BYTES = 200 * 1024 * 1024

# --- Safety -----------------------------------------------------------------------------------

X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": policies.SITE}
RATELIMIT_VIEW = "interface.errors.too_many_requests"
# In which a proxy in front names the client; "REMOTE_ADDR": there is none. Production refuses to start without it.
CLIENT_ADDRESS_HEADER = env.str("CLIENT_ADDRESS_HEADER", default="")
RATELIMIT_IP_META_KEY = "membership.client.address_of"

# --- Wagtail ----------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Công dân học tập"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/tai-khoan/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "training_materials.workflow.publish_submission"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # moderation is told to who moderates
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_CONTENT_LANGUAGES = [("vi", _("Vietnamese"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")  # empty: the database answers (docs/search.md)
ELASTICSEARCH_SECONDS = env.float("ELASTICSEARCH_SECONDS", default=2.0)  # after that the database answers
ELASTICSEARCH_OPTIONS: dict[str, object] = {}  # further arguments of the client
SEARCH_COMMON_FROM = env.int("SEARCH_COMMON_FROM", default=1_000)  # documents; decision 0090
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "interface.rich_text.RichTextArea"}}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILDOCS_EXTENSIONS = "csv docx odt pdf pptx txt xlsx zip webm mp4 vtt mp3 ogg m4a wav".split()  # noqa: SIM905
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_CONTENT_TYPES = {"vtt": "text/vtt", "webm": "video/webm", "mp4": "video/mp4", "m4a": "audio/mp4"}
WAGTAILDOCS_DOCUMENT_FORM_BASE = "training_materials.forms.CheckedDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "training_materials.forms.CheckedImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = UPLOAD_MAX_BYTES
WAGTAILIMAGES_AVIF_QUALITY = 45  # a cover of 570 x 380 stays below 30 kB, in WebP too
WAGTAILIMAGES_WEBP_QUALITY = 35
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000  # some 100 MB once it is decoded
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

# --- Logs: structured, ids only ---------------------------------------------------------------

LOGGING = logs.configuration(env.str("LOG_LEVEL", default="INFO"))
