"""A unit's year: opened from the template or the year before, done task by task, seen by those above."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from home.landing import next_steps
from learning.evidence.files import inspect
from membership.models import Unit
from movement import actions
from movement.actions import Task, act_on_task, add_paper, add_task, open_plan
from movement.models import PlanTask, TemplateTask, WorkPlan
from movement.notices import remind_of_tasks
from notices.models import Notice
from tests.factories.evaluation import AT
from tests.factories.people import grant
from tests.laid import laid_once
from tests.queries import assert_constant_queries

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
PDF = b"%PDF-1.7 bien ban"


@pytest.fixture
@laid_once
def template(standing):
    actions.load_template(by=None, at=AT)


def opened(standing, begins_with="empty", **said):
    about = {"unit": standing.chapter, "year": TODAY.year, "by": standing.chi, "at": NOW} | said
    return open_plan(begins_with=begins_with, **about)


def task_of(plan, by, title="Mở lớp buổi tối", due_on=TODAY):
    return add_task(plan=plan, task=Task(title=title, due_on=due_on), by=by, at=NOW)


def paper():
    return inspect(ContentFile(PDF, name="bien-ban.pdf"), limit=10**6)


def test_the_template_has_each_level_s_tasks_and_a_plan_begins_with_its_own(standing, template):
    plan = opened(standing, "template")
    wanted = TemplateTask.objects.filter(level="chapter")
    assert list(plan.tasks.values_list("title", flat=True)) == [one.title for one in wanted]
    report = plan.tasks.get(clause="V")
    assert report.due_on == datetime.date(TODAY.year, 12, 5)
    assert opened(standing, "template") == plan
    assert plan.tasks.count() == wanted.count()


def test_every_clause_of_the_template_is_one_of_the_plan_and_reports_come_before_15_december(standing, template):
    reports = TemplateTask.objects.filter(clause="V", level__in=("commune", "body"))
    assert {(one.month, one.day) for one in reports} == {(12, 14)}
    assert {one.clause.partition(".")[0] for one in TemplateTask.objects.all()} == {"II", "III", "IV", "V"}
    assert actions.load_template(by=None, at=AT) == 0


def test_a_plan_is_copied_into_the_next_year_but_for_what_was_dropped(standing):
    plan = opened(standing)
    task_of(plan, standing.chi, "Mở lớp")
    act_on_task(task=task_of(plan, standing.chi, "Thôi"), act="drop", words="Không ai dạy", by=standing.chi, at=NOW)
    following = opened(standing, "last", year=TODAY.year + 1)
    copied = following.tasks.get()
    assert (copied.title, copied.due_on.year, copied.state) == ("Mở lớp", TODAY.year + 1, "planned")


def test_a_plan_needs_a_year_at_hand_and_one_to_copy(standing):
    for said in ({"year": TODAY.year + 2}, {"begins_with": "last"}):
        with pytest.raises(ValidationError):
            opened(standing, **said)
    assert not WorkPlan.objects.exists()


def test_who_answers_for_the_unit_plans_and_nobody_else(standing):
    plan = opened(standing)
    task = task_of(plan, standing.chi)
    for user in (standing.an, standing.binh, standing.lan, standing.ha, standing.minh):
        for act in (
            lambda user=user: opened(standing, by=user),
            lambda user=user: task_of(plan, user, "Khác"),
            lambda user=user: actions.change_task(task=task, said=Task(title="x", due_on=TODAY), by=user, at=NOW),
            lambda user=user: act_on_task(task=task, act="begin", words="", by=user, at=NOW),
            lambda user=user: add_paper(task=task, upload=paper(), by=user, at=NOW),
            lambda user=user: actions.remove_task(task=task, by=user, at=NOW),
        ):
            with pytest.raises(PermissionDenied):
                act()
    assert act_on_task(task=task, act="begin", words="", by=standing.dung, at=NOW).state == "begun"


def test_the_end_of_a_task_says_what_came_of_it(standing):
    task = task_of(opened(standing), standing.chi)
    for act in ("finish", "drop"):
        with pytest.raises(ValidationError):
            act_on_task(task=task, act=act, words=" ", by=standing.chi, at=NOW)
    done = act_on_task(task=task, act="finish", words="Ba buổi, 40 người", by=standing.chi, at=NOW)
    assert (done.state, done.ended_on, done.result) == ("done", TODAY, "Ba buổi, 40 người")
    with pytest.raises(ValidationError):
        act_on_task(task=task, act="finish", words="Lần nữa", by=standing.chi, at=NOW)
    again = act_on_task(task=task, act="resume", words="", by=standing.chi, at=NOW)
    assert (again.state, again.ended_on, again.result) == ("begun", None, "Ba buổi, 40 người")


def test_a_task_is_there_once_and_its_day_in_the_plan_s_year(standing):
    plan = opened(standing)
    assert task_of(plan, standing.chi) == task_of(plan, standing.chi)
    with pytest.raises(ValidationError):
        task_of(plan, standing.chi, "Cũ", TODAY.replace(year=TODAY.year - 1, day=1))


def test_papers_are_kept_once_and_go_with_their_task(standing, django_capture_on_commit_callbacks):
    task = task_of(opened(standing), standing.chi)
    kept = add_paper(task=task, upload=paper(), by=standing.chi, at=NOW)
    assert add_paper(task=task, upload=paper(), by=standing.chi, at=NOW) == kept
    storage, place = kept.file.storage, kept.file.name
    actions.sweep_papers(at=NOW + datetime.timedelta(days=2))
    assert storage.exists(place)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_task(task=task, by=standing.chi, at=NOW)
    assert not storage.exists(place)
    actions.remove_task(task=task, by=standing.chi, at=NOW)


def test_the_template_is_changed_by_the_province_alone(standing, template):
    task = TemplateTask.objects.first()
    for user in (standing.dung, standing.chi, standing.minh):
        with pytest.raises(PermissionDenied):
            actions.keep_template_task(task=task, by=user, at=NOW)
        with pytest.raises(PermissionDenied):
            actions.remove_template_task(task=task, by=user, at=NOW)
    task.day, task.month = 31, 2
    with pytest.raises(ValidationError):
        actions.keep_template_task(task=task, by=standing.giang, at=NOW)
    actions.remove_template_task(task=task, by=standing.giang, at=NOW)
    actions.remove_template_task(task=task, by=standing.giang, at=NOW)


def test_officers_are_told_before_the_day_and_when_it_is_past(standing):
    task = task_of(opened(standing), standing.chi, due_on=TODAY)
    week, day = datetime.timedelta(days=7), datetime.timedelta(days=1)
    assert [remind_of_tasks(at=NOW - week - day), remind_of_tasks(at=NOW - week), remind_of_tasks(at=NOW)] == [0, 1, 0]
    assert [remind_of_tasks(at=NOW + day), remind_of_tasks(at=NOW + week)] == [1, 0]
    assert set(Notice.objects.values_list("person_id", flat=True)) == {standing.chi.person_id}
    act_on_task(task=task, act="finish", words="Xong", by=standing.chi, at=NOW)
    assert remind_of_tasks(at=NOW) == 0


def test_what_is_due_stands_on_the_officer_s_home_and_on_nobody_else_s(standing):
    task_of(opened(standing), standing.chi, due_on=TODAY)
    where = reverse("movement:due")
    assert [where in [step.href for step in next_steps(user, NOW)] for user in (standing.chi, standing.an)] == [
        True, False,
    ]  # fmt: skip
    assert where not in [step.href for step in next_steps(standing.giang, NOW)]  # it is the chapter's


def test_the_province_sees_who_has_a_plan_and_who_has_none(standing, client):
    opened(standing)
    client.force_login(standing.giang)
    page = reverse("movement:plans")
    names = {unit.name for unit in client.get(page, {"co_ke_hoach": "roi"}).context["table"].page}
    assert names == {standing.chapter.name}
    names = {unit.name for unit in client.get(page, {"co_ke_hoach": "chua"}).context["table"].page}
    assert {standing.association.name, standing.foreign_chapter.name} <= names
    client.force_login(standing.ha)
    assert standing.chapter.name not in client.get(page, {"boloc": 1}).content.decode()
    assert client.get(reverse("movement:plan", args=[WorkPlan.objects.get().pk])).status_code == 404


def test_an_officer_plans_on_the_pages(standing, template, client):
    client.force_login(standing.chi)
    sent = {"unit": standing.chapter.pk, "year": TODAY.year, "begins_with": "template"}
    page = client.post(reverse("movement:open_plan"), sent, follow=True)
    plan = WorkPlan.objects.get()
    assert TemplateTask.objects.filter(level="chapter")[0].title in page.content.decode()
    said = {"title": "Mở lớp buổi tối", "due_on": TODAY.isoformat(), "leads": "Bà Chi"}
    assert client.post(reverse("movement:add_task", args=[plan.pk]), said).status_code == 302
    task = PlanTask.objects.get(title="Mở lớp buổi tối")
    assert client.post(reverse("movement:edit_task", args=[task.pk]), {**said, "title": ""}).status_code == 422
    client.post(reverse("movement:edit_task", args=[task.pk]), {**said, "leads": "Ông Sáu"})
    upload = {"upload": ContentFile(PDF, name="bien-ban.pdf")}
    assert client.post(reverse("movement:add_paper", args=[task.pk]), upload).status_code == 302
    assert client.post(reverse("movement:task", args=[task.pk]), {"act": "finish"}).status_code == 422
    html = client.post(
        reverse("movement:task", args=[task.pk]), {"act": "finish", "words": "40 người"}, follow=True
    ).content.decode()
    assert all(said in html for said in ("40 người", "Ông Sáu", "bien-ban.pdf"))
    for kind in ("pdf", "docx"):
        assert client.get(reverse("movement:plan_paper", args=[plan.pk, kind])).status_code == 200
    client.post(reverse("movement:edit_task", args=[task.pk]), {"remove": ""})
    assert not PlanTask.objects.filter(pk=task.pk).exists()


def test_a_paper_is_read_by_who_sees_the_plan_and_taken_away_by_who_plans(standing, client):
    task = task_of(opened(standing), standing.chi)
    kept = add_paper(task=task, upload=paper(), by=standing.chi, at=NOW)
    place, away = (reverse(f"movement:{name}_{what}", args=[task.pk, kept.pk]) for name, what in
                   (("paper", "file"), ("remove", "paper")))  # fmt: skip
    client.force_login(standing.minh)
    assert b"".join(client.get(place).streaming_content) == PDF
    assert client.post(away).status_code == 404
    client.force_login(standing.ha)
    assert client.get(place).status_code == 404
    client.force_login(standing.chi)
    assert client.post(away).status_code == 302
    assert not task.files.exists()


def test_the_province_changes_the_template_on_its_page(standing, template, client):
    client.force_login(standing.giang)
    said = {"level": "chapter", "title": "Tổ chức ngày hội đọc sách", "day": 21, "month": 4}
    client.post(reverse("movement:add_template_task"), said)
    added = TemplateTask.objects.get(title="Tổ chức ngày hội đọc sách")
    client.post(reverse("movement:template_task", args=[added.pk]), {**said, "day": 23})
    added.refresh_from_db()
    assert added.day == 23
    client.post(reverse("movement:template"), {"do": "remove", "row": [added.pk]})
    assert not TemplateTask.objects.filter(pk=added.pk).exists()


def test_no_query_grows_with_plans_or_tasks(standing, client):
    client.force_login(standing.giang)
    plan = opened(standing)
    grant(standing.giang, "chapter_officer", standing.foreign_chapter)

    def more():
        number = PlanTask.objects.count()
        for one in range(3):
            task_of(plan, standing.chi, f"Việc {number + one}")
        for unit in Unit.objects.filter(kind="chapter").exclude(pk__in=WorkPlan.objects.values("unit"))[:1]:
            opened(standing, unit=unit, by=standing.giang)

    more()
    for page in (reverse("movement:plans"), reverse("movement:plan", args=[plan.pk]), reverse("movement:due")):
        assert_constant_queries(lambda page=page: client.get(page), more)


def test_reminding_of_tasks_asks_no_more_the_more_are_due(standing):
    plan = opened(standing)
    moments = iter(range(10))

    def more():
        number = PlanTask.objects.count()
        for one in range(3):
            task_of(plan, standing.chi, f"Việc {number + one}")

    more()
    remind_of_tasks(at=NOW)
    assert_constant_queries(lambda: remind_of_tasks(at=NOW + datetime.timedelta(days=next(moments))), more)
