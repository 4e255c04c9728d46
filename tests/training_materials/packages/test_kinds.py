"""What kinds of contents are called."""

from django.utils.translation import override

from training_materials.activities.packing import KINDS
from training_materials.packages.kinds import kind_of
from training_materials.packages.scoring import registry


def test_what_this_site_scores_has_a_name_in_the_language_of_the_site():
    with override("vi"):
        named = {name: kind_of(name) for name in registry._SCORERS}
    assert set(KINDS) <= set(named)
    assert [name for name, kind in named.items() if kind == name] == []


def test_anything_else_keeps_its_own():
    assert kind_of("H5P.Rare", "A rare one") == "A rare one"
    assert kind_of("H5P.Rare 1.0") == "H5P.Rare"
    with override("en"):
        assert kind_of("H5P.Blanks 1.14", "Whatever") == "Fill in the blanks"
