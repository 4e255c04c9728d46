import pytest

from search.language.keys import decoded, is_syllable
from search.language.words import normalise


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hocj", "học"), ("taapj", "tập"), ("dduowngf", "đường"), ("nguwowif", "người"), ("congo", "công"),
        ("kyx", "kỹ"), ("cong6", "công"), ("chuyen63", "chuyển"), ("d9o6i3", "đổi"), ("nguoi72", "người"),
    ],
)  # fmt: skip
def test_keys_are_decoded(typed, meant):
    assert normalise(decoded(typed)) == normalise(meant)


@pytest.mark.parametrize("typed", ["hoc", "class", "file", "wifi", "4742", "học", "covid19", "a2"])
def test_other_words_are_left_alone(typed):
    assert decoded(typed) == ""


def test_syllables_are_told_from_other_words():
    assert all(map(is_syllable, ["nghieng", "quyen", "a", "oai", "gi"]))
    assert not any(map(is_syllable, ["hocj", "class", "facebook", "bl"]))
