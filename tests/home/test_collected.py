"""What `collectstatic` makes of the static files: without its manifest no page of production comes."""

import json
import re

import pytest
from django.conf import settings
from django.core.management import call_command

from config import REPOSITORY

_NAMED = re.compile(r"""{%\s*static\s+['"]([^'"]+)['"]""")


@pytest.fixture
def manifest(settings, tmp_path):
    """As in production, but uncompressed, which takes most of its time."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["paper-fonts"])
    return json.loads((tmp_path / "staticfiles.json").read_text())["paths"]


def test_every_file_that_a_style_sheet_or_a_page_names_is_there(manifest):
    folders = [REPOSITORY / app.replace(".", "/") for app in settings.LOCAL_APPS]
    folders += [REPOSITORY / "site" / app for app in settings.LOCAL_APPS]
    templates = [file for folder in folders for file in folder.glob("templates/**/*.html")]
    named = {name for file in templates for name in _NAMED.findall(file.read_text())}
    assert len(named) > 20
    assert named <= manifest.keys()
    assert "vendor/site.css" in named
