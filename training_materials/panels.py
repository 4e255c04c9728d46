"""What stands beside the fields of a page's form."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import HelpPanel

from training_materials.outlines.order import as_planned


class StepsPanel(HelpPanel):
    """The steps of a course in their order, and one press to add another: a course that was just saved has none."""

    def __init__(self, template: str = "training_materials/admin/course_steps.html", **options: Any) -> None:
        super().__init__(template=template, **options)

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            course = self.instance
            if not course.pk:
                return context
            may_add = course.permissions_for_user(self.request.user).can_add_subpage()
            kinds = course.creatable_subpage_models() if may_add else []
            standing = list(course.get_children().order_by("path"))
            steps = as_planned(standing, course.planned_order)
            return context | {
                "course": course,
                "steps": steps,
                "waits": steps != standing,
                "kinds": [(model._meta.verbose_name, _address(model, course.pk)) for model in kinds],
            }


def _address(model: Any, course_id: int) -> str:
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, course_id])
