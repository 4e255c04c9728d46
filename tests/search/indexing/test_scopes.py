import pytest

from search.contract import Viewer, may_find, scope_of


def test_a_scope_is_written_in_one_way():
    assert scope_of([]) == "public"
    assert scope_of(["login", "groups:3|5", "login"]) == scope_of(["groups:3|5", "login"]) == "groups:3|5&login"


@pytest.mark.parametrize(
    ("scope", "viewer", "finds"),
    [
        ("public", Viewer(), True),
        ("login", Viewer(), False),
        ("login", Viewer(is_signed_in=True), True),
        ("groups:3|5", Viewer(is_signed_in=True, groups=frozenset({5})), True),
        ("groups:3|5", Viewer(is_signed_in=True, groups=frozenset({35})), False),
        ("groups:3", Viewer(is_signed_in=True, sees_all_groups=True), True),
        ("groups:3&groups:4", Viewer(is_signed_in=True, groups=frozenset({3})), False),
        ("unit:00010002", Viewer(is_signed_in=True, unit_paths=("000100020001",)), True),
        ("unit:00010002", Viewer(is_signed_in=True, unit_paths=("0001",)), False),
        ("something:new", Viewer(is_signed_in=True, sees_all_groups=True), False),
    ],
)
def test_who_passes_a_scope(scope, viewer, finds):
    assert may_find(scope, viewer) is finds
