"""A course's own questions: made at the course, drawn by its quizzes alone; and what a quiz shares with others."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.signals import pre_save
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.bank.overlaps import overlaps
from assessments.models import Pool, Question, QuizDraw, QuizPage, QuizPick
from assessments.refusals import StartRefusedError
from intake.models import Import
from learning.tracking.actions import enrol
from membership.actions import sync_groups
from tests.assessments.conftest import add_quiz, quiz_form, save
from tests.factories.pages import add_course, publish
from tests.laid import laid_once
from tests.queries import assert_constant_queries
from training_materials.actions import submit_course
from training_materials.models import CourseIndexPage, CoursePage

BEES = ["Ong chúa đẻ trứng ở đâu?", "Khi nào nên chia đàn?", "Mật vít nắp là gì?", "Ong thợ sống bao lâu?"]


@pytest.fixture
@laid_once
def bees(classroom):
    """A course on beekeeping with two pools, beside a bank that knows nothing of bees."""
    course = add_course(CourseIndexPage.objects.get(), "Nuôi ong")
    pools = [
        actions.save_pool(course=course, name=name, by=classroom.standing.binh, at=timezone.now())
        for name in ("Kiểm tra", "Luyện tập")
    ]
    for place, prompt in enumerate(BEES):
        pool = pools[0] if place < 3 else pools[1]
        save("true_false", classroom.topic, classroom.standing.binh, slug=f"ong-{place}", prompt=prompt, pool=pool)
    return course


def _pool(name):
    return Pool.objects.get(name=name)


def _quiz(course, title, *, picks=(), draws=(), **values):
    quiz = QuizPage(title=title, **{"pass_mark": 80, **values})
    quiz.picks = [QuizPick(question=Question.objects.get(slug=slug), sort_order=n) for n, slug in enumerate(picks)]
    quiz.draws = [QuizDraw(pool=pool, count=count, sort_order=n) for n, (pool, count) in enumerate(draws)]
    return publish(course, quiz)


def _asked(classroom, quiz, user=None):
    user = user or classroom.an
    enrolment = enrol(person=user.person, course=quiz.course, by=user, at=timezone.now())
    attempt = classroom.begin(enrolment=enrolment, quiz=quiz, by=user)
    return [one.version.prompt for one in attempt.responses.for_page()]


def test_a_quiz_on_beekeeping_asks_about_bees(classroom, bees):
    quiz = _quiz(bees, "Kiểm tra nghề ong", draws=[(_pool("Kiểm tra"), 3)])
    assert set(_asked(classroom, quiz)) == set(BEES[:3])


def test_no_draw_from_the_bank_takes_what_a_course_keeps_to_itself(classroom, bees):
    everything = _quiz(bees, "Mọi câu", draws=[(None, 6)])
    assert not set(_asked(classroom, everything)) & set(BEES)


def test_picked_questions_are_asked_first_in_their_order_and_not_drawn_again(classroom, bees):
    quiz = _quiz(bees, "Chọn sẵn", picks=["ong-2", "ong-0"], draws=[(_pool("Kiểm tra"), 1)])
    assert _asked(classroom, quiz) == [BEES[2], BEES[0], BEES[1]]
    assert quiz.question_count == 3


def test_a_picked_question_is_not_retired_while_a_quiz_asks_it(classroom, bees):
    quiz = _quiz(bees, "Chọn sẵn", picks=["ong-3"])
    question = Question.objects.get(slug="ong-3")
    asked = {"question": question, "by": classroom.standing.binh, "at": timezone.now()}
    for action in (actions.retire_question, actions.delete_question):
        with pytest.raises(ValidationError, match="Chọn sẵn"):
            action(**asked)
    Question.objects.filter(pk=question.pk).update(retired_at=timezone.now())
    with pytest.raises(StartRefusedError):
        _asked(classroom, quiz)


def test_a_pool_is_left_only_if_no_quiz_misses_the_question(classroom, bees):
    _quiz(bees, "Kiểm tra nghề ong", draws=[(_pool("Kiểm tra"), 3)])
    with pytest.raises(ValidationError, match="Kiểm tra nghề ong"):
        save("true_false", classroom.topic, classroom.standing.binh, slug="ong-0", prompt=BEES[0], pool=None)
    chosen = Question.objects.filter(slug="ong-3")
    tagged = {"questions": list(chosen), "pool": _pool("Kiểm tra"), "by": classroom.standing.binh}
    assert actions.tag_questions(**tagged, at=timezone.now()) == 1
    assert actions.tag_questions(**tagged, at=timezone.now()) == 0
    assert chosen.get().pool == _pool("Kiểm tra")


def test_the_bank_is_counted_once_for_all_that_are_tagged_and_kept_counted(classroom, bees):
    _quiz(bees, "Kiểm tra nghề ong", draws=[(_pool("Kiểm tra"), 2)])
    tagged = {"by": classroom.standing.binh, "at": timezone.now()}
    with pytest.raises(ValidationError, match="Khi nào"):
        actions.tag_questions(questions=Question.objects.filter(pool=_pool("Kiểm tra")), difficulty="hard",
                              pool=_pool("Luyện tập"), **tagged)  # fmt: skip
    with CaptureQueriesContext(connection) as captured:
        assert actions.tag_questions(questions=Question.objects.exclude(pool=None), difficulty="hard", **tagged) == 4
    assert sum("assessments_quizdraw" in query["sql"] for query in captured.captured_queries) == 1


def test_practice_and_examination_that_share_questions_are_told_which_and_where(classroom, bees):
    examination = _quiz(bees, "Thi nghề ong", draws=[(_pool("Kiểm tra"), 2)])
    practice = _quiz(bees, "Luyện nghề ong", picks=["ong-1"], draws=[(_pool("Luyện tập"), 1)], purpose="practice")
    _quiz(bees, "Luyện riêng", draws=[(_pool("Luyện tập"), 1)], purpose="practice")
    told = [(one.title, one.prompts) for one in overlaps(examination)]
    assert told == [("Luyện nghề ong", [BEES[1]])]
    assert [(one.title, one.prompts) for one in overlaps(practice)] == [("Thi nghề ong", [BEES[1]])]


def test_of_questions_that_are_not_shared_no_words_are_read(classroom, bees):
    examination = _quiz(bees, "Thi nghề ong", draws=[(_pool("Kiểm tra"), 2)])
    _quiz(bees, "Luyện nghề ong", picks=["ong-1"], purpose="practice")
    with CaptureQueriesContext(connection) as captured:
        overlaps(examination)
    shared = Question.objects.get(slug="ong-1").pk
    reading = [query["sql"] for query in captured.captured_queries if '"prompt"' in query["sql"]]
    assert [f"IN ({shared})" in sql for sql in reading] == [True]


def test_the_form_says_it_and_publishing_too(binh, classroom, bees):
    examination = _quiz(bees, "Thi nghề ong", draws=[(_pool("Kiểm tra"), 2)])
    _quiz(bees, "Luyện nghề ong", picks=["ong-1"], purpose="practice")
    page = binh.get(reverse("wagtailadmin_pages:edit", args=[examination.pk])).content.decode()
    assert "Luyện nghề ong" in page
    assert BEES[1] in page
    assert f'<option value="{_pool("Kiểm tra").pk}"' in page


def _post(binh, course, **sent):
    binh.post(reverse("wagtailadmin_pages:add", args=["assessments", "quizpage", course.pk]), quiz_form(**sent))
    quiz = QuizPage.objects.filter(slug="bai-moi").first()
    return quiz and quiz.get_latest_revision_as_object().asking


def test_a_trainer_picks_questions_and_draws_from_the_pool_in_the_form(binh, bees):
    pool, first = _pool("Kiểm tra"), Question.objects.get(slug="ong-0")
    asking = _post(binh, bees, picks=[first.pk], draws=[{"pool": str(pool.pk), "count": "2"}])
    assert list(asking.picks) == [first.pk]
    assert [(draw.pool, draw.count) for draw in asking.draws] == [(pool.pk, 2)]


@pytest.mark.parametrize("fault", ["too few", "twice", "draft"])
def test_what_could_not_be_asked_is_refused(binh, bees, fault):
    pool, first = _pool("Kiểm tra"), Question.objects.get(slug="ong-0")
    if fault == "draft":
        Question.objects.filter(pk=first.pk).update(retired_at=timezone.now())
    sent = {
        "too few": {"picks": [first.pk], "draws": [{"pool": str(pool.pk), "count": "3"}]},
        "twice": {"picks": [first.pk, first.pk]},
        "draft": {"picks": [first.pk]},
    }[fault]
    assert _post(binh, bees, **sent) is None


def test_a_draft_may_wait_with_what_stands_in_another_course_but_is_not_submitted(binh, classroom, bees):
    first, trainer = Question.objects.get(slug="ong-0"), classroom.standing.binh
    assert list(_post(binh, classroom.course, picks=[first.pk]).picks) == [first.pk]
    with pytest.raises(ValidationError, match=r"Bài mới.*khóa học khác"):
        submit_course(course=classroom.course, by=trainer)


def test_a_quiz_without_a_question_is_not_submitted(binh, classroom):
    _post(binh, classroom.course)
    with pytest.raises(ValidationError, match=r"Bài mới.*chưa có câu hỏi"):
        submit_course(course=classroom.course, by=classroom.standing.binh)


def test_a_copied_course_does_not_ask_what_the_first_keeps_to_itself(binh, classroom, bees):
    shared = Question.objects.get(slug="true-false")
    _quiz(bees, "Thi nghề ong", picks=["ong-3", shared.slug], draws=[(_pool("Kiểm tra"), 2), (None, 1)])
    sent = {"new_title": "Nuôi ong 2", "new_slug": "nuoi-ong-2", "new_parent_page": bees.get_parent().pk,
            "copy_subpages": "on"}  # fmt: skip
    said = binh.post(reverse("wagtailadmin_pages:copy", args=[bees.pk]), sent, follow=True).content.decode()
    copied = QuizPage.objects.get(title="Thi nghề ong", path__startswith=CoursePage.objects.get(slug="nuoi-ong-2").path)
    assert "Hãy xem lại câu hỏi của các bài: “Thi nghề ong”." in said
    for quiz in (copied, copied.get_latest_revision_as_object()):
        assert list(quiz.asking.picks) == [shared.pk]
        assert [draw.pool for draw in quiz.asking.draws] == [None]
    assert QuizDraw.objects.filter(pool=_pool("Kiểm tra")).count() == 1


def _asked_in(quiz):
    asking = QuizPage.objects.get(pk=quiz.pk).asking
    return list(asking.picks), [draw.pool for draw in asking.draws]


def _copied(quiz, course, way):
    if way == "alias":
        return quiz.create_alias(parent=course, update_slug="ban-sao")
    return quiz.copy(to=course, update_attrs={"slug": "ban-sao"}, keep_live=True)


@pytest.mark.parametrize("way", ["alias", "copy"])
def test_a_published_quiz_that_a_program_copies_keeps_to_the_pools_of_its_course(classroom, bees, way):
    shared = Question.objects.get(slug="true-false")
    quiz = _quiz(bees, "Thi", picks=["ong-3", shared.slug], draws=[(_pool("Kiểm tra"), 2), (_pool("Luyện tập"), 1)])
    here = actions.save_pool(course=classroom.course, name="Kiểm tra", by=classroom.standing.binh, at=timezone.now())
    copied = _copied(quiz, classroom.course, way)
    assert _asked_in(copied) == ([shared.pk], [here.pk])
    quiz.save_revision().publish()  # what an alias asks is written anew
    assert _asked_in(copied) == ([shared.pk], [here.pk])
    assert len(_asked_in(quiz)[1]) == 2


@pytest.mark.parametrize("way", ["alias", "copy"])
def test_a_course_names_the_quizzes_that_nobody_can_begin(binh, classroom, bees, way):
    quiz = _quiz(bees, "Thi nghề ong", draws=[(Pool.objects.get(name="Kiểm tra", course=bees), 2)])
    _copied(quiz, classroom.course, way)
    here, there = (
        binh.get(reverse("course_pools", args=[each.pk])).content.decode() for each in (bees, classroom.course)
    )
    assert "Chưa ai làm được bài này" in there
    assert "Chưa ai làm được bài này" not in here


def test_the_form_of_a_draft_that_a_program_copied_names_the_pool_of_the_other_course(binh, classroom, bees):
    quiz = _quiz(bees, "Thi nghề ong", draws=[(_pool("Kiểm tra"), 2)])
    copied = quiz.copy(to=classroom.course, update_attrs={"slug": "ban-sao"}, keep_live=False)
    form = binh.get(reverse("wagtailadmin_pages:edit", args=[copied.pk])).content.decode()
    assert f'<option value="{_pool("Kiểm tra").pk}" selected>Nuôi ong: Kiểm tra</option>' in form


def test_a_moved_quiz_draws_from_the_pool_of_that_name(classroom, bees):
    quiz = _quiz(bees, "Thi nghề ong", draws=[(_pool("Kiểm tra"), 2)])
    by = {"by": classroom.standing.binh, "at": timezone.now()}
    here = actions.save_pool(course=classroom.course, name="Kiểm tra", **by)
    quiz.move(classroom.course, pos="last-child")
    assert actions.leave_pools(page=QuizPage.objects.get(pk=quiz.pk), **by) == [quiz]
    assert actions.leave_pools(page=QuizPage.objects.get(pk=quiz.pk), **by) == []
    moved = QuizPage.objects.get(pk=quiz.pk)
    for each in (moved, moved.get_latest_revision_as_object()):
        assert [draw.pool for draw in each.asking.draws] == [here.pk]


def test_a_chosen_question_does_not_move_into_another_courses_pool(classroom, bees):
    _quiz(classroom.course, "Chọn sẵn", picks=["true-false"])
    chosen = Question.objects.filter(slug="true-false")
    with pytest.raises(ValidationError, match="Chọn sẵn"):
        actions.tag_questions(
            questions=list(chosen), pool=_pool("Kiểm tra"), by=classroom.standing.binh, at=timezone.now()
        )
    assert chosen.get().pool is None


def test_a_pool_that_a_draft_names_is_not_deleted(classroom, bees):
    by = {"by": classroom.standing.binh, "at": timezone.now()}
    pool = actions.save_pool(course=bees, name="Mới", **by)
    quiz = _quiz(bees, "Còn soạn", draws=[(None, 1)])
    quiz.draws = [QuizDraw(pool=pool, count=1)]
    quiz.save_revision()
    with pytest.raises(ValidationError, match="Còn soạn"):
        actions.delete_pool(pool=pool, **by)
    quiz.draws = [QuizDraw(count=1)]
    quiz.save_revision()
    question = Question.objects.get(slug="ong-0")
    wording = {"kind": "true_false", "prompt": "?", "body": {}, "feedback": "", "difficulty": "easy"}
    actions.save_draft(slug=question.slug, topic=question.topic, pool=pool, **wording, **by)
    with pytest.raises(ValidationError, match="ong-0"):
        actions.delete_pool(pool=pool, **by)
    actions.discard_draft(question=question, **by)
    actions.delete_pool(pool=pool, **by)
    assert not Pool.objects.filter(pk=pool.pk).exists()


def test_of_two_who_give_one_name_at_once_one_is_told(classroom, bees):
    def come_first(sender, instance, **_said):
        Pool.objects.bulk_create([Pool(course=bees, name=instance.name)])

    pre_save.connect(come_first, sender=Pool)
    try:
        with pytest.raises(ValidationError):
            actions.save_pool(course=bees, name="Ôn", by=classroom.standing.binh, at=timezone.now())
    finally:
        pre_save.disconnect(come_first, sender=Pool)


def test_pools_of_another_course_are_not_offered(binh, classroom, bees):
    assert _post(binh, classroom.course, draws=[{"pool": str(_pool("Kiểm tra").pk), "count": "1"}]) is None


def test_pools_are_made_named_and_deleted_at_the_course(binh, bees):
    address = reverse("course_pools", args=[bees.pk])
    edit = binh.get(reverse("wagtailadmin_pages:edit", args=[bees.pk])).content.decode()
    assert address in edit
    binh.post(address, {"name": "  Ôn tập  "})
    made = _pool("Ôn tập")
    binh.post(address, {"pool": str(made.pk), "name": "Ôn thi"})
    assert "Ôn thi" in binh.get(address).content.decode()
    binh.post(address, {"pool": str(made.pk), "delete": "1"})
    assert not Pool.objects.filter(pk=made.pk).exists()
    binh.post(address, {"pool": str(_pool("Kiểm tra").pk), "delete": "1"})
    assert _pool("Kiểm tra").questions.count() == 3


def test_the_pools_of_a_course_take_no_more_queries_for_more_of_them(binh, classroom, bees):
    def more():
        for number in range(5):
            actions.save_pool(course=bees, name=f"Nhóm {number}", by=classroom.standing.binh, at=timezone.now())

    assert_constant_queries(lambda: binh.get(reverse("course_pools", args=[bees.pk])), more)


def test_who_manages_no_questions_makes_no_pool_and_chooses_none(client, classroom, bees):
    with pytest.raises(PermissionDenied):
        actions.save_pool(course=bees, name="Riêng", by=classroom.standing.dung, at=timezone.now())
    sync_groups(user=classroom.standing.dung, at=timezone.now())
    client.force_login(classroom.standing.dung)
    chosen = Question.objects.get(slug="ong-0").pk
    for name, args in (("course_pools", [bees.pk]), ("question_chooser:choose", []),
                       ("question_chooser:choose_results", []), ("question_chooser:chosen", [chosen])):  # fmt: skip
        assert client.get(reverse(name, args=args)).status_code == 404
    assert client.get(reverse("question_chooser:chosen_multiple"), {"id": chosen}).status_code == 404


def test_questions_are_chosen_by_their_words_and_their_pool(binh, bees):
    address = reverse("question_chooser:choose_results")
    assert BEES[0] in binh.get(address, {"q": "ong chua", "multiple": "1"}).content.decode()
    page = binh.get(address, {"pool": str(_pool("Luyện tập").pk)}).content.decode()
    assert (BEES[3] in page, BEES[0] in page) == (True, False)
    chosen = Question.objects.get(slug="ong-0").pk
    assert BEES[0] in binh.get(reverse("question_chooser:chosen_multiple"), {"id": chosen}).json()["result"][0]["title"]


def test_a_file_is_imported_into_the_pool_and_leaves_what_stands_elsewhere(binh, classroom, bees):
    pool = _pool("Luyện tập")
    page = binh.get(reverse("question_exchange:import"), {"pool": pool.pk}).content.decode()
    assert f'<option value="{pool.pk}" selected' in page
    text = "// [id:sap-ong]\nSáp ong từ đâu ra?{T}\n\n// [id:ong-0]\nOng chúa đẻ trứng ở đâu vậy?{T}"
    file = SimpleUploadedFile("ong.txt", text.encode())
    sent = {"file": file, "format": "gift", "topic": classroom.topic.pk, "difficulty": "easy", "pool": pool.pk}
    assert "Luyện tập" in binh.post(reverse("question_exchange:import"), sent, follow=True).content.decode()
    dry_run = reverse("question_exchange:dry_run", args=[Import.objects.get().pk])
    assert "Nuôi ong: Luyện tập" in binh.get(dry_run).content.decode()
    binh.post(dry_run, {"way": "apply"})
    assert Question.objects.get(slug="sap-ong").pool == pool
    assert Question.objects.get(slug="ong-0").pool == _pool("Kiểm tra")


def test_the_bank_is_narrowed_to_a_pool_that_is_named_with_its_course(binh, bees):
    page = binh.get(reverse("question_bank:index"), {"pool": _pool("Luyện tập").pk}).content.decode()
    assert "Nuôi ong: Kiểm tra</option>" in page
    assert BEES[3] in page
    assert BEES[0] not in page


def test_a_question_written_at_the_course_stands_in_its_pool(binh, bees):
    pool = _pool("Luyện tập")
    address = reverse("question_bank:add_kind", args=["true_false"])
    assert f"?pool={pool.pk}" in binh.get(reverse("question_bank:add"), {"pool": pool.pk}).content.decode()
    assert f'<option value="{pool.pk}" selected' in binh.get(address, {"pool": pool.pk}).content.decode()


def test_a_quiz_that_shares_the_bank_alone_says_so_too(classroom):
    practice = add_quiz(classroom.course, "Luyện", [(classroom.topic, 2)], purpose="practice")
    assert [one.title for one in overlaps(practice)] == ["Bài kiểm tra"]
    assert len(overlaps(practice)[0].prompts) == 6
