"""A database that was left between two versions."""

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder

from home.checks import no_step_is_missing

pytestmark = pytest.mark.django_db


def test_a_database_that_lacks_some_of_the_steps_is_told_where_to_go_first():
    assert no_step_is_missing(None, ["default"]) == []
    MigrationRecorder.Migration.objects.filter(app="membership", name="0008_slips").delete()
    with pytest.raises(CommandError, match=r"has not taken 0008_slips\.\n.*1 December 2026"):
        call_command("migrate", verbosity=0, skip_checks=False)
