"""Copies of pictures and sounds that nothing names: gone after a day, and not before."""

import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from wagtail.models import ModelLogEntry

from assessments import actions
from assessments.models import Figure
from assessments.periodic import sweep_question_files
from intake.actions import discard_import
from tests.assessments.actions.test_importing_media import MP3, moodle
from tests.assessments.conftest import save

# Each test begins with an empty storage: files outlive the rows of a test before.
pytestmark = pytest.mark.usefixtures("private_files")
LATER = timezone.timedelta(days=2)


@pytest.fixture
def keep(standing):
    def keep(content, days=2):
        """As if kept so many days ago."""
        at = timezone.now() - timezone.timedelta(days=days)
        figure = actions.keep_file(name="a.mp3", content=content, by=standing.binh, at=at)
        os.utime(storages["private"].path(figure.path), (at.timestamp(), at.timestamp()))
        return figure

    return keep


def test_only_what_nothing_names_and_nobody_just_kept_is_deleted(
    keep, read, topic, standing, django_capture_on_commit_callbacks
):
    named, earlier, unused, young = keep(MP3), keep(MP3 + b"e"), keep(MP3 + b"u"), keep(MP3 + b"y", days=0)
    for figure in (earlier, named):
        media = [{"name": figure.name, "alt": "Còi", "place": None}]
        save("true_false", topic, standing.binh, media=media)
    waiting = keep(MP3 + b"w")
    read(moodle(("b.mp3", MP3 + b"w")), format="moodle")
    Figure.objects.filter(pk=waiting.pk).update(kept_at=timezone.now() - LATER)
    stray = storages["private"].save("questions/" + "0" * 40 + ".mp3", ContentFile(MP3))
    os.utime(storages["private"].path(stray), (1, 1))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep_figures(at=timezone.now()) == 2
    assert set(Figure.objects.all()) == {named, earlier, young, waiting}
    exists = storages["private"].exists
    assert [exists(one.path) for one in (named, earlier, young, waiting, unused)] == [True, True, True, True, False]
    assert not exists(stray)
    assert ModelLogEntry.objects.filter(action="assessments.sweep_figure").count() == 1
    assert sweep_question_files(timezone.now()) == "0 files deleted"


def test_what_is_kept_again_is_young_again(keep, standing):
    figure = keep(MP3)
    assert actions.keep_file(name="b.mp3", content=MP3, by=standing.binh, at=timezone.now()) == figure
    assert actions.sweep_figures(at=timezone.now()) == 0
    assert Figure.objects.get() == figure


def test_a_dry_run_that_was_discarded_leaves_its_copies_to_the_sweep(
    read, standing, django_capture_on_commit_callbacks
):
    batch = read(moodle(("b.mp3", MP3)), format="moodle")
    discard_import(batch=batch, by=standing.binh, at=timezone.now())
    figure = Figure.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        actions.sweep_figures(at=timezone.now())
        assert Figure.objects.exists()
        actions.sweep_figures(at=timezone.now() + LATER)
    assert not storages["private"].exists(figure.path)
