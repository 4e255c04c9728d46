"""What was asked at pages that a trainer is about to delete. None of it is taken away."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import ngettext

from learning.feedback.models import Enquiry
from training_materials.registries.page_uses import Dependants, register


def connect() -> None:
    register(enquiries)


def enquiries(keys: Collection[UUID]) -> Dependants:
    count = Enquiry.objects.filter(page_key__in=keys).count()
    text = ngettext("%(count)d question to a teacher", "%(count)d questions to teachers", count)
    return Dependants(count, text % {"count": count})
