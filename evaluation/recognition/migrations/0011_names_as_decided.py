"""What a decision's list says stays as it was issued (decision record 0151). Units are named as of then, for what they were called is kept;
people as they are on record today, which ``names_as_of`` tells, for what they were called before is not."""

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

COMMITTEES = ("commune", "province")


def name_lists(apps, schema_editor):
    model = apps.get_model("recognition", "Decision")
    line_model = apps.get_model("recognition", "DecisionLine")
    now = timezone.now()
    for decision in model.objects.filter(issued_at__isnull=False).select_related("unit").iterator():
        day = timezone.localdate(decision.issued_at)
        lines = line_model.objects.filter(decision=decision).select_related("dossier__person", "dossier__title")
        ordered = sorted(lines.order_by("dossier__person__sort_key", "dossier__person_id"), key=certified_as)
        called = names_of({line.dossier.unit_id for line in ordered} | {decision.unit_id}, day, apps)
        for position, line in enumerate(ordered, start=1):
            line.position, line.name, line.place = position, line.dossier.person.full_name, called[line.dossier.unit_id]
        line_model.objects.bulk_update(ordered, ["position", "name", "place"], batch_size=500)
        decision.names_as_of = now
        if not decision.issuer and decision.way != "earlier":
            decision.issuer = body(called[decision.unit_id], decision.unit.kind)
        decision.save(update_fields=["names_as_of", "issuer"])


def certified_as(line):
    """By the number of the certificate, which begins with the place on the list; ``sorted`` leaves others as read."""
    title = getattr(line.dossier, "title", None)
    number = title.number.partition("-")[0] if title and title.decision_id == line.decision_id else ""
    return int(number) if number.isdecimal() else 0


def names_of(units, day, apps):
    called = dict(apps.get_model("membership", "Unit").objects.filter(pk__in=units).values_list("pk", "name"))
    former = apps.get_model("membership", "FormerName").objects.filter(unit__in=units, valid_to__gt=day)
    return called | dict(former.order_by("-valid_to").values_list("unit", "name"))


def body(name, kind):
    return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}" if kind in COMMITTEES else name


def name_titles(apps, schema_editor):
    """From their line; lacking one, from the records."""
    titles = apps.get_model("recognition", "Title").objects
    lines = apps.get_model("recognition", "DecisionLine").objects.filter(dossier=OuterRef("dossier")).exclude(name="")
    people = apps.get_model("membership", "Person").objects.filter(pk=OuterRef("person"))
    units = apps.get_model("membership", "Unit").objects.filter(pk=OuterRef("unit"))
    titles.update(
        name=Coalesce(Subquery(lines.values("name")[:1]), Subquery(people.values("full_name")[:1])),
        place=Coalesce(Subquery(lines.values("place")[:1]), Subquery(units.values("name")[:1])),
    )


def text():
    return models.CharField(default="", editable=False, max_length=200)


class Migration(migrations.Migration):
    dependencies = [("membership", "0009_unit_acts"), ("recognition", "0010_title_counts_in_a_unit")]

    operations = [
        migrations.AlterField(
            "decision",
            "issuer",
            models.CharField(
                blank=True, help_text="As it was called then.", max_length=220, verbose_name="body that decided"
            ),
        ),
        migrations.AddField("decision", "names_as_of", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddField(
            "decisionline", "position", models.PositiveIntegerField(blank=True, editable=False, null=True)
        ),
        migrations.AddField("decisionline", "name", models.CharField(blank=True, editable=False, max_length=200)),
        migrations.AddField("decisionline", "place", models.CharField(blank=True, editable=False, max_length=200)),
        migrations.AddField("title", "name", text(), preserve_default=False),
        migrations.AddField("title", "place", text(), preserve_default=False),
        migrations.RunPython(name_lists, migrations.RunPython.noop),
        migrations.RunPython(name_titles, migrations.RunPython.noop),
        migrations.AddConstraint(
            "decisionline",
            models.CheckConstraint(
                condition=Q(position=None, name="", place="")
                | (Q(position__isnull=False) & ~Q(name="") & ~Q(place="")),
                name="decision_line_fixed_whole",
            ),
        ),
        migrations.AddConstraint(
            "title", models.CheckConstraint(condition=~Q(name="") & ~Q(place=""), name="title_named")
        ),
    ]
