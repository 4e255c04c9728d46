"""A school's OneRoster files come in as a roster does, and leave nothing behind that a roster has no column for."""

import io
import json
import zipfile

import pytest

from intake.models import ImportLine
from intake.plan import UnreadableError
from membership.belonging import group_of, unit_of
from membership.models import Person, TargetGroup, UnitKind
from membership.roster.oneroster import oneroster_rows
from tests.factories.people import add_unit
from tests.membership.roster.conftest import outcomes

USERS = """sourcedId,status,username,givenName,familyName,middleName,identifier,email,sms,grades,password,primaryOrgSourcedId
u1,active,lan,Lan,Ngô,Thị,HS-77,lan@truong.example.vn,,05,bi-mat,s1
u2,active,hung,Hùng,Đỗ,Văn,GV-3,,0905123456,,bi-mat,s1
u3,active,cha,Tám,Ngô,Văn,,,,,,s1
u4,tobedeleted,di,Đi,Lê,,,,,05,,s1
"""  # noqa: E501
ROLES = """sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId
r0,active,,u2,secondary,administrator,,,s2
r1,active,,u1,primary,student,,,s1
r2,active,,u2,primary,teacher,,,s1
r3,active,,u3,primary,guardian,,,s1
"""
ORGS = """sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
d1,active,,Phòng Giáo dục,district,,
s1,active,,Trường Tiểu học Mẫu,school,20242-TH1,d1
"""
TWO_SCHOOLS = ORGS + "s2,active,,Trường Trung học Mẫu,school,,d1\n"
BORN = """sourcedId,status,dateLastModified,birthDate,sex
u1,active,,2015-09-02,female
u2,active,,1980-01-20,male
"""


def packed(**parts):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.csv", "propertyName,value\noneroster.version,1.2\n")
        for name, text in parts.items():
            archive.writestr(f"{name}.csv", text)
    return whole.getvalue()


def told(content):
    return [dict(row.cells) for row in oneroster_rows(content)]


@pytest.fixture
def school(standing):
    return add_unit(standing.association, UnitKind.SCHOOL, "20242-TH1", "Trường Tiểu học Mẫu")


def test_people_of_a_school_come_in_with_birth_and_group_and_nothing_else(standing, school, dung, today):
    content = packed(users=USERS, roles=ROLES, orgs=ORGS, demographics=BORN)
    batch = dung.read_file(content, unit=school)
    assert outcomes(batch) == ["create", "create", "skip"]
    kept = json.dumps(list(batch.lines.values("content", "excerpt", "reasons")), default=str, ensure_ascii=False)
    for left_out in ("bi-mat", "HS-77", "GV-3", "female", "u1"):
        assert left_out not in kept
    dung.carry_out(batch)
    lan, hung = Person.objects.get(full_name="Ngô Thị Lan"), Person.objects.get(full_name="Đỗ Văn Hùng")
    assert str(lan.birth_day) == "2015-09-02"
    assert (unit_of(lan, today), group_of(lan, today)) == (school, TargetGroup.STUDENTS)
    assert (unit_of(hung, today), group_of(hung, today)) == (school, TargetGroup.OFFICIALS)
    assert set(hung.contacts.values_list("value", flat=True)) == {"+84905123456"}
    assert outcomes(dung.read_file(content, unit=school)) == ["same", "same", "skip"]
    assert not ImportLine.objects.filter(excerpt__contains="Lê").exists()


def test_of_several_schools_each_person_goes_to_their_own():
    people = told(packed(users=USERS, roles=ROLES, orgs=TWO_SCHOOLS))
    assert [one["unit_code"] for one in people] == ["20242-TH1"] * 3
    moved = USERS.replace("0905123456,,bi-mat,s1", "0905123456,,,s2")
    assert told(packed(users=moved, orgs=TWO_SCHOOLS))[1]["unit"] == "Trường Trung học Mẫu"


def test_the_role_is_found_in_older_files_and_in_enrolments_too():
    old = "sourcedId,givenName,familyName,role,orgSourcedIds\nu1,Lan,Ngô Thị,student,s1\n"
    assert told(packed(users=old)) == [{"name": "Ngô Thị Lan", "group": "học sinh"}]
    enrolled = "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role\ne1,c1,s1,u2,teacher\n"
    assert told(packed(users=USERS, enrollments=enrolled))[1]["group"] == "cán bộ"
    assert [one.get("group") for one in told(USERS.encode())] == ["học sinh", None, None]


@pytest.mark.parametrize("content", [b"Ho ten,Nam sinh\nAn,1960\n", packed(classes="a"), b""])
def test_other_files_are_none(content):
    assert oneroster_rows(content) is None


def test_what_lacks_its_columns_is_refused_in_words():
    with pytest.raises(UnreadableError, match="users"):
        told(packed(users="sourcedId,username\nu1,lan\n"))
    with pytest.raises(UnreadableError, match="phần mềm"):
        told(packed(users=USERS)[:-40])
    with pytest.raises(UnreadableError):
        told(packed(users="a" * 30_000_000))
