"""Packages made in memory: tiny libraries of our own writing, in the shapes that H5P publishes."""

import io
import json
import struct
import zipfile
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from membership.models import User
from training_materials import actions
from training_materials.models import PackageUpload, PackageVersion

Files = Mapping[str, bytes | str]

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\5\xfe\2\xfe"
    b"\xa75\x81\x84\0\0\0\0IEND\xaeB`\x82"
)

# One question with as many answers as its params say; the contract of H5P's question types.
QUESTION_SCRIPT = """
var H5P = H5P || {};
H5P.Tiny = (function () {
  function Tiny(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params; this.contentId = contentId; this.extras = extras || {};
    this.chosen = (this.extras.previousState && this.extras.previousState.chosen) || [];
  }
  Tiny.prototype = Object.create(H5P.EventDispatcher.prototype);
  Tiny.prototype.constructor = Tiny;
  Tiny.prototype.attach = function ($container) {
    var self = this;
    $container.append(H5P.jQuery('<p class="tiny-question"></p>').html(this.params.question));
    this.params.answers.forEach(function (answer, index) {
      var $button = H5P.jQuery('<button type="button" class="tiny-answer"></button>').html(answer.text);
      $button.attr('aria-pressed', self.chosen.indexOf(index) >= 0);
      $button.on('click', function () {
        self.chosen = [index];
        H5P.jQuery('.tiny-answer').attr('aria-pressed', false);
        $button.attr('aria-pressed', true);
        self.triggerXAPI('interacted');
      });
      $container.append($button);
    });
    var $check = H5P.jQuery('<button type="button" class="tiny-check">Check</button>');
    $check.on('click', function () { self.trigger(self.answered()); });
    $container.append($check);
  };
  Tiny.prototype.answered = function () {
    var event = this.createXAPIEventTemplate('answered');
    event.setScoredResult(this.getScore(), this.getMaxScore(), this, true, this.getScore() === this.getMaxScore());
    event.data.statement.result.response = this.chosen.join('[,]');
    event.data.statement.object.definition.interactionType = 'choice';
    return event;
  };
  Tiny.prototype.getXAPIData = function () { return { statement: this.answered().data.statement }; };
  Tiny.prototype.getAnswerGiven = function () { return this.chosen.length > 0; };
  Tiny.prototype.getMaxScore = function () { return 1; };
  Tiny.prototype.getScore = function () {
    var answer = this.params.answers[this.chosen[0]];
    return answer && answer.correct ? 1 : 0;
  };
  Tiny.prototype.getCurrentState = function () { return { chosen: this.chosen }; };
  return Tiny;
})();
"""

QUESTION_SEMANTICS = [
    {"name": "question", "type": "text", "widget": "html", "tags": ["strong", "em"]},
    {"name": "answers", "type": "list", "field": {"name": "answer", "type": "group", "fields": [
        {"name": "correct", "type": "boolean"},
        {"name": "text", "type": "text", "widget": "html", "tags": ["strong"]},
        {"name": "tipsAndFeedback", "type": "group", "optional": True, "fields": [
            {"name": "tip", "type": "text", "widget": "html"}, {"name": "chosenFeedback", "type": "text"},
        ]},
    ]}},
    {"name": "behaviour", "type": "group", "fields": [
        {"name": "singlePoint", "type": "boolean"}, {"name": "type", "type": "select"},
        {"name": "passPercentage", "type": "number"},
    ]},
    {"name": "picture", "type": "image", "optional": True},
]  # fmt: skip

PARAMS: dict[str, Any] = {
    "question": "<p>Ai được xét danh hiệu <strong>Công dân học tập</strong>?</p>",
    "answers": [
        {"correct": True, "text": "<div>Mọi công dân</div>"},
        {"correct": False, "text": "<div>Chỉ cán bộ</div>"},
    ],
    "behaviour": {"singlePoint": True, "type": "auto", "passPercentage": 100},
}


def library(
    name: str = "H5P.MultiChoice",
    version: tuple[int, int, int] = (1, 16, 4),
    *,
    script: str = QUESTION_SCRIPT + "\nH5P.MultiChoice = H5P.Tiny;",
    style: str = ".tiny-answer { min-height: 48px; }",
    semantics: Any = QUESTION_SEMANTICS,
    needs: list[str] | None = None,
    **more: Any,
) -> dict[str, bytes | str]:
    """The files of one library in its folder of an archive."""
    folder = f"{name}-{version[0]}.{version[1]}"
    described = {
        "title": name.rpartition(".")[2],
        "machineName": name,
        "majorVersion": version[0],
        "minorVersion": version[1],
        "patchVersion": version[2],
        "runnable": 1,
        "coreApi": {"majorVersion": 1, "minorVersion": 24},
        "preloadedJs": [{"path": "play.js"}],
        "preloadedCss": [{"path": "play.css"}],
        "preloadedDependencies": [wanted(need) for need in needs or []],
    } | more
    return {
        f"{folder}/library.json": json.dumps(described),
        f"{folder}/semantics.json": json.dumps(semantics),
        f"{folder}/play.js": script,
        f"{folder}/play.css": style,
    }


def wanted(name: str) -> dict[str, object]:
    machine_name, _space, version = name.rpartition(" ")
    major, _dot, minor = version.partition(".")
    return {"machineName": machine_name, "majorVersion": int(major), "minorVersion": int(minor)}


def content(
    params: Any = None, *, title: str = "Danh hiệu", main: str = "H5P.MultiChoice 1.16", also: tuple[str, ...] = ()
) -> dict[str, bytes | str]:
    described = {
        "title": title,
        "language": "vi",
        "mainLibrary": main.split()[0],
        "embedTypes": ["div"],
        "preloadedDependencies": [wanted(name) for name in (main, *also)],
    }
    return {
        "h5p.json": json.dumps(described),
        "content/content.json": json.dumps(PARAMS if params is None else params, ensure_ascii=False),
    }


def packed(*parts: Files) -> io.BytesIO:
    """An archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            for name, text in part.items():
                archive.writestr(name, text)
    buffer.seek(0)
    return buffer


def package(params: Any = None, **more: Any) -> io.BytesIO:
    """A whole package: the content and its library."""
    return packed(content(params, **more), library())


def crowd(count: int) -> bytes:
    """A sound archive of so many empty files, written byte by byte; above 65,535 they are told as ZIP64 does."""
    local, central, place = [], [], 0
    for number in range(count):
        name = b"content/%d.txt" % number
        local.append(struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name)
        central.append(
            struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, place) + name
        )
        place += len(local[-1])
    directory = b"".join(central)
    end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), place)
    end += struct.pack("<4sLQL", b"PK\6\7", 0, place + len(directory), 1)
    told = min(count, 0xFFFF)
    last = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, told, told, len(directory), place, 0)
    return b"".join(local) + directory + (end if count > 0xFFFF else b"") + last


def let_in(file: io.BytesIO, *, by: User, administrator: User) -> PackageVersion:
    """The version that an uploaded package becomes, with its libraries installed."""
    upload = actions.upload_package(
        name="goi.h5p", content=file, size=len(file.getvalue()), package=None, by=by, at=timezone.now()
    )
    upload = actions.read_upload(upload=upload, at=timezone.now())
    if upload.state == PackageUpload.State.UNKNOWN:
        upload = actions.order_libraries(upload=upload, by=administrator, at=timezone.now())
        upload = actions.read_upload(upload=upload, at=timezone.now())
    assert upload.state == PackageUpload.State.ACCEPTED, upload.report
    return PackageVersion.objects.select_related("main", "package").get(package=upload.package)
