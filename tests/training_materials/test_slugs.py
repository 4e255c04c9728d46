"""The player's own addresses stand before those of courses and steps, which may not take them."""

import pytest
from django.core.exceptions import ValidationError

from learning.tracking.urls import urlpatterns
from tests.factories.pages import add_course, add_lesson, page_tree
from training_materials.models.courses import PLAYER_SLUGS
from training_materials.models.steps import PLAYER_SLUGS_OF_COURSES

ROUTES = [str(route.pattern).split("/") for route in urlpatterns]


def test_every_address_of_the_player_is_kept():
    assert {first for first, *_rest in ROUTES if first and "<" not in first} == PLAYER_SLUGS
    beneath = {parts[1] for parts in ROUTES if parts[0] == "<str:course_slug>" and len(parts) == 3}
    assert {part for part in beneath if part and "<" not in part} == PLAYER_SLUGS_OF_COURSES


@pytest.mark.parametrize("slug", sorted(PLAYER_SLUGS))
def test_a_course_may_not_take_them(db, slug):
    with pytest.raises(ValidationError, match=f"chẳng hạn “{slug}-2”"):
        add_course(page_tree().course_index, "Khóa", slug=slug)


@pytest.mark.parametrize("slug", sorted(PLAYER_SLUGS_OF_COURSES))
def test_a_step_may_not_take_them(db, slug):
    with pytest.raises(ValidationError) as refused:
        add_lesson(add_course(page_tree().course_index, "Khóa"), "Bài", slug=slug)
    assert "slug" in refused.value.error_dict
