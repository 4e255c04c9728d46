import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from search.actions import save_pick
from search.models import Pick
from tests.factories.pages import add_material


def pick(user, page, queries):
    return save_pick(pick=Pick(queries=queries, page=page.page_ptr, reason="Bắt đầu ở đây"), by=user, at=timezone.now())


def test_a_trainer_puts_a_page_first(tree, standing):
    material = add_material(tree.materials, "Mười chỉ số")
    assert pick(standing.binh, material, "10 chỉ số\n\nmười chỉ số").lines() == ["10 chỉ số", "mười chỉ số"]


def test_others_are_refused(tree, standing):
    with pytest.raises(PermissionDenied):
        pick(standing.an, add_material(tree.materials, "Mười chỉ số"), "chỉ số")


@pytest.mark.parametrize("queries", ["", "chỉ số\n?!"])
def test_lines_without_a_word_are_refused(tree, standing, queries):
    with pytest.raises(ValidationError):
        pick(standing.binh, add_material(tree.materials, "Mười chỉ số"), queries)
