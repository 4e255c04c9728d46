"""Scores whose attempts nobody has looked at yet are doubted, so that a course finished from now on says so too."""

from django.db import migrations
from django.db.models import Exists, OuterRef


def doubt(apps, _schema_editor):
    attempts = apps.get_model("assessments", "Attempt").objects
    progress = apps.get_model("tracking", "StepProgress").objects
    is_open = Exists(apps.get_model("assessments", "Signal").objects.filter(attempt=OuterRef("pk"), cleared_at=None))
    looked_at = attempts.filter(
        ~is_open, enrolment=OuterRef("enrolment"), quiz_key=OuterRef("quiz_key"), points__isnull=False
    ).exclude(purpose="graded", is_passed=False)
    doubted = attempts.filter(is_open, ~Exists(looked_at), finished_at__isnull=False).exclude(purpose="practice")
    for enrolment, key in doubted.values_list("enrolment", "quiz_key").distinct().iterator():
        progress.filter(enrolment=enrolment, step_key=key, completed_at__isnull=False).update(is_doubted=True)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0012_log_of_imports"),
        ("tracking", "0009_doubted_scores"),
    ]

    operations = [migrations.RunPython(doubt, migrations.RunPython.noop)]
