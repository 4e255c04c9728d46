"""docs/how-to/kind-of-step.md, walked through: a visit to a place.

Its table is made within the test's own transaction, and the model is taken back out of the registry.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.template import Template
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PAGE_MODEL_CLASSES, Page

from learning.evidence.models import Evidence
from learning.tracking.actions import enrol
from learning.tracking.models import StepProgress
from tests.factories.pages import add_course, add_lesson, page_tree, publish
from training_materials.models import CoursePage, StepPage


@pytest.fixture
def visit_page(db) -> Iterator[type[StepPage]]:
    class VisitPage(StepPage):
        place = models.CharField("nơi đến", max_length=100)

        is_finished_by_button = True
        player_template = Template("<p>Hẹn gặp ở {{ step.place }}, mang theo {{ thing }}.</p>")
        parent_page_types = ["training_materials.CoursePage"]
        subpage_types: list[str] = []

        class Meta:
            app_label = "tracking"
            verbose_name = "chuyến thăm"

        def player_context(self, enrolment: Any, request: Any) -> dict[str, Any]:
            return {"thing": "sổ tay"}

    editor = connection.schema_editor(collect_sql=True)
    editor.deferred_sql = []
    editor.create_model(VisitPage)
    with connection.cursor() as cursor:
        for statement in editor.collected_sql:
            cursor.execute(statement)
    yield VisitPage
    PAGE_MODEL_CLASSES.remove(VisitPage)
    del apps.all_models["tracking"]["visitpage"]
    del Page.visitpage
    apps.clear_cache()
    ContentType.objects.clear_cache()


@pytest.fixture
def course(visit_page) -> CoursePage:
    course = add_course(page_tree().course_index, "Làng nghề")
    add_lesson(course, "Trước khi đi", is_required=False)
    publish(course, visit_page(title="Thăm làng gốm", place="Thanh Hà", minutes=45))
    return course


def test_outline_player_and_completion_know_it(client, standing, course):
    step = course.outline().steps[-1]
    assert (step.title, step.kind_name, step.minutes) == ("Thăm làng gốm", "chuyến thăm", 45)
    assert "Chuyến thăm" in client.get(course.get_url()).content.decode()

    enrolment = enrol(person=standing.an.person, course=course, by=standing.an, at=timezone.now())
    client.force_login(standing.an)
    place = [course.slug, step.slug]
    page = client.get(reverse("tracking:step", args=place)).content.decode()
    assert "Hẹn gặp ở Thanh Hà, mang theo sổ tay." in page

    client.post(reverse("tracking:finish", args=place))
    assert StepProgress.objects.get(enrolment=enrolment, step_key=step.key).completed_at
    assert Evidence.objects.get(person=standing.an.person).page_key == course.translation_key
