"""A call that somebody may organise, and the way to it."""

import uuid

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from learning.calls.models import Call
from membership.models import User


def call_of(user: User, pk: uuid.UUID) -> Call:
    theirs = Call.objects.organised_by(user).select_related("unit", "made_by__person", "teacher__person")
    return get_object_or_404(theirs, pk=pk)


def trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Calls to learn"), reverse("calls:calls")), *steps]
