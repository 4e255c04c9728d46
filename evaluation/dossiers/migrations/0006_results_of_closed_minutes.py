"""What closed minutes came to, counted from the votes that they hold."""

from django.db import migrations

CHUNK = 500


def count_results(apps, schema_editor):
    lines = apps.get_model("dossiers", "MeetingLine").objects.filter(meeting__closed_at__isnull=False)
    lines.update(abstained=0)
    found = {"short": [], "carried": [], "lost": []}
    read = lines.select_related("meeting__step", "dossier").defer("dossier__frozen")
    for line in read.iterator(chunk_size=CHUNK):
        judges = line.votes_for + line.votes_against - _barred(apps, line)
        is_short = judges < max(line.meeting.step.quorum, 1)
        is_carried = line.votes_for > line.votes_against
        found["short" if is_short else "carried" if is_carried else "lost"].append(line.pk)
    for result, keys in found.items():
        for start in range(0, len(keys), CHUNK):
            lines.filter(pk__in=keys[start : start + CHUNK]).update(result=result)


def _barred(apps, line):
    """Votes were counted of everybody there; the person, and who had judged the dossier in another body than the one
    that met, have none."""
    if line.dossier.state != "in_review":
        return 0
    there = set(line.meeting.attendances.filter(is_present=True).values_list("person", flat=True))
    reviews = apps.get_model("dossiers", "Review").objects.filter(dossier=line.dossier_id)
    changes = apps.get_model("dossiers", "ScoreChange").objects.filter(score__dossier=line.dossier_id)
    sat = apps.get_model("dossiers", "Attendance").objects.filter(
        meeting__lines__dossier=line.dossier_id, is_present=True
    )
    step = line.meeting.step
    here = {"step__role": step.role, "step__unit_kind": step.unit_kind}
    elsewhere = {
        line.dossier.person_id,
        *reviews.exclude(**here).values_list("by__person", flat=True),
        *changes.exclude(**here).values_list("by__person", flat=True),
        *sat.exclude(meeting__unit=line.meeting.unit_id, meeting__step__role=step.role).values_list(
            "person", flat=True
        ),
    }
    return len(there & elsewhere)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_votes_that_decide")]

    operations = [migrations.RunPython(count_results, migrations.RunPython.noop)]
