"""What was read of a file is kept as every database keeps it."""

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from search.models import FileText
from search.tasks import read_file


def test_signs_that_no_database_keeps_are_left_out(db, private_files):
    content = ContentFile("Kỹ năng số\0 \x1b[0m".encode(), name="a.txt")
    file = get_document_model().objects.create(title="Tệp", file=content, file_size=20)
    FileText.objects.update_or_create(file=file)
    read_file.enqueue(file.pk)
    kept = FileText.objects.get(file=file)
    assert (kept.text.strip(), kept.reason) == ("Kỹ năng số [0m", "")
