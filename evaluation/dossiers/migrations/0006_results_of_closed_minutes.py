"""What closed minutes came to, counted from the votes that they hold."""

from django.db import migrations


def count_results(apps, schema_editor):
    lines = apps.get_model("dossiers", "MeetingLine").objects.filter(meeting__closed_at__isnull=False)
    lines.update(abstained=0)
    for line in lines.select_related("meeting__step", "dossier").iterator():
        judges = line.votes_for + line.votes_against - _barred(apps, line)
        is_short = judges < line.meeting.step.quorum
        is_carried = line.votes_for > line.votes_against
        line.result = "short" if is_short else "carried" if is_carried else "lost"
        line.save(update_fields=["result"])


def _barred(apps, line):
    """Votes were counted of everybody there; the person, and who judged the dossier elsewhere, have none."""
    if line.dossier.state != "in_review":
        return 0
    there = set(line.meeting.attendances.filter(is_present=True).values_list("person", flat=True))
    reviews = apps.get_model("dossiers", "Review").objects.filter(dossier=line.dossier_id)
    changes = apps.get_model("dossiers", "ScoreChange").objects.filter(score__dossier=line.dossier_id)
    sat = apps.get_model("dossiers", "Attendance").objects.filter(
        meeting__lines__dossier=line.dossier_id, is_present=True
    )
    elsewhere = {
        line.dossier.person_id,
        *reviews.exclude(step=line.dossier.current_step_id).values_list("by__person", flat=True),
        *changes.exclude(step=line.dossier.current_step_id).values_list("by__person", flat=True),
        *sat.exclude(meeting__unit=line.meeting.unit_id, meeting__step__role=line.meeting.step.role).values_list(
            "person", flat=True
        ),
    }
    return len(there & elsewhere)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_votes_that_decide")]

    operations = [migrations.RunPython(count_results, migrations.RunPython.noop)]
