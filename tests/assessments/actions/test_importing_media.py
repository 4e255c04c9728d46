"""Pictures and sounds that come within files of questions: the gate, the copies, and what stays as it is."""

from base64 import b64encode

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from assessments import actions
from assessments.bank.export import exported, held_by_format
from assessments.formats import FORMATS
from assessments.forms.questions import form_of
from assessments.models import Figure, Question
from intake.actions import carry_out as carry_out_import
from intake.actions import order_import
from tests.assessments.actions.test_importing import _outcomes
from tests.assessments.bank.test_media import _png
from tests.assessments.conftest import save
from tests.queries import count_queries

MP3 = b"ID3" + b"\0" * 300
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
BAD_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def png():
    return _png("red").read()


def moodle(*files, alt="Biển cấm", code="bien"):
    """A question with these files, each a name and its content, beside its text."""
    tags = "".join(
        f'<img src="@@PLUGINFILE@@/{name}" alt="{alt}">'
        if not name.endswith("mp3")
        else f'<audio src="@@PLUGINFILE@@/{name}" title="{alt}"></audio>'
        for name, _content in files
    )
    held = "".join(f'<file name="{n}" encoding="base64">{b64encode(c).decode()}</file>' for n, c in files)
    return f"""<quiz><question type="truefalse"><idnumber>{code}</idnumber>
      <questiontext format="html"><text><![CDATA[<p>Biển gì?</p>{tags}]]></text>{held}</questiontext>
      <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>
    </question></quiz>"""


def test_a_dry_run_keeps_copies_and_carrying_out_shows_them_in_the_library(read, standing, png):
    batch = read(moodle(("bien.png", png), ("nghe.mp3", MP3)), format="moodle")
    assert _outcomes(batch) == ["create"]
    assert (Question.objects.count(), get_image_model().objects.count()) == (0, 0)
    asked = {"batch": batch, "by": standing.binh, "at": timezone.now()}
    order_import(**asked)
    carry_out_import(**asked)
    media = Question.objects.get().current.media
    assert [(each["name"][-4:], each["alt"], each["place"]) for each in media] == [
        ("webp", "Biển cấm", None), (".mp3", "Biển cấm", None),
    ]  # fmt: skip
    assert get_image_model().objects.get().title == get_document_model().objects.get().title == "Biển cấm"
    assert all(storages["private"].exists(figure.path) for figure in Figure.objects.all())


def test_the_same_file_again_changes_nothing_and_neither_does_saving_its_form(carry_out, standing, png):
    carry_out(moodle(("bien.png", png)), format="moodle")
    assert _outcomes(carry_out(moodle(("bien.png", png)), format="moodle")) == ["same"]
    question = Question.objects.select_related("current").get()
    form = form_of("true_false")(instance=question, version=question.current, for_user=standing.binh)
    image = get_image_model().objects.get(pk=form.initial["picture"])
    kept = actions.keep_picture(image=image, by=standing.binh, at=timezone.now())
    assert kept.name == question.current.media[0]["name"]
    assert Figure.objects.count() == 1


def test_other_words_or_another_picture_make_a_new_version_and_none_takes_it_away_with_a_note(carry_out, read, png):
    carry_out(moodle(("bien.png", png)), format="moodle")
    carry_out(moodle(("bien.png", png), alt="Biển cấm màu đỏ"), format="moodle")
    carry_out(moodle(("bien.png", _png("blue").read())), format="moodle")
    assert Question.objects.get().current.number == 3
    bare = read(moodle(), format="moodle")
    assert _outcomes(bare) == ["change"]
    assert bare.lines.get().reasons
    assert _outcomes(read("// [id:bien]\nBiển gì?{T}", format="gift")) == ["same"]


@pytest.mark.parametrize(
    ("name", "content", "alt"),
    [
        ("bien.png", b"no picture", "A"),
        ("bien.exe", MP3, "A"),
        ("nghe.mp3", b"<script>", "A"),
        ("bien.svg", BAD_SVG, "A"),
        ("nghe.mp3", b"ID3" + b"\0" * 10 * 1024 * 1024, "A"),
        ("nghe.mp3", MP3, " "),
    ],
    ids=["no picture", "program", "no sound", "active drawing", "too large", "no words"],
)
def test_what_the_gate_refuses_is_left_out_with_the_reason_and_stops_no_other(read, name, content, alt):
    files = moodle((name, content), alt=alt).replace("</quiz>", "") + moodle(("a.svg", SVG), code="b")[6:]
    batch = read(files, format="moodle")
    assert _outcomes(batch) == ["skip", "create"]
    assert batch.lines.get(number=1).reasons


def test_an_infected_file_and_a_scanner_that_is_away_stop_their_question(read, settings, tmp_path, png):
    settings.UPLOAD_SCANNER = f"unix://{tmp_path}/nobody.ctl"
    batch = read(moodle(("bien.png", png)), format="moodle")
    assert _outcomes(batch) == ["skip"]
    assert not Figure.objects.exists()


def test_who_manages_no_questions_keeps_no_file(standing):
    with pytest.raises(PermissionDenied):
        actions.keep_file(name="a.mp3", content=MP3, by=standing.an, at=timezone.now())
    with pytest.raises(PermissionDenied):
        actions.put_into_library(titles={}, by=standing.an, at=timezone.now())


@pytest.mark.parametrize("key", [each.key for each in FORMATS.values() if each.carries_media])
def test_pictures_and_sounds_go_out_and_come_back(classroom, carry_out, standing, png, key):
    by = {"by": standing.binh, "at": timezone.now()}
    picture = actions.keep_file(name="a.png", content=png, **by)
    sound = actions.keep_file(name="a.mp3", content=MP3, **by)
    media = [
        {"name": picture.name, "alt": "Biển", "place": None},
        {"name": sound.name, "alt": "Còi", "place": 0},
        {"name": picture.name, "alt": "Biển hai", "place": 1},
    ]
    save("single_choice", classroom.topic, standing.binh, media=media)
    content = exported(FORMATS[key], None)
    assert set(_outcomes(carry_out(content, format=key))) == {"same"}
    save("single_choice", classroom.topic, standing.binh)
    Figure.objects.all().delete()
    carry_out(content, format=key)
    came_back = Question.objects.get(slug="single-choice").current.media
    assert [(each["alt"], each["place"]) for each in came_back] == [(each["alt"], each["place"]) for each in media]
    assert came_back[1] == media[1]
    assert set(_outcomes(carry_out(content, format=key))) == {"same"}


def test_the_export_says_how_many_lose_their_pictures(classroom, standing):
    sound = actions.keep_file(name="a.mp3", content=MP3, by=standing.binh, at=timezone.now())
    save("single_choice", classroom.topic, standing.binh, media=[{"name": sound.name, "alt": "Còi", "place": None}])
    without = {held.format.key: held.without_media for held in held_by_format(None)}
    assert without == {"gift": 1, "moodle": 0, "aiken": 1, "qti2": 0, "qti3": 0, "xlsx": 1}
    assert count_queries(lambda: held_by_format(None)) == 1


def test_a_bank_too_large_for_one_file_goes_out_in_parts_that_come_back(classroom, carry_out, monkeypatch):
    monkeypatch.setattr("assessments.formats.MOST_BYTES", 30_000)
    moodle = FORMATS["moodle"]
    (held,) = (held for held in held_by_format(None) if held.format is moodle)
    assert len(held.parts) > 1
    files = [exported(moodle, None, part) for part in range(1, len(held.parts) + 1)]
    outcomes = [outcome for file in files for outcome in _outcomes(carry_out(file, format="moodle"))]
    assert outcomes == ["same"] * Question.objects.count()
    with pytest.raises(IndexError):
        exported(moodle, None, len(files) + 1)
