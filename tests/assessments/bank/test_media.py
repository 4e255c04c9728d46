"""Pictures and sounds of questions: copied when they are chosen, told in words, served to who is signed in."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from PIL import Image as Drawing
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from assessments import actions
from assessments.bank.media import cleaned
from assessments.models import Figure, Question, Response
from intake import actions as importing
from tests.assessments.administration.test_questions import _parts, form_for
from tests.assessments.conftest import PLAIN, save


def _png(colour):
    content = BytesIO()
    Drawing.new("RGB", (40, 30), colour).save(content, "PNG")
    return ContentFile(content.getvalue(), f"{colour}.png")


@pytest.fixture
def image(db):
    return get_image_model().objects.create(title="Biển báo", file=_png("red"))


@pytest.fixture
def sound(db):
    return get_document_model().objects.create(title="Lời gọi", file=ContentFile(b"ID3" + b"\0" * 3000, "goi.mp3"))


def keep(image, by):
    return actions.keep_picture(image=image, by=by, at=timezone.now())


def test_a_picture_is_copied_once_and_an_editor_changes_no_copy(standing, image):
    kept = keep(image, standing.binh)
    assert keep(image, standing.binh) == kept
    image.file = _png("blue")
    image.save()
    other = keep(image, standing.binh)
    assert other.name != kept.name
    assert Figure.objects.count() == 2


def test_who_is_no_trainer_keeps_nothing(standing, image):
    with pytest.raises(PermissionDenied):
        keep(image, standing.an)


@pytest.mark.parametrize("name", ["goi.txt", "goi.wav", "goi.html"])
def test_what_is_no_sound_is_refused(standing, name):
    document = get_document_model().objects.create(title="x", file=ContentFile(b"<script>", name))
    with pytest.raises(ValidationError):
        actions.keep_sound(document=document, by=standing.binh, at=timezone.now())


def test_words_instead_are_demanded():
    with pytest.raises(ValidationError):
        cleaned([{"name": "a.webp", "alt": "  ", "place": None}])


def test_an_attempt_shows_what_was_asked_with_its_words_and_files_go_to_who_is_signed_in(
    client, classroom, image, sound
):
    standing, at = classroom.standing, timezone.now()
    picture = keep(image, standing.binh)
    heard = actions.keep_sound(document=sound, by=standing.binh, at=at)
    media = [
        {"name": picture.name, "alt": "Biển báo màu đỏ", "place": None},
        {"name": heard.name, "alt": "Tiếng người gọi", "place": 1},
    ]
    save("single_choice", classroom.topic, standing.binh, media=media)
    attempt = classroom.begin()
    save("single_choice", classroom.topic, standing.binh)
    client.force_login(classroom.an)
    html = client.get(reverse("assessments:attempt", args=[attempt.pk])).content.decode()
    address = reverse("assessments:figure", args=[picture.name])
    assert f'src="{address}"' in html
    assert 'alt="Biển báo màu đỏ"' in html
    assert "Tiếng người gọi" in html
    response = client.get(address)
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    part = client.get(reverse("assessments:figure", args=[heard.name]), headers={"Range": "bytes=0-2"})
    assert (part.status_code, part.content, part["Content-Range"]) == (206, b"ID3", "bytes 0-2/3003")
    client.logout()
    assert client.get(address).status_code == 302


def test_a_drawing_stays_one_and_cannot_act_when_it_is_opened(client, standing, db):
    drawn = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>1</script></svg>"
    image = get_image_model().objects.create(title="x", file=ContentFile(drawn, "a.svg"), width=9, height=9)
    name = keep(image, standing.binh).name
    client.force_login(standing.an)
    response = client.get(reverse("assessments:figure", args=[name]))
    assert response["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["../../site.sqlite3", "a.webp", f"{'0' * 40}.html", f"{'0' * 40}.webp"])
def test_other_names_are_unknown(client, standing, name):
    client.force_login(standing.an)
    assert client.get(f"/bai-kiem-tra/tep/{name}").status_code == 404


def test_the_form_copies_what_is_chosen_shows_it_again_and_asks_for_words(binh, classroom, image):
    address = reverse("question_bank:add_kind", args=["single_choice"])
    options = _parts(
        {"text": "Một", "is_correct": "on", "picture": str(image.pk), "picture_alt": "Hình một"}, {"text": "Hai"}
    )
    beside = _parts({"text": "Một", "is_correct": "on"}, {"text": "Hai", "picture": str(image.pk)})
    asked = binh.post(address, form_for("single_choice", classroom.topic, options=beside)).context["form"].errors
    assert str(asked["options"][0]).startswith("Phương án 2, bấm bánh răng")
    wordless = form_for("single_choice", classroom.topic, options=options, picture=str(image.pk))
    assert binh.post(address, wordless).status_code == 200
    assert not Question.objects.filter(current__prompt="Câu hỏi mới?").exists()
    binh.post(address, {**wordless, "picture_alt": "Biển báo"})
    question = Question.objects.get(current__prompt="Câu hỏi mới?")
    assert [(each["alt"], each["place"]) for each in question.current.media] == [("Biển báo", None), ("Hình một", 0)]
    form = binh.get(reverse("question_bank:edit", args=[question.pk])).context["form"]
    assert form["picture"].value() == image.pk
    assert form["options"].value()[0].value["picture_alt"] == "Hình một"
    preview = binh.post(
        reverse("question_bank:live_preview", args=["single_choice"]), {**wordless, "picture_alt": "Biển"}
    )
    assert 'alt="Hình một"' in preview.content.decode()


def test_an_import_that_changes_the_words_keeps_the_picture(classroom, image):
    standing = classroom.standing
    media = [{"name": keep(image, standing.binh).name, "alt": "Biển báo", "place": None}]
    save("true_false", classroom.topic, standing.binh, media=media)
    details = {"format": "gift", "topic": classroom.topic.pk, "difficulty": "easy"}
    batch = importing.begin_import(
        kind="questions", name="a.gift", content="// [id:true-false]\nĐã sửa? {TRUE}".encode(), details=details,
        by=standing.binh, at=timezone.now(),
    )  # fmt: skip
    for action in (importing.read_import, importing.order_import, importing.carry_out):
        batch = action(batch=batch, by=standing.binh, at=timezone.now())
    question = Question.objects.get(slug="true-false")
    assert (question.current.prompt, question.current.media) == ("Đã sửa?", media)
    assert Response.objects.count() == 0
    assert PLAIN["true_false"] == question.current.body


def test_the_sounds_of_options_are_told_apart_by_their_options(binh, classroom, sound):
    name = actions.keep_sound(document=sound, by=classroom.standing.binh, at=timezone.now()).name
    media = [{"name": name, "alt": "Tiếng còi", "place": place} for place in (None, 0)]
    question = save("single_choice", classroom.topic, classroom.standing.binh, media=media)
    html = binh.get(reverse("question_bank:preview", args=[question.pk])).content.decode()
    option = question.current.body["options"][0]["text"]
    assert html.count("<audio") == 2
    assert f'aria-label="{gettext("Sound of “%(option)s”") % {"option": option}}"' in html
    assert f'aria-label="{gettext("Sound")}"' in html
