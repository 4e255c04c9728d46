"""`make run`: SQLite, files, mail on the console."""

from config.settings.base import *

DEMO_ALLOWED = True
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = "development only, never in production"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
# At once, for `make dev` has no worker.
EMAIL_BACKEND = DELIVERY_BACKEND = "django.core.mail.backends.console.EmailBackend"
INTERNAL_IPS = ["127.0.0.1"]
WHITENOISE_USE_FINDERS = True
# Under runserver too: the frame of a content has no origin, and loads fonts only with the header that WhiteNoise sends.
INSTALLED_APPS.insert(INSTALLED_APPS.index("django.contrib.staticfiles"), "whitenoise.runserver_nostatic")
# Who answers for the demo: nobody. A site of one's own names its association.
CONTACT = {part: CONTACT[part] or shown for part, shown in (
    ("name", "Hội Khuyến học (bản trình diễn)"), ("email", "khuyenhoc@example.vn"), ("phone", "0236 000 0000"),
)}  # fmt: skip
# A key for development only: everybody knows it.
BADGE_SIGNING_KEY = env.str("BADGE_SIGNING_KEY", default="z3u2dqS1gkiv2PrsEHobiiYyvyxjHgHcd4t1eZod3vr5ysg9")
# One process: limits in the file cache count well enough here.
SILENCED_SYSTEM_CHECKS = ["django_ratelimit.E003", "django_ratelimit.W001"]
