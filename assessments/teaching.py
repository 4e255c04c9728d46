"""Written answers that wait, on the home of who marks them."""

from django.urls import reverse
from django.utils.translation import ngettext

from assessments.models import Response
from membership.models import User
from training_materials.registries import teaching


def connect() -> None:
    teaching.register(_waiting)


def _waiting(user: User) -> teaching.Waiting:
    count = Response.objects.waiting_for(user).count()
    words = ngettext("%(count)s written answer to mark", "%(count)s written answers to mark", count)
    return teaching.Waiting(count, words % {"count": count}, reverse("written_marking:waiting"))
