"""The world in which the whole way can be walked: units, officers, criteria, targets, a course in draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from assessments.actions import save_question
from assessments.models import QuizDraw, QuizPage
from evaluation.reporting.actions import load_targets
from learning.tracking.actions import enrol
from membership.actions import sync_groups
from membership.models import User
from tests.factories.evaluation import sample_criteria
from tests.factories.pages import Tree, page_tree, publish, text_block
from tests.factories.people import Standing
from tests.laid import laid_once
from training_materials.actions import set_up_publishing
from training_materials.models import CoursePage, LessonPage, Topic

TITLE = "Kỹ năng số cơ bản"
_PLAIN = {
    "single_choice": {
        "options": [
            {"text": "Mười hai ký tự trở lên", "is_correct": True},
            {"text": "Ngày sinh của mình", "is_correct": False},
            {"text": "Bốn chữ số", "is_correct": False},
        ]
    },
    "multiple_choice": {
        "options": [
            {"text": "Đọc kỹ địa chỉ trang", "is_correct": True},
            {"text": "Hỏi lại người thân", "is_correct": True},
            {"text": "Gửi mã OTP cho người gọi", "is_correct": False},
        ]
    },
    "true_false": {"answer": False},
    "short_text": {"accepted": ["113"]},
    "matching": {"pairs": [{"left": "OTP", "right": "Mã dùng một lần"}, {"left": "Wi-Fi", "right": "Mạng không dây"}]},
    "ordering": {"items": ["Dừng lại", "Kiểm tra", "Chia sẻ"]},
    "numeric": {"number": "1000", "tolerance": "24", "units": ["MB"]},
    "blanks": {
        "text": "Không đọc mã [1] cho ai. Gặp tin lạ thì [2] trước khi chia sẻ.",
        "gaps": [{"right": ["OTP"], "wrong": []}, {"right": ["kiểm tra"], "wrong": ["bấm vào", "gửi tiếp"]}],
    },
}
_PROMPTS = {
    "single_choice": "Mật khẩu nào khó đoán hơn cả?",
    "multiple_choice": "Nên làm gì khi nhận đường dẫn lạ?",
    "true_false": "Cán bộ ngân hàng được phép hỏi mã OTP của bạn.",
    "short_text": "Số điện thoại khẩn cấp của công an là số nào?",
    "matching": "Ghép từ với nghĩa của từ.",
    "ordering": "Xếp các bước khi gặp một tin lạ.",
    "numeric": "Một GB bằng khoảng bao nhiêu MB?",
    "blanks": "Điền vào chỗ trống.",
}


@dataclass
class Way:
    standing: Standing
    tree: Tree
    topic: Topic
    course: CoursePage
    lessons: list[LessonPage]
    quiz: QuizPage


@laid_once
def lay_way(standing: Standing) -> Way:
    """Everything that stands before the walk; the course waits in draft, its steps are ready."""
    sample_criteria()
    load_targets(by=None, at=timezone.now())
    tree = page_tree()
    set_up_publishing(library=tree.materials, course_index=tree.course_index)
    topic = Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so")
    _bank(topic, standing.binh)
    course = CoursePage(title=TITLE, slug="ky-nang-so", summary="Dùng điện thoại thành thạo và an toàn.")
    course.topics = [topic]
    publish(tree.course_index, course, is_live=False)
    lessons = [
        publish(course, LessonPage(title=title, slug=slug, minutes=5, body=[text_block(text)]))
        for title, slug, text in (
            ("Mật khẩu mạnh", "mat-khau", "Mật khẩu dài thì khó đoán."),
            ("Tránh bẫy lừa đảo", "lua-dao", "Không đưa mã OTP cho bất cứ ai."),
        )
    ]
    quiz = QuizPage(title="Bài kiểm tra cuối khóa", slug="bai-kiem-tra", pass_mark=80, minutes=5)
    quiz.draws = [QuizDraw(topic=topic, count=len(_PLAIN))]
    return Way(standing, tree, topic, course, lessons, publish(course, quiz))


def open_course(way: Way, *learners: User) -> None:
    """The course comes out of draft, and these enrol."""
    giang, at = way.standing.giang, timezone.now()
    sync_groups(user=giang, at=at)
    way.course.get_latest_revision().publish(user=giang)
    way.course.refresh_from_db()
    for learner in learners:
        enrol(person=learner.person, course=way.course, by=learner, at=at)


def _bank(topic: Topic, by: User) -> None:
    for kind, body in _PLAIN.items():
        save_question(
            slug=kind.replace("_", "-"),
            topic=topic,
            kind=kind,
            prompt=_PROMPTS[kind],
            body=body,
            feedback="Xem lại bài học.",
            difficulty="easy",
            by=by,
            at=timezone.now(),
        )
