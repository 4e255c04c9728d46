"""The living page of components: the parts that most pages share, each in its states, with made-up contents."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.paginator import Paginator

from evaluation.criteria.ladder import rungs, scores_up_to
from interface import illustrations
from interface.charts import Point, Stage, draw_field, draw_spread
from training_materials.lists.facets import Facet, Option

_QUESTIONS = ((0.9, 0.45), (0.3, -0.3), (0.62, 0.3), (0.62, 0.3), (0.8, 0.1))
_SCORES = ((8, 7, 8), (9, 9, 9), (6, 5, 6), (4, 6, 4), (8, 8, None), (7, None, 7), (10, 9, 10), (5, 5, 5), (9, 8, 9))
_TOLD = {Decimal(0): "Chưa tham gia", Decimal(2): "Tham gia một khóa học", Decimal(4): "Học xong và có minh chứng"}


class Sample(forms.Form):
    """One field of each kind; the first is wrong when sent empty."""

    name = forms.CharField(label="Họ và tên", help_text="Như trên thẻ hội viên.")
    year = forms.IntegerField(label="Năm sinh", required=False)
    about = forms.CharField(label="Việc học năm nay", required=False, widget=forms.Textarea)
    group = forms.ChoiceField(
        label="Nhóm của bạn",
        choices=[("residents", "Người dân"), ("workers", "Người lao động")],
        initial="residents",
        widget=forms.RadioSelect,
    )


def contents() -> dict[str, Any]:
    return {
        "tints": ("lotus", "brick", "areca", "turmeric"),
        "teachers": [illustrations.teacher(name) for name, _label in illustrations.teachers()],
        "cells": [
            {"number": number, "name": f"Chỉ số {number}", "self": own, "suggested": suggested, "reviewed": reviewed}
            for number, (own, suggested, reviewed) in enumerate((*_SCORES, (8, 8, 8)), start=1)
        ],
        "form": Sample(),
        "wrong": Sample({}, prefix="sai"),
        "pages": Paginator(range(60), 20).page(2),
        "facets": [
            Facet("loai", "Loại", [_option("Sổ tay", 12, is_chosen=True), _option("Biểu mẫu", 4)]),
            Facet("nam", "Năm", [_option("2026", 9), _option("2025", 7)]),
        ],
        "rungs": rungs(_TOLD, scores_up_to(Decimal(4), Decimal(1)), Decimal(2)),
        "trail": [("Khóa học", "/khoa-hoc/"), ("Kỹ năng số", None)],
        "charts": {
            "stages": [Stage("ghi danh", 10, 10), Stage("xong bài 1", 7, 10), Stage("học xong", 0, 10)],
            "spread": draw_spread({Fraction(part, 12): part // 3 for part in range(4, 13)}, mark=70),
            "field": draw_field(
                [
                    Point(number, f"Câu {number}", "#charts", across, up, is_marked=number == 2)
                    for number, (across, up) in enumerate(_QUESTIONS, start=1)
                ],
                mark=0.2,
            ),
        },
        "figures": {"check_url": "#doors-here", "courses": 24, "dossiers": 1284, "titles": 512, "year": 2026},
    }


def _option(label: str, count: int, *, is_chosen: bool = False) -> Option:
    return Option(label, label, count, "#choices", is_chosen)
