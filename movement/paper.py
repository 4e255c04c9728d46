"""A plan as an official paper. Papers are in Vietnamese whoever draws them."""

from collections.abc import Iterable

from django.utils.translation import override

from movement.models import PlanTask, WorkPlan
from papers.paper import Block, Paper, Signature, Table, in_words

_HEADINGS = ["TT", "Nội dung công việc", "Chủ trì", "Phối hợp", "Thời hạn", "Kết quả"]


def plan_paper(plan: WorkPlan, tasks: Iterable[PlanTask]) -> Paper:
    with override("vi"):
        rows = [
            [str(number), _titled(one), one.leads, one.helps, one.due_on.strftime("%d/%m/%Y"), _result(one)]
            for number, one in enumerate(tasks, 1)
        ]
    return Paper(
        body=plan.unit.name,
        symbol=f"Số: {' ' * 8}/KH",
        dated=in_words(None),
        kind="Kế hoạch",
        summary=f"Công tác xây dựng mô hình “Công dân học tập” năm {plan.year}",
        blocks=[] if rows else [Block("Chưa có việc nào.")],
        table=Table(_HEADINGS, rows, wide=(1, 2, 3, 5), centred=(0, 4)) if rows else None,
        signatures=[Signature(["Đại diện đơn vị"])],
    )


def _titled(task: PlanTask) -> str:
    return f"{task.title} (mục {task.clause})" if task.clause else task.title


def _result(task: PlanTask) -> str:
    state = "" if task.state == PlanTask.State.PLANNED else str(task.get_state_display())
    return ": ".join(part for part in (state, task.result) if part)
