"""Out and in again, nothing is lost; what is wrong is named, and nothing changes."""

import copy
import json
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from openpyxl import load_workbook

from evaluation.criteria.actions import import_set, load_sample, save_caps
from evaluation.criteria.exchange import (
    ImportRefusedError,
    build,
    content_of,
    parts_of_case,
    parts_of_workbook,
    to_case,
    to_workbook,
)
from evaluation.criteria.exchange.case_model import problems_of
from evaluation.criteria.models import CriteriaSet
from membership.models import TargetGroup
from tests.evaluation.criteria.exchange.case_standard import faults
from tests.evaluation.criteria.exchange.contents import contents
from tests.factories.evaluation import AT
from tests.laid import laid_once


def from_case(package):
    return build(parts_of_case(package))


def from_workbook(data):
    return build(parts_of_workbook(data))


def case(content):
    return to_case(content, base_url="https://hoc.example.vn", creator="Hội Khuyến học", at=AT)


@settings(max_examples=60)
@given(contents())
def test_a_case_package_is_valid_and_loses_nothing(content):
    package = json.loads(json.dumps(case(content)))
    assert faults(package) == []
    assert problems_of(package) == []
    assert from_case(package) == content


def test_the_standard_s_model_refuses_what_is_not_of_it(sample):
    damages = [
        (lambda package: package.update(CFExtra=[]), "CFPackage.CFExtra is not of the standard"),
        (lambda package: package["CFDocument"].update(caseVersion="1.0"), "CFPackage.CFDocument.caseVersion"),
        (lambda package: package["CFItems"][0].pop("uri"), "CFPackage.CFItems[0].uri is missing"),
        (
            lambda package: package["CFRubrics"][0]["CFRubricCriteria"][0].update(weight="1"),
            "CFPackage.CFRubrics[0].CFRubricCriteria[0].weight",
        ),
        (
            lambda package: package["CFAssociations"][1].update(sequenceNumber=1.5),
            "CFPackage.CFAssociations[1].sequenceNumber",
        ),
    ]
    for damage, place in damages:
        package = json.loads(json.dumps(case(content_of(sample))))
        assert faults(package) == []
        damage(package)
        assert faults(package) == [place]


@settings(max_examples=40)
@given(contents())
def test_a_workbook_loses_nothing(content):
    assert from_workbook(to_workbook(content)) == content


@pytest.fixture
@laid_once
def sample(standing):
    load_sample(by=None, at=AT)
    return CriteriaSet.objects.get(group=TargetGroup.RESIDENTS)


@pytest.mark.parametrize("way", ["case", "workbook"])
def test_the_database_gives_out_what_it_took_in(standing, sample, way):
    first = content_of(sample)
    CriteriaSet.objects.all().update(parent=None)
    CriteriaSet.objects.all().delete()
    back = from_case(case(first)) if way == "case" else from_workbook(to_workbook(first))
    draft = import_set(content=back, by=standing.giang, at=AT)
    again = content_of(draft)
    assert draft.is_draft
    changed = {"status": again.status, "parent": again.parent}
    assert again == type(first)(**{**vars(first), **changed})


def test_a_set_that_stands_here_comes_in_as_its_next_version(standing, sample):
    content = content_of(sample)
    with pytest.raises(ImportRefusedError) as refused:
        import_set(content=content, by=standing.giang, at=AT)
    assert refused.value.problems[0].place == "Phiên bản"
    next_version = type(content)(**{**vars(content), "version": "2027.1"})
    draft = import_set(content=next_version, by=standing.giang, at=AT)
    assert draft.parent == sample
    assert draft.identifier != sample.identifier


def test_importing_is_refused_to_others(standing, sample):
    with pytest.raises(PermissionDenied):
        import_set(content=content_of(sample), by=standing.dung, at=AT)


def test_an_unknown_unit_is_named(standing, sample):
    content = content_of(sample)
    with pytest.raises(ImportRefusedError, match="unit"):
        import_set(content=type(content)(**{**vars(content), "version": "9", "unit": "x"}), by=standing.giang, at=AT)


# fmt: off
BREAKS = [
    (lambda package: package.pop("CFItems"), "CFItems"),
    (lambda package: package["CFDocument"].pop("title"), "CFDocument.title"),
    (lambda package: package["CFDocument"].update(adoptionStatus="Perhaps"), "CFDocument.adoptionStatus"),
    (lambda package: package["CFItems"][0].update(identifier="1"), "CFItems[0].identifier"),
    (lambda package: package["CFItems"][1].update(uri="nowhere"), "CFItems[1].uri"),
    (lambda package: package["CFItems"][2].pop("lastChangeDateTime"), "CFItems[2].lastChangeDateTime"),
    (
        lambda package: package["CFAssociations"][0].update(associationType="isBeside"),
        "CFAssociations[0].associationType",
    ),
    (
        lambda package: package["CFAssociations"][0]["originNodeURI"].pop("title"),
        "CFAssociations[0].originNodeURI.title",
    ),
    (lambda package: package["CFRubrics"][0]["CFRubricCriteria"][0].pop("uri"), "CFRubrics[0].CFRubricCriteria[0].uri"),
    (lambda package: package["CFItems"].append(package["CFItems"][0]), "CFItems[0].identifier"),
]
# fmt: on


@pytest.mark.parametrize(("damage", "place"), BREAKS)
def test_what_the_standard_would_not_have_is_named(sample, damage, place):
    package = case(content_of(sample))
    damage(package)
    with pytest.raises(ImportRefusedError) as refused:
        from_case(package)
    assert place in [problem.place for problem in refused.value.problems]


def test_a_package_of_another_system_comes_in_as_a_frame(standing, sample):
    package = copy.deepcopy(case(content_of(sample)))
    for part in (package["CFDocument"], *package["CFItems"]):
        part.pop("extensions")
    package["CFDocument"]["title"] = "Khung của nơi khác"
    for number, part in enumerate((package["CFDocument"], *package["CFItems"])):
        assert part["identifier"], number
    content = from_case(package)
    assert (content.group, len(content.competencies), len(content.indicators)) == ("", 3, 10)
    assert {one.competency for one in content.indicators} == {1, 2, 3}


def damaged(sample, sheet, cell, value):
    book = load_workbook(BytesIO(to_workbook(content_of(sample))))
    book[sheet][cell] = value
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "place"),
    [
        ("indicators", "E3", "mười", "indicators, line 3, maximum"),
        ("indicators", "D4", None, "indicators, line 4, name"),
        ("indicators", "B3", 1, "indicators, line 2"),
        ("rules", "A2", 77, "rules, line 2"),
        ("rules", "C2", "khác", "rules, line 2, kind"),
        ("rules", "D2", 99, "rules, line 2"),
        ("anchors", "A2", 77, "anchors, line 2"),
        ("anchors", "B3", 0, "anchors, line 3"),
        ("anchors", "B3", "7.2", "anchors, line 3"),
        ("anchors", "B5", "10.5", "anchors, line 5"),
        ("set", "D2", "hôm qua", "set, line 2, valid_from"),
        ("set", "M2", 0, "set, line 2, step"),
        ("set", "A1", "?", "set"),
    ],
)
def test_each_wrong_line_of_a_workbook_is_named(sample, settings, sheet, cell, value, place):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(ImportRefusedError) as refused:
        from_workbook(damaged(sample, sheet, cell, value))
    assert place in [problem.place.replace("dòng", "line") for problem in refused.value.problems]


def test_numbers_and_days_typed_in_an_office_program_are_read(sample):
    import datetime

    data = damaged(sample, "set", "D2", datetime.datetime(2027, 3, 1))
    assert from_workbook(data).valid_from == datetime.date(2027, 3, 1)
    assert from_workbook(damaged(sample, "set", "K2", 75)).threshold == 75


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"{}", b"[]", b"\xff\xfe", b'{"CFDocument": 1}'])
def test_what_is_no_file_of_ours_changes_nothing(standing, client, sample, data):
    client.force_login(standing.giang)
    before = CriteriaSet.objects.count()
    answer = client.post(reverse("criteria:bring_in"), {"file": SimpleUploadedFile("x.json", data)})
    assert answer.status_code == 422
    assert CriteriaSet.objects.count() == before


@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_a_file_goes_out_and_comes_in_through_the_pages(standing, client, sample, kind):
    client.force_login(standing.giang)
    file = client.get(reverse("criteria:download", kwargs={"pk": sample.pk, "kind": kind})).content
    upload = SimpleUploadedFile(f"bo-tieu-chi.{kind}", file)
    assert client.post(reverse("criteria:bring_in"), {"file": upload}).status_code == 422
    upload = SimpleUploadedFile(f"bo-tieu-chi.{kind}", file)
    answer = client.post(reverse("criteria:bring_in"), {"file": upload, "version": "2027.1"})
    assert answer.status_code == 302
    assert CriteriaSet.objects.get(version="2027.1", group=TargetGroup.RESIDENTS).parent == sample


def test_caps_travel_too(standing, sample):
    content = content_of(sample)
    draft = import_set(content=type(content)(**{**vars(content), "version": "2027.1"}), by=standing.giang, at=AT)
    save_caps(
        indicator=draft.indicators.get(number=5), evidence_cap=7, kind_caps={"quiz_passed": 3}, by=standing.giang, at=AT
    )
    out = content_of(CriteriaSet.objects.get(pk=draft.pk))
    assert from_case(case(out)) == from_workbook(to_workbook(out)) == out


def test_a_workbook_of_before_scores_were_told_still_comes_in(sample):
    book = load_workbook(BytesIO(to_workbook(content_of(sample))))
    del book["anchors"]
    stream = BytesIO()
    book.save(stream)
    assert all(one.anchors == () for one in from_workbook(stream.getvalue()).indicators)
