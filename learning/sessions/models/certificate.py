"""What somebody is given for having been there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.sessions.models.session import Session
from learning.sessions.querysets import AttendanceCertificateQuerySet
from membership.models import Person
from papers.codes import new_code


class AttendanceCertificate(models.Model):
    """That somebody was at a session, with a code by which anyone can verify it. It is given when the session is
    closed, and revoked when they are struck off."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="certificates")
    # Empty once the person was erased: what was revoked stays on its public list.
    person = models.ForeignKey(
        "membership.Person", on_delete=models.SET_NULL, null=True, related_name="attendance_certificates"
    )
    code = models.CharField(max_length=14, unique=True, default=new_code, editable=False)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AttendanceCertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate of attendance")
        verbose_name_plural = _("certificates of attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=models.Q(revoked_at=None), name="one_standing_attendance_cert"
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def holder(self) -> Person:
        """Those that are read ``for_paper()`` have one."""
        assert self.person is not None
        return self.person

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None
