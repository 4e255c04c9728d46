"""The days that the law gives, from a secondary source, and the public holidays of 2026 and 2027 that are certain: what
the government adds around Tết is the province's to enter."""

import datetime

from django.db import migrations

TERMS = {
    "acknowledge": (2, True),
    "see": (10, False),
    "take_along": (10, False),
    "correct": (10, False),
    "restrict": (15, False),
    "erase": (20, False),
    "object": (15, False),
}
TET = "Tết Nguyên đán"
HOLIDAYS = {
    (2026, 1, 1): "Tết Dương lịch",
    **{(2026, 2, day): TET for day in range(16, 21)},
    (2026, 4, 27): "Nghỉ bù Giỗ Tổ Hùng Vương",
    (2026, 4, 30): "Ngày Chiến thắng",
    (2026, 5, 1): "Ngày Quốc tế Lao động",
    (2026, 9, 1): "Quốc khánh",
    (2026, 9, 2): "Quốc khánh",
    (2027, 1, 1): "Tết Dương lịch",
    **{(2027, 2, day): TET for day in (5, 8, 9, 10)},
    (2027, 4, 16): "Giỗ Tổ Hùng Vương",
    (2027, 4, 30): "Ngày Chiến thắng",
    (2027, 5, 3): "Nghỉ bù Ngày Quốc tế Lao động",
    (2027, 9, 2): "Quốc khánh",
}


def lay(apps, schema_editor):
    term, holiday = apps.get_model("privacy", "Term"), apps.get_model("privacy", "Holiday")
    term.objects.bulk_create(
        term(clock=clock, days=days, counts_working_days=working) for clock, (days, working) in TERMS.items()
    )
    holiday.objects.bulk_create(holiday(day=datetime.date(*day), name=name) for day, name in HOLIDAYS.items())


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_schema")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
