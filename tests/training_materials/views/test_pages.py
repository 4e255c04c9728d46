from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file


@pytest.fixture
def video(db):
    return Document.objects.create(title="Bài", file=ContentFile(b"0123456789", name="bai.webm"))


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("asked", "content", "told"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=5-99", b"56789", "bytes 5-9/10"),
    ],
)
def test_a_player_gets_the_piece_it_asks_for(video, client, asked, content, told):
    response = client.get(video.url, headers={"range": asked})
    assert response.status_code == 206
    assert response["Content-Range"] == told
    assert response["X-Content-Type-Options"] == "nosniff"
    assert body(response) == content


def test_a_piece_beyond_the_end_is_refused(video, client):
    assert client.get(video.url, headers={"range": "bytes=10-"}).status_code == 416


@pytest.mark.parametrize("asked", ["", "bytes=-", "bytes=a-b", "items=0-3"])
def test_a_strange_range_gets_the_whole_file(video, client, asked):
    response = client.get(video.url, headers={"range": asked})
    assert response.status_code == 200
    assert body(response) == b"0123456789"
    response.close()


def test_captions_are_served_as_captions(db, client):
    captions = Document.objects.create(title="Phụ đề", file=ContentFile(b"WEBVTT", name="bai.vtt"))
    response = client.get(captions.url)
    assert response["Content-Type"] == "text/vtt"
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_documents_are_downloads(db, client):
    table = Document.objects.create(title="Bảng", file=ContentFile(b"a,b", name="bang.csv"))
    response = client.get(table.url)
    assert response["Content-Disposition"].startswith("attachment")
    response.close()


def test_pictures_are_served_without_sniffing(db, client):
    name = storages["public"].save("images/hinh.png", ContentFile(b"\x89PNG"))
    response = client.get(f"/media/{name}")
    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_no_document_and_no_picture_as_it_came_lies_where_a_proxy_may_serve(db, client, settings):
    document = Document.objects.create(title="Bảng", file=ContentFile(b"a,b", name="bang.csv"))
    picture = Image.objects.create(title="Hình", file=get_test_image_file())
    for file in (document.file, picture.file):
        assert not Path(file.path).is_relative_to(settings.MEDIA_ROOT)
        assert client.get(f"/media/{file.name}").status_code == 404
    rendition = picture.get_rendition("width-100")
    assert Path(rendition.file.path).is_relative_to(settings.MEDIA_ROOT)
    response = client.get(rendition.url)
    assert response.status_code == 200
    response.close()


@pytest.mark.parametrize("path", ["documents/bai.webm", "../site.sqlite3", "images/../documents/x", "images/none.png"])
def test_nothing_else_has_a_media_address(db, client, path):
    assert client.get(f"/media/{path}").status_code == 404
