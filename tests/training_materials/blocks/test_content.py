import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from training_materials.blocks.content import ContentBlock, SelfCheckBlock, VideoBlock


def a_document(name, content=b"WEBVTT\n"):
    return Document.objects.create(title=name, file=ContentFile(content, name=name), file_size=len(content))


@pytest.fixture
def picture(db):
    return Image.objects.create(title="Hình", file=get_test_image_file())


def render(*blocks):
    stream = ContentBlock()
    return stream.render(stream.to_python([{"type": kind, "value": value} for kind, value in blocks]))


def test_headings_have_anchors_without_tone_marks(db):
    assert '<h2 id="muc-tieu-chung">Mục tiêu chung</h2>' in render(("heading", "Mục tiêu chung"))


@pytest.mark.parametrize("kind", ["note", "warning", "example", "law"])
def test_each_kind_of_call_out_says_its_kind_in_words(db, kind):
    html = render(("callout", {"kind": kind, "title": "Tên", "text": "<p>Lời</p>"}))
    assert f"callout--{kind}" in html
    assert 'class="callout__kind"' in html
    assert "<p>Lời</p>" in html


def test_images_carry_description_and_caption(picture):
    html = render(("image", {"image": picture.pk, "alt": "Mô tả", "caption": "Chú thích"}))
    assert 'alt="Mô tả"' in html
    assert "<figcaption" in html
    assert "srcset" in html


def test_videos_carry_captions_and_a_transcript(db):
    video, captions = a_document("bai.webm", b"x"), a_document("bai.vtt")
    value = {"title": "Bài", "video": video.pk, "captions": captions.pk, "transcript": "<p>Lời thoại</p>"}
    html = render(("video", value))
    assert f'src="{captions.url}"' in html
    assert 'kind="captions"' in html
    assert 'type="video/webm"' in html
    assert "Lời thoại" in html


def test_a_video_wants_a_video_and_captions(db):
    wrong = a_document("giay.pdf", b"%PDF-")
    block = VideoBlock()
    value = block.to_python({"title": "B", "video": wrong.pk, "captions": wrong.pk, "transcript": "<p>L</p>"})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert set(refused.value.block_errors) == {"video", "captions"}


def test_files_tell_type_and_size(db):
    html = render(("file", {"title": "Mẫu", "document": a_document("mau.txt", b"abc").pk}))
    assert "TXT" in html
    assert "Mẫu" in html


def test_a_file_that_is_gone_is_no_fault(db):
    assert "Mẫu" in render(("file", {"title": "Mẫu", "document": 999_999}))


def a_check(*right):
    options = [{"text": f"Đáp án {n}", "is_correct": n in right} for n in range(3)]
    return {"question": "Hỏi gì?", "options": options, "explanation": "Vì thế."}


def test_a_self_check_works_without_script(db):
    html = render(("self_check", a_check(1)))
    assert html.count('type="radio"') == 3
    assert "<details>" in html
    assert "<strong>Đáp án 1</strong>" in html
    assert "<form" not in html


def test_text_of_a_self_check_is_escaped(db):
    value = a_check(1) | {"question": "<script>x</script>"}
    assert "<script>x" not in render(("self_check", value))


@pytest.mark.parametrize("right", [(), (0, 2)])
def test_exactly_one_answer_is_right(db, right):
    block = SelfCheckBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(a_check(*right)))


def test_scripts_and_handlers_never_stand_in_blocks(db):
    html = render(("text", "<p>Lời</p>"), ("heading", "<script>x</script>"))
    assert "<script>x" not in html
    assert io.StringIO(html).read().count(" onclick") == 0
