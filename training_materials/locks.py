"""While moderators have a course, nobody writes in it: what they read is what is published."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock


class SubmittedLock(BaseLock):
    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        course = self.object if hasattr(self.object, "pages_to_publish") else self.object.course
        said = _("The moderators have this course with all its steps: it is written in again when they have decided.")
        look = _("Look over what they have")
        return format_html(
            '{} <a class="w-underline" href="{}">{}</a>', said, reverse("course_review", args=[course.pk]), look
        )

    def get_locked_by(self, user: Any) -> str:
        return _("The course is being moderated")

    def get_description(self, user: Any) -> str:
        return _("Nobody writes in it until the moderators have decided.")
