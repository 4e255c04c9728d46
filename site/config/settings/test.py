"""`make test`: everything real but speed-ups that change no behaviour."""

from config.settings.dev import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "work.queue.ImmediateBackend"}}
CONTACT = dict.fromkeys(CONTACT, "")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Of each worker its own: what one sweeps, or counts, another is just writing.
FILES = VAR / "test-files" / env.str("PYTEST_XDIST_WORKER", default="alone")
MEDIA_ROOT = FILES / "media"
for _name, _place in {"default": FILES / "private", "private": FILES / "private", "public": MEDIA_ROOT}.items():
    STORAGES[_name]["OPTIONS"]["location"] = str(_place)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that `pytest --reuse-db` can keep it and browser tests can share it between threads.
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"] |= {
        "timeout": 120,  # a busy machine holds up whoever has the lock
        # Thrown away after the run: nothing waits for the disk.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;",
    }
WHITENOISE_AUTOREFRESH = True  # no collected files are needed, nor a folder for them
