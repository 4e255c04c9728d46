import brotli
import pytest
from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import RequestFactory

from config.compression import CompressionMiddleware

PAGE = "<p>Công dân học tập</p>" * 500


def answer(response, accepts="gzip, deflate, br"):
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return CompressionMiddleware(lambda _request: response)(request)


def test_a_page_goes_out_compressed():
    answered = answer(HttpResponse(PAGE))
    assert answered["Content-Encoding"] == "br"
    assert answered["Vary"] == "Accept-Encoding"
    assert int(answered["Content-Length"]) == len(answered.content) < len(PAGE) / 10
    assert brotli.decompress(answered.content).decode().startswith(PAGE)


@pytest.mark.parametrize("accepts", ["br", "br;q=0.5", "gzip;q=1, br;q=1", "gzip,br;q=0.1"])
def test_who_takes_it_is_known(accepts):
    assert answer(HttpResponse(PAGE), accepts).has_header("Content-Encoding")


@pytest.mark.parametrize("accepts", ["", "gzip", "br;q=0", "br;q=0.0, gzip", "brx", "xbr"])
def test_who_does_not_take_it_gets_it_plain(accepts):
    answered = answer(HttpResponse(PAGE), accepts)
    assert not answered.has_header("Content-Encoding")
    assert answered.content.decode() == PAGE


@pytest.mark.parametrize(
    "response",
    [
        StreamingHttpResponse([PAGE.encode()]),
        HttpResponse(PAGE, headers={"Content-Encoding": "gzip"}),
        HttpResponse(PAGE, content_type="application/pdf", status=206, headers={"Content-Range": "bytes 0-9/10"}),
        JsonResponse({"page": PAGE}),
        HttpResponse("<p>Ngắn</p>"),
    ],
)
def test_what_is_no_whole_page_goes_out_as_it_is(response):
    before = dict(response.headers)
    answered = answer(response)
    assert answered.get("Content-Encoding") == before.get("Content-Encoding")


def test_a_file_keeps_its_parts_and_its_length(tmp_path):
    path = tmp_path / "bao-cao.html"
    path.write_text(PAGE)
    with path.open("rb") as file:
        answered = answer(FileResponse(file, content_type="text/html"))
        assert not answered.has_header("Content-Encoding")
        assert int(answered["Content-Length"]) == len(b"".join(answered)) == path.stat().st_size


def test_the_same_page_is_of_another_length_each_time():
    assert len({len(answer(HttpResponse(PAGE)).content) for _time in range(40)}) > 5
