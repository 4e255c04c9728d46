"""A kind of file as an app would add it: a table of topics, by their slugs. It stands in the test tree alone."""

from collections.abc import Iterator, Sequence

from django.urls import include, path
from django.utils.text import slugify

from intake.kinds import Kind
from intake.models import ImportLine
from intake.pages import PlanView, UploadView
from intake.plan import Line, Outcome, RefusedError
from intake.tables import Layout, Row, rows
from training_materials.models import Topic

LAYOUT = Layout({"ma": "code", "chu de": "name"}, {"code", "name"}.issubset, "Không có cột “Mã” và “Chủ đề”.")


class Topics(Kind[Row]):
    key = "topics"
    excerpt_label = "Chủ đề"
    can_undo = True
    chunk = 4

    @classmethod
    def admits(cls, user, scope):
        return user.is_superuser and scope != "closed"

    @classmethod
    def apply_label(cls, count):
        return f"Nhập {count} chủ đề"

    def rows(self, content: bytes) -> Iterator[Row]:
        return rows(content, LAYOUT)

    def compare(self, rows: Sequence[Row]) -> Iterator[Line]:
        codes = [str(row.cells["code"] or "") for row in rows]
        standing = dict(Topic.objects.filter(slug__in=codes).values_list("slug", "name"))
        for row, code in zip(rows, codes, strict=True):
            name = str(row.cells["name"] or "")
            if slugify(code) != code or not code:
                yield Line(row.line, excerpt=name, reasons=(f"“{code}” không phải là mã.",))
                continue
            outcome = Outcome.CREATE if code not in standing else Outcome.CHANGE
            if standing.get(code) == name:
                outcome = Outcome.SAME
            content = None if outcome == Outcome.SAME else {"name": name}
            yield Line(row.line, excerpt=name, outcome=outcome, code=code, content=content)

    def write(self, lines: Sequence[ImportLine]) -> None:
        if any(line.content["name"] == "Cấm" for line in lines):
            raise RefusedError("Hôm nay không nhập được.")
        if any(line.content["name"] == "Hỏng" for line in lines):
            raise RuntimeError("a fault of the site")
        standing = Topic.objects.in_bulk([line.code for line in lines], field_name="slug")
        for line in lines:
            line.content["before"] = standing[line.code].name if line.code in standing else None
            if line.code in standing:
                standing[line.code].name = line.content["name"]
        Topic.objects.bulk_update(standing.values(), ["name"])
        new = [line for line in lines if line.code not in standing]
        Topic.objects.bulk_create(Topic(slug=line.code, name=line.content["name"]) for line in new)

    def undo(self, lines: Sequence[ImportLine]) -> None:
        before = {line.code: line.content["before"] for line in lines}
        Topic.objects.filter(slug__in=[code for code, name in before.items() if name is None]).delete()
        changed = Topic.objects.filter(slug__in=before)
        for topic in changed:
            topic.name = before[topic.slug]
        Topic.objects.bulk_update(changed, ["name"])


class WholeTopics(Topics):
    key = "whole-topics"
    is_whole = True
    can_undo = False


class SmallTopics(Topics):
    key = "small-topics"
    at_once = True
    can_undo = False
    is_kept = False


class Upload(UploadView):
    kind = Topics
    upload_page, plan_page = "topics:upload", "topics:plan"
    page_title = "Nhập chủ đề"


class Plan(PlanView):
    kind = Topics
    upload_page, plan_page = "topics:upload", "topics:plan"


class SmallUpload(Upload):
    kind = SmallTopics


class SmallPlan(Plan):
    kind = SmallTopics
    upload_page, plan_page = "topics:small_upload", "topics:small_plan"


SmallUpload.upload_page, SmallUpload.plan_page = SmallPlan.upload_page, SmallPlan.plan_page
own = (
    [
        path("", Upload.as_view(), name="upload"),
        path("<uuid:pk>/", Plan.as_view(), name="plan"),
        path("nho/", SmallUpload.as_view(), name="small_upload"),
        path("nho/<uuid:pk>/", SmallPlan.as_view(), name="small_plan"),
    ],
    "topics",
)
urlpatterns = [path("chu-de/", include(own)), path("", include("config.urls"))]
