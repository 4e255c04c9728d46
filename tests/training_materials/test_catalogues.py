"""The catalogue for libraries stands above those of the apps: it must not change an app's words."""

from pathlib import Path

from babel.messages.pofile import read_po
from django.conf import settings

from config import REPOSITORY

LIBRARIES = settings.SITE / "locale" / "libraries" / "vi" / "LC_MESSAGES"


def messages(path: Path):
    with path.open("rb") as file:
        return {(message.id, message.context): message.string for message in read_po(file, locale="vi") if message.id}


def test_no_app_is_overruled_by_the_catalogue_for_libraries():
    libraries = messages(LIBRARIES / "django.po")
    apps = [REPOSITORY / app.replace(".", "/") / "locale/vi/LC_MESSAGES/django.po" for app in settings.LOCAL_APPS]
    overruled = {
        (path.parts[-5], key[0]): (words, libraries[key])
        for path in apps
        if path.exists()
        for key, words in messages(path).items()
        if words and key in libraries and libraries[key] != words
    }
    assert overruled == {}


def test_every_message_for_libraries_is_translated():
    for name in ("django.po", "djangojs.po"):
        assert all(all(words) for words in messages(LIBRARIES / name).values())
