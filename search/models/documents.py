"""One row for each published thing that can be found, with all that is searched and shown of it; and texts of files."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileText(models.Model):
    """``digest`` is the document's ``file_hash`` when it was read: another one means that it must be read again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        READ = "read", _("Read")
        UNREADABLE = "unreadable", _("Cannot be read")

    file = models.OneToOneField(
        "wagtaildocs.Document", on_delete=models.CASCADE, primary_key=True, related_name="found_text"
    )
    digest = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=60, blank=True, help_text="Why it cannot be read: too-large, too-slow …")
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return f"{self.file_id} {self.state}"


class SearchDocument(models.Model):
    """Follows from the page and its files: ``search.sources`` composes it, ``actions`` write it, nobody edits it.

    Drafts, what stands under something unpublished and what a password closes have no row at all. ``scope`` says
    who may find the rest: see ``search.scopes``.
    """

    key = models.CharField(max_length=100, unique=True, help_text="The source's name and the object's, material:12.")
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    path = models.CharField(max_length=255, blank=True, db_index=True, help_text="In the page tree, for subtrees.")
    scope = models.CharField(max_length=200)
    url = models.CharField(max_length=500)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    beside = models.TextField(
        blank=True, help_text="Leads here, shown only where nothing else says why: topics, issuing body, names."
    )
    files = models.TextField(blank=True, help_text="The text of attached files.")
    language = models.CharField(max_length=8, default="vi")
    document_number = models.CharField(max_length=60, blank=True)
    numbers = models.JSONField(default=list, help_text="The document number as canonical keys.")
    facets = models.JSONField(default=dict, help_text="For each facet the values that hold.")
    minutes = models.PositiveIntegerField(default=0)
    date = models.DateField(null=True, help_text="Issued on, or first published.")
    popularity = models.PositiveIntegerField(default=0, help_text="An aggregate count, of nobody in particular.")
    attached: models.ManyToManyField[FileText, models.Model] = models.ManyToManyField(
        FileText, related_name="found_in", help_text="The files whose text is in ``files``, or is to come."
    )
    fingerprint = models.CharField(max_length=64, help_text="Of all the above: unchanged documents are left alone.")
    indexed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")

    def __str__(self) -> str:
        return self.key
