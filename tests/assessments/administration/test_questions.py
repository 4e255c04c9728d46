"""The question bank in Wagtail's admin, and the quiz editor."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from openpyxl import load_workbook
from wagtail.test.utils.form_data import nested_form_data, streamfield

from assessments import actions
from assessments.models import Question, QuizPage
from tests.assessments.conftest import EVERY_KIND, OTHERS, quiz_form, save
from tests.factories.pages import add_lesson
from tests.queries import assert_constant_queries
from training_materials.models import Topic

BANK = "/quan-tri/cau-hoi/"


def _parts(*parts):
    return streamfield([("part", part) for part in parts])


FILLED = {
    "single_choice": {"options": _parts({"text": "Một", "is_correct": "on"}, {"text": "Hai"}, {"text": " "})},
    "multiple_choice": {"options": _parts({"text": "Một", "is_correct": "on"}, {"text": "Hai", "is_correct": "on"})},
    "true_false": {"answer": "False"},
    "short_text": {"accepted": _parts("Đà Nẵng", ""), "is_tolerant": "on"},
    "matching": {"pairs": _parts({"left": "a", "right": "b"}, {"left": "c", "right": "d"})},
    "ordering": {"items": _parts("một", "hai")},
    "numeric": {"number": "1,5", "tolerance": "0,25", "units": "kg; ki-lô-gam", "is_unit_asked": "on"},
    "blanks": {
        "text": "Thủ đô là [1], năm [2].",
        "gaps": _parts({"right": "Hà Nội\nThăng Long", "wrong": ""}, {"right": "1945", "wrong": "1954\n1975"}),
        "is_tolerant": "on",
    },
    "written": {"criteria": _parts({"text": "Đủ ý", "points": "3"}, {"text": "", "points": "1"}), "guide": "Ba ý"},
}


def form_for(kind, topic, **values):
    settled = {
        "topic": str(topic.pk),
        "prompt": "Câu hỏi mới?",
        "feedback": "",
        "difficulty": "easy",
        "audience": "everyone",
    }
    return nested_form_data({**settled, **FILLED[kind], **values})


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_each_kind_has_a_form_that_makes_a_question(binh, classroom, kind):
    address = reverse("question_bank:add_kind", args=[kind])
    assert binh.get(address).status_code == 200
    binh.post(address, form_for(kind, classroom.topic))
    question = Question.objects.get(current__prompt="Câu hỏi mới?")
    assert question.current.kind == kind
    assert question.current.created_by == classroom.standing.binh
    assert question.slug.startswith("cau-hoi-moi-")


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_each_kind_opens_for_editing_and_saves_a_new_version_only_if_changed(binh, classroom, kind):
    binh.post(reverse("question_bank:add_kind", args=[kind]), form_for(kind, classroom.topic))
    question = Question.objects.get(current__prompt="Câu hỏi mới?")
    address = reverse("question_bank:edit", args=[question.pk])
    assert "Câu hỏi mới?" in binh.get(address).content.decode()
    binh.post(address, form_for(kind, classroom.topic))
    assert question.versions.count() == 1
    binh.post(address, form_for(kind, classroom.topic, prompt="Đã sửa?"))
    question.refresh_from_db()
    assert (question.current.number, question.current.prompt) == (2, "Đã sửa?")


def test_choosing_comes_first_and_an_unknown_kind_is_unknown(binh):
    html = binh.get(reverse("question_bank:add")).content.decode()
    assert reverse("question_bank:add_kind", args=["ordering"]) in html
    assert binh.get(reverse("question_bank:add_kind", args=["essay"])).status_code == 404


def test_a_wrong_key_is_said_and_nothing_typed_is_lost(binh, classroom):
    both = _parts({"text": "Một", "is_correct": "on"}, {"text": "Hai", "is_correct": "on"})
    sent = form_for("single_choice", classroom.topic, options=both)
    response = binh.post(reverse("question_bank:add_kind", args=["single_choice"]), sent)
    html = response.content.decode()
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["options"]
    assert "Câu hỏi mới?" in html
    assert not Question.objects.filter(current__prompt="Câu hỏi mới?").exists()


def test_a_topic_that_a_quiz_needs_is_not_left_short_by_editing(binh, classroom):
    other = Topic.objects.create(name="Khác", slug="khac")
    question = Question.objects.get(slug="true-false")
    address = reverse("question_bank:edit", args=[question.pk])
    response = binh.post(address, form_for("true_false", other))
    assert response.status_code == 200
    assert "Bài kiểm tra" in response.content.decode()
    question.refresh_from_db()
    assert question.topic == classroom.topic


def test_a_copy_starts_from_the_original_and_leaves_it_alone(binh, classroom):
    source = Question.objects.get(slug="matching")
    address = reverse("question_bank:copy", args=[source.pk])
    pairs = binh.get(address).context["form"]["pairs"].value()
    assert [child.value["left"] for child in pairs] == ["Trái một", "Trái hai"]
    binh.post(address, form_for("matching", classroom.topic))
    assert Question.objects.filter(current__kind="matching").count() == 2


def test_retiring_restoring_and_deleting_from_one_screen(binh, classroom):
    spare = save("true_false", classroom.topic, classroom.standing.binh, slug="them")
    address = reverse("question_bank:delete", args=[spare.pk])
    assert binh.get(address).status_code == 200
    binh.post(address, {"way": "retire"})
    assert not Question.objects.in_use().filter(pk=spare.pk).exists()
    binh.post(address, {"way": "restore"})
    assert Question.objects.in_use().filter(pk=spare.pk).exists()
    assert binh.post(address, {"way": "nonsense"}).status_code == 302
    binh.post(address, {"way": "delete"})
    assert not Question.objects.filter(pk=spare.pk).exists()


def test_an_asked_question_offers_no_deletion_and_refuses_it(binh, classroom):
    classroom.begin()
    asked = Question.objects.get(slug="ordering")
    address = reverse("question_bank:delete", args=[asked.pk])
    assert 'value="delete"' not in binh.get(address).content.decode()
    binh.post(address, {"way": "delete"})
    assert Question.objects.filter(pk=asked.pk).exists()


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_the_preview_shows_the_question_as_learners_see_it(binh, classroom, kind):
    if kind in OTHERS:
        save(kind, classroom.topic, classroom.standing.binh)
    question = Question.objects.get(current__kind=kind)
    html = binh.get(reverse("question_bank:preview", args=[question.pk])).content.decode()
    assert question.current.prompt in html


def test_the_list_is_searched_without_accents_filtered_and_does_not_grow(binh, classroom):
    index = reverse("question_bank:index")
    save("true_false", classroom.topic, classroom.standing.binh, slug="otp", prompt="Ai được hỏi mã OTP của bạn?")
    found = binh.get(index, {"q": "duoc hoi MA otp"}).content.decode()
    assert "mã OTP" in found
    assert "Câu hỏi ordering?" not in found
    assert "mã OTP" not in binh.get(index, {"kind": "ordering"}).content.decode()
    assert "mã OTP" not in binh.get(index, {"state": "retired"}).content.decode()
    assert "mã OTP" in binh.get(index, {"topic": classroom.topic.pk, "difficulty": "easy"}).content.decode()

    def more():
        for number in range(5):
            save("true_false", classroom.topic, classroom.standing.binh, slug=f"q{number}", prompt=f"Câu {number}")

    assert_constant_queries(lambda: binh.get(index), more)


@pytest.mark.parametrize("name", ["index", "add", "edit", "delete", "preview"])
def test_who_is_no_trainer_has_no_bank(client, classroom, name):
    question = Question.objects.get(slug="ordering")
    address = reverse(f"question_bank:{name}", args=[question.pk] if name in ("edit", "delete", "preview") else [])
    client.force_login(classroom.an)
    assert client.get(address).status_code == 403


def _quiz_form(topic, *counts, picks=()):
    return quiz_form(picks=picks, draws=[{"topic": str(topic.pk), "count": str(count)} for count in counts])


def _new_quiz(classroom):
    return reverse("wagtailadmin_pages:add", args=["assessments", "quizpage", classroom.course.pk])


def test_a_quiz_is_written_in_the_editor(binh, classroom):
    assert binh.get(_new_quiz(classroom)).status_code == 200
    binh.post(_new_quiz(classroom), _quiz_form(classroom.topic, 2, 3))
    quiz = QuizPage.objects.get(slug="bai-moi")
    assert quiz.get_latest_revision_as_object().question_count == 5


@pytest.mark.parametrize(("counts", "left"), [((7,), 6), ((3, 4), 3)])
def test_draws_that_the_bank_cannot_fill_are_refused_with_the_number_there_is(binh, classroom, counts, left):
    response = binh.post(_new_quiz(classroom), _quiz_form(classroom.topic, *counts))
    html = response.content.decode()
    assert response.status_code == 200
    assert f"{left} câu hỏi loại đó" in html or f"{left} questions of that kind" in html
    assert not QuizPage.objects.filter(slug="bai-moi").exists()


def test_the_editor_previews_the_quiz(classroom, rf):
    request = rf.get("/")
    request.user = classroom.standing.binh
    response = classroom.quiz.make_preview_request(request, "")
    assert response.status_code == 200


def test_deleting_a_quiz_is_explained_by_its_attempts(binh, classroom):
    classroom.begin()
    response = binh.get(reverse("wagtailadmin_pages:delete", args=[classroom.quiz.pk]))
    html = response.content.decode()
    assert "1 lượt làm bài" in html or "1 attempt at a quiz" in html or response.status_code == 302


def test_a_draft_is_kept_unfinished_shown_again_and_put_into_use(binh, classroom):
    address = reverse("question_bank:add_kind", args=["single_choice"])
    binh.post(address, form_for("single_choice", classroom.topic, options=_parts({"text": "Một"}), draft="1"))
    question = Question.objects.get(draft__isnull=False)
    assert (question.current, question.draft["prompt"]) == (None, "Câu hỏi mới?")
    edit = reverse("question_bank:edit", args=[question.pk])
    page = binh.get(edit)
    assert page.context["form"]["options"].value()[0].value["text"] == "Một"
    assert "Câu hỏi mới?" in binh.get(reverse("question_bank:index"), {"state": "draft"}).content.decode()
    assert binh.get(reverse("question_bank:delete", args=[question.pk])).status_code == 200
    assert binh.get(reverse("question_bank:versions", args=[question.pk])).status_code == 200
    binh.post(edit, form_for("single_choice", classroom.topic))
    question.refresh_from_db()
    assert (question.draft, question.current.number) == (None, 1)


def test_a_draft_beside_a_question_in_use_can_be_discarded(binh, classroom):
    question = Question.objects.get(slug="true-false")
    edit = reverse("question_bank:edit", args=[question.pk])
    binh.post(edit, form_for("true_false", classroom.topic, prompt="Sửa dở?", draft="1"))
    question.refresh_from_db()
    assert (question.current.number, question.draft["prompt"]) == (1, "Sửa dở?")
    assert "Sửa dở?" in binh.get(edit).content.decode()
    binh.post(edit, {"discard": "1"})
    question.refresh_from_db()
    assert question.draft is None


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_the_live_preview_shows_what_the_form_holds_and_keeps_nothing(binh, classroom, kind):
    count = Question.objects.count()
    address = reverse("question_bank:live_preview", args=[kind])
    assert "Câu hỏi mới?" in binh.post(address, form_for(kind, classroom.topic)).content.decode()
    assert binh.post(address, {}).status_code == 200
    assert Question.objects.count() == count


def test_versions_are_listed_with_their_use(binh, classroom):
    classroom.begin()
    save("ordering", classroom.topic, classroom.standing.binh, prompt="Xếp lại?")
    question = Question.objects.get(slug="ordering")
    html = binh.get(reverse("question_bank:versions", args=[question.pk])).content.decode()
    assert html.count("Bài kiểm tra") >= 2
    assert "Xếp lại?" in html
    assert "Câu hỏi ordering?" in html
    earlier = binh.get(reverse("question_bank:preview", args=[question.pk]), {"version": "1"}).content.decode()
    assert "Câu hỏi ordering?" in earlier


def tag(client, questions, asked="", **given):
    values = {"topic": "", "difficulty": "", "audience": "", **given}
    return client.post(f"{BANK}{asked}", {"do": "tag", "row": [each.pk for each in questions], **values}, follow=True)


def _told(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_many_questions_are_tagged_at_once_all_or_none(binh, classroom):
    chosen, other = Question.objects.get(slug="ordering"), Question.objects.get(slug="matching")
    tag(binh, [chosen], difficulty="hard", audience="workers")
    chosen.refresh_from_db()
    other.refresh_from_db()
    assert (chosen.difficulty, chosen.audience, other.difficulty) == ("hard", "workers", "easy")
    away = Topic.objects.create(name="Khác", slug="khac")
    response = tag(binh, [chosen, other], topic=away.pk)
    chosen.refresh_from_db()
    assert chosen.topic == classroom.topic
    assert "Câu hỏi" in _told(response)
    assert "Bài kiểm tra" in _told(response)


def test_tagging_nothing_says_what_to_do(binh):
    one = Question.objects.get(slug="ordering")
    assert gettext("Choose at least one row.") in _told(tag(binh, [], difficulty="hard"))
    assert gettext("Nothing was changed: choose a topic, a difficulty, a target group or a pool.") in _told(
        tag(binh, [one])
    )


def test_tagging_leaves_the_list_as_it_stood(binh):
    one = Question.objects.get(slug="ordering")
    assert tag(binh, [one], "?q=ordering", audience="workers").redirect_chain == [(f"{BANK}?q=ordering", 302)]


def test_a_draft_keeps_the_tags_that_were_given_to_many(binh, classroom):
    away = Topic.objects.create(name="Khác", slug="khac")
    binh.post(
        reverse("question_bank:add_kind", args=["true_false"]), form_for("true_false", classroom.topic, draft="1")
    )
    draft = Question.objects.get(draft__isnull=False)
    tag(binh, [draft], topic=away.pk, difficulty="hard")
    shown = binh.get(reverse("question_bank:edit", args=[draft.pk])).context["form"].initial
    assert (shown["topic"], shown["difficulty"], shown["audience"]) == (away.pk, "hard", "everyone")


def test_a_copy_says_what_it_is_a_copy_of(binh):
    source = Question.objects.get(slug="matching")
    page = binh.get(reverse("question_bank:copy", args=[source.pk]))
    assert "“Câu hỏi matching?”" in page.content.decode()
    new = binh.get(reverse("question_bank:add_kind", args=["matching"]))
    assert "“" not in new.content.decode().split("<form")[1]


def test_a_copy_of_a_draft_takes_its_tags(binh, classroom):
    source = Question.objects.get(slug="matching")
    binh.post(
        reverse("question_bank:edit", args=[source.pk]),
        form_for("matching", classroom.topic, audience="workers", draft="1"),
    )
    copy = binh.get(reverse("question_bank:copy", args=[source.pk])).context["form"].initial
    assert (copy["prompt"], copy["audience"]) == ("Câu hỏi mới?", "workers")


def test_a_copy_of_a_draft_asks_about_the_same_part_of_the_lesson(binh, classroom):
    lesson = add_lesson(classroom.course, "Mật khẩu", body=[("heading", "Đặt mật khẩu")])
    source, by = Question.objects.get(slug="matching"), classroom.standing.binh
    actions.point_to_lesson(question=source, lesson=lesson, heading="Đặt mật khẩu", by=by, at=timezone.now())
    kept = form_for("matching", classroom.topic, lesson=lesson.pk, heading="Đặt mật khẩu", draft="1")
    binh.post(reverse("question_bank:edit", args=[source.pk]), kept)
    assert Question.objects.get(pk=source.pk).draft
    copy = binh.get(reverse("question_bank:copy", args=[source.pk])).context["form"].initial
    assert (copy["lesson"], copy["heading"]) == (lesson.pk, "Đặt mật khẩu")


def test_only_a_later_version_is_said_to_leave_attempts_alone(binh, classroom):
    binh.post(
        reverse("question_bank:add_kind", args=["true_false"]), form_for("true_false", classroom.topic, draft="1")
    )
    edit = reverse("question_bank:edit", args=[Question.objects.get(draft__isnull=False).pk])
    later = gettext("The question is saved. Attempts that were begun keep the earlier version.")
    assert later not in _told(binh.post(edit, form_for("true_false", classroom.topic), follow=True))
    changed = form_for("true_false", classroom.topic, prompt="Câu hỏi khác?")
    assert later in _told(binh.post(edit, changed, follow=True))


def test_what_the_bank_refuses_is_said_once(binh, classroom):
    away = Topic.objects.create(name="Khác", slug="khac")
    question = Question.objects.get(slug="true-false")
    response = binh.post(reverse("question_bank:edit", args=[question.pk]), form_for("true_false", away))
    assert _told(response).count("Bài kiểm tra") == 1


def test_the_bank_counts_questions(binh):
    html = binh.get(reverse("question_bank:index")).content.decode()
    count = Question.objects.count()
    assert ngettext("%(number)s question", "%(number)s questions", count) % {"number": count} in html


PART = {"x-requested-with": "XMLHttpRequest"}  # as Wagtail's header asks while one types


def test_filters_stay_until_they_are_taken_away(binh, classroom):
    binh.get(BANK, {"kind": "written"})
    assert binh.get(BANK).url == f"{BANK}?kind=written"
    assert binh.get(BANK, headers=PART).status_code == 200  # how Wagtail takes the last one away
    assert binh.get(BANK).status_code == 200


def test_a_part_that_is_filtered_is_how_the_list_stands(binh, classroom):
    part = binh.get(BANK, {"difficulty": "easy", "xep": "-asked"}, headers=PART).text
    assert "<table" in part
    assert "<html" not in part
    assert binh.get(BANK).url == f"{BANK}?difficulty=easy&xep=-asked"


def test_what_narrows_the_list_can_be_taken_away_one_by_one(binh, classroom):
    part = binh.get(BANK, {"difficulty": "easy", "kind": "written", "q": "x"}, headers=PART)
    left = sorted(active.removed_filter_url for active in part.context["view"].active_filters)
    assert left == [f"{BANK}?{name}&q=x&_w_filter_fragment=1" for name in ("difficulty=easy", "kind=written")]
    assert "data-w-teleport" in binh.get(left[0], headers=PART).text


def test_files_hold_exactly_what_is_filtered(binh, classroom):
    question = Question.objects.first()
    Question.objects.filter(pk=question.pk).update(slug="=1+1", audience="workers")
    asked = {"audience": "workers"}
    rows = list(csv.reader(io.StringIO(binh.get(BANK, asked | {"export": "csv"}).getvalue().decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["'=1+1"]
    sheet = load_workbook(io.BytesIO(binh.get(BANK, asked | {"export": "xlsx"}).getvalue())).active
    assert [(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)] == [("=1+1", "s")]
    everything = binh.get(BANK, {"audience": "", "export": "csv"}).getvalue().decode().splitlines()
    assert len(everything) == Question.objects.count() + 1


def test_who_does_not_manage_questions_gets_no_file(client, classroom):
    client.force_login(classroom.an)
    assert client.get(BANK, {"export": "csv"}).status_code == 403
    assert client.get(reverse("question_bank:index")).status_code == 403


def test_the_filtered_list_costs_the_same_for_more_questions(binh, classroom):
    def more():
        for number in range(4):
            Question.objects.create(slug=f"more-{number}", topic=classroom.topic, difficulty="easy")

    assert_constant_queries(lambda: binh.get(BANK, {"kind": ""}), more)


def test_a_question_names_the_part_of_a_lesson_that_it_asks_about(binh, classroom):
    lesson = add_lesson(classroom.course, "Mật khẩu", body=[("heading", "Đặt mật khẩu"), ("text", "<p>Dài.</p>")])
    address = reverse("question_bank:add_kind", args=["true_false"])
    sent = form_for("true_false", classroom.topic, lesson=str(lesson.pk), heading="đặt mật khẩu nào")
    refused = binh.post(address, sent)
    assert "“Đặt mật khẩu”" in refused.content.decode()
    binh.post(address, sent | {"heading": "ĐẶT MẬT KHẨU"})
    question = Question.objects.get(lesson=lesson)
    assert question.heading == "Đặt mật khẩu"
    versions = question.versions.count()
    binh.post(reverse("question_bank:edit", args=[question.pk]), sent | {"lesson": "", "heading": ""})
    question.refresh_from_db()
    assert (question.lesson, question.heading, question.versions.count()) == (None, "", versions)
