"""Units and standing people. One commune with two chapters, another commune beside it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import timezone

from interface.vietnamese import fold, sort_key
from membership.models import Membership, Person, Role, TargetGroup, TargetGroupPeriod, Unit, UnitKind, User
from membership.policy import STAFF_ROLES
from tests.laid import laid_once

START = datetime.date(2025, 7, 1)
PASSWORD = "mat-khau-thu-1"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of everyone on the staff; membership.totp.code_at tells the code


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Số {n}")
    code = factory.Sequence(lambda n: f"P{n:07d}")
    folded_name = factory.LazyAttribute(lambda person: fold(person.full_name))
    sort_key = factory.LazyAttribute(lambda person: sort_key(person.full_name))
    birth_year = 1960
    created_at = factory.LazyFunction(timezone.now)


def add_unit(parent: Unit | None, kind: UnitKind, code: str, name: str) -> Unit:
    values = {"kind": kind, "code": code, "name": name, "folded_name": fold(name), "valid_from": START}
    return parent.add_child(**values) if parent else Unit.add_root(**values)


def add_user(username: str, full_name: str, *, is_superuser: bool = False) -> User:
    person = PersonFactory(full_name=full_name)
    TargetGroupPeriod.objects.create(person=person, group=TargetGroup.RESIDENTS, valid_from=START)
    user = User.objects.create_user(
        username, f"{username}@example.vn", PASSWORD, person=person, is_superuser=is_superuser
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if is_superuser:
        give_second_factor(user)
    return user


def give_second_factor(user: User) -> None:
    """Staff without one are led to set it up before anything else."""
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": TOTP_SECRET}}
    )


def grant(user: User, role: Role, unit: Unit) -> Membership:
    user.__dict__.pop("_standing_roles", None)  # what policy kept of this user object is old now
    if role in STAFF_ROLES:
        give_second_factor(user)
    return Membership.objects.create(person=user.person, unit=unit, role=role, valid_from=START)


@dataclass
class Standing:
    """The units and people that tests know by name."""

    province: Unit
    commune: Unit
    association: Unit
    chapter: Unit
    other_chapter: Unit
    foreign_commune: Unit
    foreign_association: Unit
    foreign_chapter: Unit
    an: User  # member of the chapter
    binh: User  # trainer of the province
    chi: User  # officer of the chapter
    dung: User  # officer of the commune's association
    lan: User  # recogniser of the commune
    giang: User  # officer of the province
    minh: User  # auditor of the province
    ha: User  # officer of the foreign association


@laid_once
def standing_people() -> Standing:
    province = add_unit(None, UnitKind.PROVINCE, "48", "Thành phố Đà Nẵng")
    commune = add_unit(province, UnitKind.COMMUNE, "20242", "Phường Hải Châu")
    association = add_unit(commune, UnitKind.ASSOCIATION, "20242-HKH", "Hội Khuyến học phường Hải Châu")
    chapter = add_unit(association, UnitKind.CHAPTER, "20242-01", "Chi hội khối phố 1")
    add_unit(association, UnitKind.CHAPTER, "20242-02", "Chi hội khối phố 2")
    foreign_commune = add_unit(province, UnitKind.COMMUNE, "20854", "Xã Tiên Phước")
    foreign_association = add_unit(foreign_commune, UnitKind.ASSOCIATION, "20854-HKH", "Hội Khuyến học xã Tiên Phước")
    add_unit(foreign_association, UnitKind.CHAPTER, "20854-01", "Chi hội thôn 1")
    # treebeard keeps counts in memory: read the rows again
    units = {unit.code: unit for unit in Unit.objects.all()}
    people = {
        "an": ("Trần Thị An", Role.MEMBER, chapter),
        "binh": ("Lê Văn Bình", Role.TRAINER, province),
        "chi": ("Phạm Thị Chi", Role.CHAPTER_OFFICER, chapter),
        "dung": ("Võ Văn Dũng", Role.COMMUNE_OFFICER, association),
        "lan": ("Đặng Thị Lan", Role.RECOGNISER, commune),
        "giang": ("Hồ Thị Giang", Role.PROVINCE_OFFICER, province),
        "minh": ("Ngô Văn Minh", Role.AUDITOR, province),
        "ha": ("Bùi Thị Hà", Role.COMMUNE_OFFICER, foreign_association),
    }
    users = {}
    for username, (full_name, role, unit) in people.items():
        users[username] = add_user(username, full_name)
        grant(users[username], role, units[unit.code])
    grant(users["chi"], Role.MEMBER, units[chapter.code])
    return Standing(
        province=units["48"],
        commune=units["20242"],
        association=units["20242-HKH"],
        chapter=units["20242-01"],
        other_chapter=units["20242-02"],
        foreign_commune=units["20854"],
        foreign_association=units["20854-HKH"],
        foreign_chapter=units["20854-01"],
        **users,
    )
