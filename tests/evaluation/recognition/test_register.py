"""Sổ đăng ký: each decision once, found again by number and year."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from evaluation.recognition.models import Decision, State, Way
from tests.factories.evaluation import AT, another_member
from tests.factories.recognition import dossier_scored, in_effect
from tests.laid import laid_once


@pytest.fixture
@laid_once
def decisions(world):
    return [
        in_effect(world, dossier_scored(another_member(world.chapter, number), world), number=f"{number}/QĐ-UBND")
        for number in (125, 126)
    ]


def test_the_database_keeps_a_number_once_a_unit_and_year(world, decisions):
    first, second = decisions
    assert first.register_year == AT.year
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=second.pk).update(number=first.number)
    Decision.objects.filter(pk=second.pk).update(number=first.number, register_year=AT.year + 1)


def test_the_register_is_searched_by_number_and_year(client, world, decisions):
    client.force_login(world.lan)
    address = reverse("recognition:decisions")

    def numbers(**asked):
        return [row.number for row in client.get(address, asked).context["page_obj"]]

    assert numbers(so="126") == ["126/QĐ-UBND"]
    assert sorted(numbers(nam=AT.year)) == ["125/QĐ-UBND", "126/QĐ-UBND"]
    assert numbers(nam=AT.year - 1) == []
    assert numbers(nam="không") == []


def test_the_register_leaves_as_a_spreadsheet(client, world, decisions):
    client.force_login(world.lan)
    response = client.get(reverse("recognition:register"), {"so": "125"})
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[-1][0] == "125/QĐ-UBND"
    assert rows[-1][2] == "Đặng Thị Lan"
    assert rows[-1][-4:] == (1, 0, str(State.IN_EFFECT.label), str(Way.PAPER.label))
    client.force_login(world.an)
    assert client.get(reverse("recognition:register")).status_code == 404
