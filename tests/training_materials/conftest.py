import pytest

from tests.factories.pages import Tree, page_tree


@pytest.fixture
def tree(db: None) -> Tree:
    return page_tree()
