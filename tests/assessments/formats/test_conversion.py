"""What the bank can hold of a question from a file, and what is said of the rest."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from assessments.formats import gift
from assessments.formats.conversion import fit
from assessments.formats.question import Choice, PlainQuestion
from intake.texts import is_old_encoding


def _fit(text):
    (question,) = gift.read(text.encode())
    return fit(question)


@pytest.mark.parametrize(
    "text",
    [
        "Năm nào? {#mười}",
        "Chỉ đọc.",
        "Ai? {=An =Bình ~Chi}",  # two options, each wholly right
        "Ai? {~An ~Bình}",
        "Ai? {=An ~An}",
        "Nhìn <img src='a.png'> {T}",
        "C«ng d©n häc tËp, x· héi häc tËp {T}",
        "Coâng daân hoïc taäp {T}",
        f"{'a' * 2001} {{T}}",
        "Ai? {=" + " ~".join("abcdefghijklm") + "}",
    ],
)
def test_what_the_bank_cannot_hold_is_refused_in_words(text):
    with pytest.raises(ValidationError):
        _fit(text)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Ai? {~%50%nửa =An ~Chi}", ["nửa", "An", "Chi"]),
        ("Ai? {~%80%An ~%20%Bình ~Chi}", ["An", "Bình", "Chi"]),
        ("Ai? {=An#Tốt ~Chi#Sai}", ["An", "Chi"]),
    ],
)
def test_what_is_not_kept_is_noted(text, body):
    fitted = _fit(text)
    assert [option["text"] for option in fitted.body["options"]] == body
    assert len(fitted.notes) == 1


def test_partial_answers_and_stars_of_short_texts_are_left_out_with_a_note():
    fitted = _fit("Con nào? {=Ếch =%50%Mèo =%0%* =ếch}")
    assert fitted.body["accepted"] == ["Ếch"]
    assert len(fitted.notes) == 1


def test_a_partner_without_a_line_is_left_out_with_a_note():
    fitted = _fit("Ghép {=a -> 1 =b -> 2 = -> 3}")
    assert [pair["left"] for pair in fitted.body["pairs"]] == ["a", "b"]
    assert len(fitted.notes) == 1


def test_text_is_composed_and_keeps_no_controls():
    plain = PlainQuestion("short_text", "Ho\u0300a\x00?", choices=(Choice("a\r\nb\x01", Decimal(100)),))
    fitted = fit(plain)
    assert (fitted.prompt, fitted.body["accepted"]) == ("Hòa?", ["a\nb"])


@pytest.mark.parametrize("text", ["Công dân học tập suốt đời", "Xã hội học tập", "Windows® và 5µm", "Noël"])
def test_unicode_is_not_taken_for_an_old_encoding(text):
    assert not is_old_encoding(text)
