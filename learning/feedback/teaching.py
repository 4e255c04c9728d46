"""What learners asked, on the home of who answers."""

from django.urls import reverse
from django.utils.translation import ngettext

from learning.feedback.models import Enquiry
from membership.models import User
from training_materials.registries import teaching


def connect() -> None:
    teaching.register(_waiting)


def _waiting(user: User) -> teaching.Waiting:
    count = Enquiry.objects.waiting_for(user).count()
    words = ngettext("%(count)s question of a learner", "%(count)s questions of learners", count)
    return teaching.Waiting(count, words % {"count": count}, reverse("feedback:desk"))
