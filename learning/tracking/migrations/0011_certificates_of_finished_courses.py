"""Who finished a course before there were certificates gets one, dated to that day."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from papers.codes import new_code


def certify(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    certificates = apps.get_model("tracking", "CourseCertificate").objects
    enrolments = apps.get_model("tracking", "Enrolment").objects
    finished = enrolments.filter(completed_at__isnull=False, certificates=None).order_by("pk")
    batch = []
    for enrolment in finished.iterator(chunk_size=1000):
        given = {"course_title": enrolment.course_title, "issued_at": enrolment.completed_at, "code": new_code()}
        batch.append(certificates.model(enrolment=enrolment, **given))
        if len(batch) == 1000:
            certificates.bulk_create(batch)
            batch = []
    certificates.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("tracking", "0010_course_certificates")]
    operations = [migrations.RunPython(certify, migrations.RunPython.noop)]
