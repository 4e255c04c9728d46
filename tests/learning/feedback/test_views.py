import re

import pytest
from django.urls import reverse

from home import landing
from learning.feedback.actions import report, say
from learning.feedback.models import Enquiry, Opinion
from membership.models import User
from tests.factories.evidence import NOW
from tests.factories.pages import add_lesson
from tests.queries import assert_constant_queries, count_queries
from training_materials.models import LessonPage

LESSON = "/hoc-tap/ky-nang-so/mat-khau/"
HERE = "/hoi-dap/khoa-hoc/ky-nang-so/mat-khau/"
OWN = "/hoi-dap/cua-toi/"
SECRET = "Câu hỏi chỉ riêng tôi"
OTHERS = ["an", "chi", "dung", "lan", "minh", "ha"]


@pytest.fixture
def learner(client, school):
    client.force_login(school.standing.an)
    return client


def as_user(client, user):
    client.force_login(user)
    return client


def text(response):
    return response.content.decode()


def told(client):
    """What the visitor reads above the next page."""
    return [str(one) for one in client.get(OWN).context["messages"]]


class TestLearner:
    def test_asks_at_the_lesson_and_finds_it_there(self, learner, school):
        assert learner.post(HERE, {"text": SECRET}).url == f"{LESSON}#o_hoi-dap"
        page = text(learner.get(LESSON))
        assert SECRET in page
        assert "Đang chờ trả lời" in page

    def test_asks_about_the_course_itself(self, learner, school):
        learner.post("/hoi-dap/khoa-hoc/ky-nang-so/", {"text": SECRET})
        assert SECRET in text(learner.get("/hoc-tap/ky-nang-so/"))
        assert SECRET not in text(learner.get(LESSON))

    def test_what_is_refused_keeps_what_was_typed(self, learner, one_rate_period):
        too_long = "Dài " * 400
        page = text(learner.post(HERE, {"text": too_long, "can_be_shown": "on"}))
        assert too_long.strip() in page
        for number in range(10):
            response = learner.post(HERE, {"text": f"{SECRET} {number}"})
        assert response.status_code == 200
        assert f"{SECRET} 9" in text(response)
        assert Enquiry.objects.count() == 9

    def test_nobody_asks_where_they_do_not_learn(self, client, school):
        for name in ("binh", "giang", "chi"):
            assert as_user(client, getattr(school.standing, name)).post(HERE, {"text": SECRET}).status_code == 404
        assert client.get("/hoi-dap/khoa-hoc/ky-nang-so/khong-co/").status_code == 404

    def test_what_was_typed_outlives_the_session(self, client, school):
        for address in (HERE, reverse("feedback:enquiry", args=[school.ask().pk])):
            response = client.post(address, {"text": SECRET})
            assert response.status_code == 401
            assert SECRET in text(response)
            assert client.get(address).url.startswith("/tai-khoan/")

    def test_reads_of_others_only_what_is_shown_and_no_name(self, client, school):
        school.answered("Ai cũng nên biết?")
        school.ask(SECRET)
        page = text(as_user(client, school.hoa).get(LESSON))
        assert "Ai cũng nên biết?" in page
        assert "Mười hai ký tự." in page
        assert SECRET not in page
        assert school.standing.an.person.full_name not in page

    def test_reports_by_one_press_and_it_is_gone(self, client, school):
        enquiry = school.answered()
        press = reverse("feedback:report", args=[enquiry.pk])
        assert press in text(as_user(client, school.hoa).get(LESSON))
        assert client.post(press).url == f"{LESSON}#o_hoi-dap"
        assert enquiry.text not in text(client.get(LESSON))
        assert client.post(press).url == f"{LESSON}#o_hoi-dap"
        assert set(told(client)) == {"Cảm ơn bạn. Câu này tạm ẩn cho đến khi có người xem xét."}

    def test_reports_are_limited(self, client, school, one_rate_period):
        as_user(client, school.hoa)
        enquiries = [school.answered(f"Câu {number}?") for number in range(11)]
        for enquiry in enquiries:
            client.post(reverse("feedback:report", args=[enquiry.pk]))
        assert Enquiry.objects.filter(moderation="reported").count() == 10

    def test_withdraws_agrees_and_disagrees(self, learner, school):
        enquiry = school.ask()
        for agrees in (True, False):
            learner.post(reverse("feedback:let_show", args=[enquiry.pk]), {"agrees": "yes" if agrees else "no"})
            assert school.fresh(enquiry).can_be_shown is agrees
        for _press in range(2):
            response = learner.post(reverse("feedback:withdraw", args=[enquiry.pk]))
        assert response.url == OWN
        assert told(learner)[-1] == "Câu hỏi này không còn ở đây nữa."
        assert not Enquiry.objects.exists()

    def test_is_told_when_an_answer_came_first(self, learner, school):
        enquiry = school.answered()
        learner.post(reverse("feedback:withdraw", args=[enquiry.pk]))
        assert told(learner) == ["Câu hỏi vừa được trả lời nên không rút lại được nữa. Mời bạn đọc câu trả lời."]

    @pytest.mark.parametrize("name", ["withdraw", "let_show"])
    def test_others_do_nothing_with_it(self, client, school, name):
        enquiry = school.ask(agrees=True)
        address = reverse(f"feedback:{name}", args=[enquiry.pk])
        for user in [school.hoa, *(getattr(school.standing, who) for who in (*OTHERS[1:], "binh", "giang"))]:
            assert as_user(client, user).post(address).url == OWN
        assert school.fresh(enquiry).can_be_shown

    def test_a_lesson_grows_by_two_queries_whatever_was_asked(self, learner, school, monkeypatch):
        def more():
            for number in range(12):
                school.ask(f"Riêng {number}")
                school.answered(f"Chung {number}", by=school.hoa)

        school.ask()
        assert_constant_queries(lambda: learner.get(LESSON), more)
        assert_constant_queries(lambda: learner.get(HERE), lambda: school.answered("Nữa?", by=school.hoa))
        page = text(learner.get(LESSON))
        assert "Xem tất cả câu đã hỏi ở đây" in page
        assert page.count('aria-labelledby="hoi-') == 10
        counted = count_queries(lambda: learner.get(LESSON))
        monkeypatch.setattr("training_materials.registries.beneath._sources", [])
        assert counted - count_queries(lambda: learner.get(LESSON)) == 2


class TestTrainer:
    def test_finds_what_waits_at_home_and_answers_it(self, client, school):
        enquiry = school.ask(SECRET)
        binh = User.objects.get(username="binh")
        assert landing.next_steps(binh, NOW)[0].href == "/hoi-dap/"
        as_user(client, binh)
        assert SECRET in text(client.get("/hoi-dap/?state=waiting"))
        address = reverse("feedback:enquiry", args=[enquiry.pk])
        assert school.standing.an.person.full_name in text(client.get(address))
        client.post(address, {"text": "Trả lời đây", "is_for_all": "on", "seen": ""})
        assert school.fresh(enquiry).answer == "Trả lời đây"
        assert SECRET in text(client.get("/hoi-dap/?state=answered"))
        assert "/hoi-dap/" not in [step.href for step in landing.next_steps(binh, NOW)]

    def test_who_was_too_slow_keeps_what_they_typed(self, client, school):
        enquiry = school.answered()
        address = reverse("feedback:enquiry", args=[enquiry.pk])
        page = text(as_user(client, school.standing.binh).post(address, {"text": "Lời khác", "seen": ""}))
        assert "Một giảng viên khác vừa trả lời" in page
        assert "\nLời khác</textarea>" in page
        assert "Mười hai ký tự." in page
        client.post(address, {"text": "Lời khác", "seen": re.search('name="seen" value="([^"]+)"', page)[1]})
        assert school.fresh(enquiry).answer == "Lời khác"

    def test_what_was_typed_is_handed_back_when_the_question_was_taken_back(self, client, school):
        enquiry = school.ask()
        address = reverse("feedback:enquiry", args=[enquiry.pk])
        enquiry.delete()
        response = as_user(client, school.standing.binh).post(address, {"text": SECRET})
        assert response.status_code == 410
        assert SECRET in text(response)
        assert client.get(address).status_code == 404
        assert as_user(client, school.standing.an).post(address, {"text": SECRET}).status_code == 404

    def test_is_led_to_the_page_in_the_back_office_and_not_told_of_a_place_that_is_gone(self, client, school):
        address = reverse("feedback:enquiry", args=[school.ask().pk])
        edit = reverse("wagtailadmin_pages:edit", args=[school.lesson.pk])
        as_user(client, school.standing.binh)
        school.lesson.unpublish()
        page = text(client.get(address))
        assert edit in page
        assert LESSON not in page
        assert client.get(edit).status_code == 200
        client.post(address, {"text": "Trả lời đây", "seen": ""})
        assert told(client) == ["Đã lưu câu trả lời. Người học thấy câu trả lời ở trang “Câu hỏi của tôi”."]
        school.lesson.delete()
        assert edit not in text(client.get(address))

    def test_a_trainer_of_other_places_does_not_see_who_asks(self, client, school):
        enquiry = school.ask()
        membership = school.standing.binh.person.memberships.get()
        membership.unit = school.standing.foreign_commune
        membership.save()
        page = text(as_user(client, school.standing.binh).get(reverse("feedback:enquiry", args=[enquiry.pk])))
        assert enquiry.text in page
        assert school.standing.an.person.full_name not in page

    def test_pages_of_trainers_are_theirs(self, client, school):
        enquiry, lesson = school.answered(), school.lesson
        say(person=school.hoa.person, page=lesson, is_helpful=False, word=SECRET, by=school.hoa, at=NOW)
        open_to = {
            reverse("feedback:desk"): ["binh", "giang"],
            reverse("feedback:enquiry", args=[enquiry.pk]): ["binh"],
            reverse("feedback:opinions"): ["binh"],
            reverse("feedback:page_opinions", args=[lesson.pk]): ["binh"],
        }
        for address, people in open_to.items():
            found = {
                who: as_user(client, getattr(school.standing, who)).get(address).status_code
                for who in (*OTHERS, "binh", "giang")
            }
            assert [who for who, status in found.items() if status == 200] == people, address
            assert set(found.values()) == {200, 404}
        assert SECRET in text(as_user(client, school.standing.binh).get(address))
        assert school.hoa.person.full_name not in text(client.get(address))

    def test_the_desk_asks_no_more_for_more(self, client, school):
        as_user(client, school.standing.binh)
        school.ask()
        assert_constant_queries(
            lambda: client.get("/hoi-dap/"), lambda: [school.ask(f"Câu {number}") for number in range(8)]
        )


class TestModerator:
    def test_finds_what_was_reported_and_decides(self, client, school):
        enquiry = school.answered()
        report(enquiry=enquiry, by=school.hoa, at=NOW)
        giang = User.objects.get(username="giang")
        assert "/hoi-dap/" in [step.href for step in landing.next_steps(giang, NOW)]
        address = reverse("feedback:moderate", args=[enquiry.pk])
        for who in (*OTHERS, "binh"):
            assert as_user(client, getattr(school.standing, who)).post(address).status_code == 404
        as_user(client, giang)
        place = reverse("feedback:enquiry", args=[enquiry.pk])
        assert "Mười hai ký tự." in text(client.get(place))
        assert client.post(place, {"text": "Tôi trả lời"}).status_code == 404
        for outcome in ("hide", "keep", "keep"):
            assert client.post(address, {"outcome": outcome}).url == "/hoi-dap/"
        assert school.fresh(enquiry).is_shown
        assert "Bị báo, đã cho hiện lại" in text(client.get("/hoi-dap/?state=reported"))
        assert 'value="hide"' in text(client.get(place))
        assert 'value="keep"' not in text(client.get(place))
        client.post(address, {"outcome": "hide"})
        assert school.fresh(enquiry).moderation == Enquiry.Moderation.HIDDEN

    def test_is_told_when_nothing_is_left_to_decide(self, client, school):
        address = reverse("feedback:moderate", args=[school.answered().pk])
        as_user(client, User.objects.get(username="giang"))
        assert client.post(address, {"outcome": "hide"}).url == "/hoi-dap/"
        assert told(client) == ["Câu này không còn gì phải xem xét."]


class TestHelpful:
    def test_is_asked_of_members_at_lessons_and_materials(self, learner, school):
        for page in (school.lesson, school.material):
            address = reverse("feedback:helpful", args=[page.pk])
            here = LESSON if page is school.lesson else page.url
            assert address in text(learner.get(here))
            learner.post(address, {"answer": "no"})
            assert "Còn thiếu điều gì" in text(learner.get(here))
            learner.post(address, {"answer": "no", "word": SECRET})
            assert SECRET in text(learner.get(here))
            learner.post(address, {"answer": "no"})
            assert SECRET in text(learner.get(here))
            learner.post(address, {"answer": "yes"})
        assert set(Opinion.objects.values_list("is_helpful", "word")) == {(True, "")}

    def test_is_not_asked_of_visitors(self, client, school):
        assert "giup-ich" not in text(client.get(school.material.url))
        assert count_queries(lambda: client.get(reverse("feedback:helpful", args=[school.material.pk]))) == 0

    def test_a_word_that_is_too_long_is_kept_and_refused(self, learner, school):
        too_long = "Rất khó hiểu " * 30
        page = text(
            learner.post(reverse("feedback:helpful", args=[school.lesson.pk]), {"answer": "no", "word": too_long})
        )
        assert too_long.strip() in page
        assert not Opinion.objects.exists()

    def test_pages_that_one_may_not_read_are_not_there(self, client, school):
        hidden = add_lesson(school.course, "Nháp", is_live=False)
        as_user(client, school.standing.chi)
        for page in (school.lesson, hidden, school.course):
            assert client.post(reverse("feedback:helpful", args=[page.pk]), {"answer": "yes"}).status_code == 404
        LessonPage.objects.filter(pk=school.lesson.pk).update(is_open=True)
        client.post(reverse("feedback:helpful", args=[school.lesson.pk]), {"answer": "yes"})
        assert Opinion.objects.count() == 1
