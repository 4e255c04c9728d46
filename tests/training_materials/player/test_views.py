"""What the frame is given, and under which headers."""

import gzip
import json
import re

import pytest
from django.core.signing import Signer
from django.urls import reverse

from membership.models import User
from tests.factories.packages import PNG, content, let_in, library, packed
from training_materials.player import tokens
from training_materials.player.tokens import address_of, bundle_token, content_token

EVIL = "</script><script>alert(1)</script>"


@pytest.fixture
def version(standing, private_files):
    administrator = User.objects.create_superuser("quantri", password="x")
    picture = {
        "content/images/a.png": PNG,
        "H5P.MultiChoice-1.16/img/x.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    params = {"question": f"<p>Hỏi {EVIL}</p>", "answers": []}
    file = packed(content(params, title=f"Tên {EVIL}"), library(), picture)
    return let_in(file, by=standing.binh, administrator=administrator)


def policy_of(response) -> dict[str, str]:
    parts = (part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    return {part[0]: part[1] if len(part) > 1 else "" for part in parts}


def test_the_frame_page_is_sealed_and_tells_nothing_of_the_visitor(client, version, standing):
    client.force_login(standing.an)
    client.get("/hoc-tap/")
    response = client.get(address_of(version.pk))
    policy = policy_of(response)
    assert policy["sandbox"] == "allow-scripts allow-forms"
    assert policy["default-src"] == policy["form-action"] == "'none'"
    assert policy["connect-src"] == "testserver/goi/"
    assert "unsafe-inline" not in policy["script-src"]
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    page = response.content.decode()
    assert "an@example.vn" not in page
    assert str(standing.an.person) not in page


def test_what_a_package_says_never_becomes_markup_of_the_frame_page(client, version):
    page = client.get(address_of(version.pk)).content.decode()
    assert "<script>alert" not in page
    said = json.loads(re.search(r'<script id="embedding"[^>]*>(.*?)</script>', page)[1])
    assert said["integration"]["contents"]["cid-1"]["library"] == "H5P.MultiChoice 1.16"


@pytest.mark.parametrize("path", ["content/images/a.png"])
def test_files_are_sealed_and_kept_by_browsers(client, version, path):
    response = client.get(address_of(version.pk) + path)
    assert read(response) == PNG
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "immutable" in response["Cache-Control"]
    assert policy_of(response)["sandbox"] == ""
    assert not response.cookies


def test_a_drawing_of_a_library_runs_nothing_when_opened(client, version):
    response = client.get(bundle_address(version, "libraries/H5P.MultiChoice-1.16/img/x.svg"))
    assert response["Content-Type"] == "image/svg+xml"
    assert policy_of(response)["sandbox"] == ""
    assert policy_of(response)["default-src"] == "'none'"
    read(response)


def read(response) -> bytes:
    content = b"".join(response.streaming_content)
    response.close()
    return content


def bundle_address(version, path) -> str:
    return reverse("training_materials:bundle", args=[bundle_token(version.bundle), path])


@pytest.mark.parametrize("ending", ["js", "css"])
def test_scripts_and_styles_come_joined_and_compressed(client, version, ending):
    plain = client.get(bundle_address(version, f"all.{ending}"))
    packed_ = client.get(bundle_address(version, f"all.{ending}"), headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain
    assert packed_["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed_["Vary"]
    assert gzip.decompress(read(packed_)) == read(plain)


@pytest.mark.parametrize(
    "path",
    ["content/images/b.png", "content/../../x", "content/content.json", "content/images/", "content/images/a.png/x"],
)
def test_nothing_else_is_served(client, version, path):
    assert client.get(address_of(version.pk) + path).status_code == 404


@pytest.mark.parametrize("path", ["libraries/H5P.Other-1.0/x.js", "libraries/H5P.MultiChoice-1.16/../x.js", "all.js.gz",
                                  "libraries/H5P.MultiChoice-x.y/play.js", "libraries/"])  # fmt: skip
def test_nothing_else_of_libraries_is_served(client, version, path):
    assert client.get(bundle_address(version, path)).status_code == 404


def test_an_address_that_was_made_up_or_is_too_old_opens_nothing(client, version, monkeypatch):
    assert client.get(reverse("training_materials:embed", args=["x.ff.y"])).status_code == 404
    other = Signer(sep=".", salt="training_materials.package.bundle").sign(f"{version.pk.hex}.ffffffff")
    assert client.get(reverse("training_materials:embed", args=[other])).status_code == 404
    address = address_of(version.pk)
    later = tokens.time.time() + 3 * 24 * 3600
    monkeypatch.setattr(tokens.time, "time", lambda: later)
    assert client.get(address).status_code == 404


def test_the_same_address_is_given_out_for_hours(version, monkeypatch):
    monkeypatch.setattr(tokens.time, "time", lambda: 1_000_000 * 21600 + 10)
    first = content_token(version.pk)
    monkeypatch.setattr(tokens.time, "time", lambda: 1_000_000 * 21600 + 21_000)
    assert content_token(version.pk) == first


def test_a_part_of_a_file_is_given_to_players_that_jump(client, version):
    response = client.get(address_of(version.pk) + "content/images/a.png", headers={"Range": "bytes=1-3"})
    assert (response.status_code, response.content) == (206, b"PNG")
    assert response["Content-Range"] == f"bytes 1-3/{len(PNG)}"
    beyond = client.get(address_of(version.pk) + "content/images/a.png", headers={"Range": "bytes=9999-"})
    assert beyond.status_code == 416


def test_only_reading_is_possible(client, version):
    assert client.post(address_of(version.pk)).status_code == 405


def test_a_script_in_the_frame_may_ask_whether_it_may_fetch_a_file(client, version):
    """jQuery adds a header of its own, so browsers ask first; the frame's origin is no site's."""
    asked = {"Origin": "null", "Access-Control-Request-Method": "GET",
             "Access-Control-Request-Headers": "x-requested-with"}  # fmt: skip
    for address in (
        reverse("training_materials:media", args=[content_token(version.pk), "images/a.png"]),
        reverse("training_materials:bundle", args=[bundle_token(version.bundle), "all.js"]),
    ):
        allowed = client.options(address, headers=asked)
        assert (allowed.status_code, allowed["Access-Control-Allow-Origin"]) == (204, "*")
        assert "x-requested-with" in allowed["Access-Control-Allow-Headers"].lower()
        assert client.post(address).status_code == 405
