"""The demo's people: six communes with chapters, about 300 people, and the standing ones who can sign in: with one
printed password, and for staff a printed secret of the second factor.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from membership.actions import (
    accept_consent,
    add_person,
    add_unit,
    find_doubles,
    grant_role,
    print_slip,
    prove_slip,
    set_totp_secret,
)
from membership.models import ConsentText, Membership, Person, Role, TargetGroup, Unit, UnitKind, User
from privacy.actions import Facts, acknowledge, file_request, record_breach, tell_of_breach
from privacy.models import Clock, Told

PROVINCE = "48"
COMMUNES = ["20242", "20263", "20320", "20341", "20410", "20854"]
PEOPLE_PER_CHAPTER = 24
SLIP_CODE = "K7MN-3HPC-XA4T"
PASSWORD = "khuyen-hoc-suot-doi"  # noqa: S105  (printed by the demo, refused by production)
_NAMES = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
_GROUPS = [TargetGroup.RESIDENTS] * 7 + [TargetGroup.WORKERS, TargetGroup.OFFICIALS, TargetGroup.STUDENTS]


@dataclass(frozen=True)
class StandingPerson:
    """Someone who can sign in: the sign-in name, who they are, and what they hold where (commune index or -1)."""

    username: str
    full_name: str
    role: Role | None
    place: UnitKind
    says: object
    commune: int = 0
    is_superuser: bool = False

    @property
    def is_member(self) -> bool:
        """Only a member: signs in without a second factor."""
        return self.role == Role.MEMBER


STANDING = [
    StandingPerson("an", "Trần Thị An", Role.MEMBER, UnitKind.CHAPTER, _("member, in the middle of a course")),
    StandingPerson("phuc", "Nguyễn Hữu Phúc", Role.MEMBER, UnitKind.CHAPTER, _("member, just signed up")),
    StandingPerson("hoa", "Lê Thị Hoa", Role.MEMBER, UnitKind.CHAPTER, _("member, holds the title")),
    StandingPerson("binh", "Lê Văn Bình", Role.TRAINER, UnitKind.PROVINCE, _("trainer")),
    StandingPerson("chi", "Phạm Thị Chi", Role.CHAPTER_OFFICER, UnitKind.CHAPTER, _("chapter officer")),
    StandingPerson("dung", "Võ Văn Dũng", Role.COMMUNE_OFFICER, UnitKind.ASSOCIATION, _("commune association officer")),
    StandingPerson("lan", "Đặng Thị Lan", Role.RECOGNISER, UnitKind.COMMUNE, _("recogniser of the commune")),
    StandingPerson("loan", "Phan Thị Loan", Role.RECOGNISER, UnitKind.COMMUNE, _("second recogniser of the commune")),
    StandingPerson("giang", "Hồ Thị Giang", Role.PROVINCE_OFFICER, UnitKind.PROVINCE, _("province officer")),
    StandingPerson("minh", "Ngô Văn Minh", Role.AUDITOR, UnitKind.PROVINCE, _("auditor")),
    StandingPerson("ha", "Bùi Thị Hà", Role.COMMUNE_OFFICER, UnitKind.ASSOCIATION, _("officer of another commune"), 1),
    StandingPerson("quantri", "Dương Quốc Quản", None, UnitKind.PROVINCE, _("administrator"), is_superuser=True),
]


@dataclass
class Commune:
    """One of the six: its units, who acts in them, and its members."""

    unit: Unit
    association: Unit
    chapters: list[Unit]
    officers: dict[tuple[Role, int], User] = field(default_factory=dict)
    second: User | None = None  # who confirms there what the recogniser handed in
    members: list[Person] = field(default_factory=list)

    def officer(self, role: Role, unit: Unit) -> User:
        return self.officers[role, unit.pk]


@dataclass
class Population:
    communes: list[Commune]
    users: dict[str, User]
    administrator: User


def populate(*, start: datetime.datetime, chance: random.Random) -> Population:
    """Everyone, members since ``start``. Officers who are not standing people have no password and cannot sign in."""
    province = Unit.objects.get(code=PROVINCE, valid_to=None)
    administrator = add_account(username="quantri", person=None, is_superuser=True, at=start, password=PASSWORD)
    give_second_factor(administrator, start)
    communes = [_commune(code, administrator, start) for code in COMMUNES]
    users = {"quantri": administrator}
    for who in STANDING:
        if not who.is_superuser:
            users[who.username] = _standing_user(who, province, communes[who.commune], administrator, start)
    for commune in communes:
        _fill_offices(commune, administrator, start, chance)
        for chapter in commune.chapters:
            commune.members += [_member(chapter, administrator, start, chance) for _n in range(PEOPLE_PER_CHAPTER)]
    return Population(communes, users, administrator)


def add_account(
    *,
    username: str,
    person: Person | None,
    at: datetime.datetime,
    password: str | None = None,
    is_superuser: bool = False,
) -> User:
    """An account that has accepted the consent; without a password nobody can sign in with it."""
    user = User(
        username=username,
        email=f"{username}@example.vn",
        person=person,
        is_superuser=is_superuser,
        is_staff=is_superuser,
        date_joined=at,
    )
    user.set_password(password) if password else user.set_unusable_password()
    user.save()
    if password:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if person:
        for text in ConsentText.objects.in_force():
            accept_consent(person=person, text=text, by=user, at=at)
    return user


def give_second_factor(user: User, at: datetime.datetime) -> None:
    set_totp_secret(user=user, secret=totp_secret(user.username), by=user, at=at)


def person_of(user: User) -> Person:
    assert user.person is not None
    return user.person


def hand_out_slip(population: Population, at: datetime.datetime) -> None:
    """To one member without an account, with a known code; somebody has tried it with another birth year."""
    officer = population.users["chi"]
    person = Person.objects.filter(user=None).belonging_below(population.communes[0].chapters[0], at.date()).first()
    assert person is not None
    print_slip(person=person, code=SLIP_CODE, by=officer, at=at)
    prove_slip(code=SLIP_CODE, birth_year=(person.birth_year or at.year) - 1, at=at)


def put_on_record_twice(population: Population, at: datetime.datetime) -> None:
    """One member again in the own commune, without the middle name; another again in the next one."""
    here, elsewhere = population.communes[:2]
    for known, unit, is_shortened in ((here.members[3], here.chapters[1], True),
                                      (here.members[5], elsewhere.chapters[0], False)):  # fmt: skip
        family, *middle, given = known.full_name.split()
        add_person(
            full_name=" ".join([family, *([] if is_shortened else middle), given]), birth_year=known.birth_year,
            group=TargetGroup.RESIDENTS, unit=unit, by=population.administrator, at=at,
        )  # fmt: skip
    find_doubles(at=at)


def ask_about_data(population: Population, at: datetime.datetime) -> None:
    """One request waits for the commune's officer, another has been taken up."""
    days_ago = [at - datetime.timedelta(days=days) for days in (1, 3)]
    an, phuc = population.users["an"], population.users["phuc"]
    file_request(person=person_of(an), kind=Clock.TAKE_ALONG, words="", by=an, at=days_ago[0])
    wrong = "Tên đệm của tôi ghi sai dấu, xin sửa theo giấy tờ tôi mang đến."
    request = file_request(person=person_of(phuc), kind=Clock.CORRECT, words=wrong, by=phuc, at=days_ago[1])
    acknowledge(request=request, by=population.users["dung"], at=days_ago[0])


def enter_a_breach(population: Population, at: datetime.datetime) -> None:
    """The authority was told of it within its hours; the province's officer still has to close it."""
    giang, noticed_at = population.users["giang"], at - datetime.timedelta(days=3)
    facts = Facts(
        happened="Danh sách hội viên một chi hội bị gửi nhầm vào nhóm tin nhắn của chi hội khác.",
        noticed_at=noticed_at,
        affected="Họ tên, năm sinh, số điện thoại.",
        people=None,
        units=(population.communes[0].chapters[0],),
        consequences="Người trong danh sách có thể bị gọi điện quấy rầy.",
        measures="Đã gỡ tin nhắn, đề nghị người nhận xóa tệp; sẽ chỉ trao danh sách qua hệ thống.",
    )
    breach = record_breach(facts=facts, by=giang, at=noticed_at)
    told_at = noticed_at + datetime.timedelta(days=1)
    words = "Công văn gửi cơ quan chuyên trách bảo vệ dữ liệu cá nhân, qua trục liên thông văn bản."
    tell_of_breach(breach=breach, told=Told.AUTHORITY, told_at=told_at, words=words, by=giang, at=told_at)


def totp_secret(username: str) -> str:
    """The same secret for the same name each time: for the demo only."""
    return base64.b32encode(hashlib.sha256(f"demo {username}".encode()).digest()[:20]).decode()


def _commune(code: str, administrator: User, at: datetime.datetime) -> Commune:
    unit = Unit.objects.get(code=code, kind=UnitKind.COMMUNE, valid_to=None)
    association = Unit.objects.get(code=f"{code}-HKH", valid_to=None)
    place = "khối phố" if "Phường" in unit.name else "thôn"
    chapters = [
        add_unit(
            parent=Unit.objects.get(pk=association.pk),
            kind=UnitKind.CHAPTER,
            code=f"{code}-CH{number}",
            name=f"Chi hội {place} {number}",
            valid_from=at.date(),
            by=administrator,
            at=at,
        )
        for number in (1, 2)
    ]
    return Commune(unit, association, chapters)


def _standing_user(
    who: StandingPerson, province: Unit, commune: Commune, administrator: User, at: datetime.datetime
) -> User:
    unit = _place(who.place, province, commune)
    member_unit = commune.chapters[0]
    person = add_person(
        full_name=who.full_name, birth_year=1962, group=TargetGroup.RESIDENTS, unit=member_unit, by=administrator, at=at
    )
    user = add_account(username=who.username, person=person, at=at, password=PASSWORD)
    if who.role and not who.is_member:
        _grant(person, unit, who.role, administrator, at)
        give_second_factor(user, at)
        if commune.officers.setdefault((who.role, unit.pk), user) is not user:
            commune.second = user
    return user


def _fill_offices(commune: Commune, administrator: User, at: datetime.datetime, chance: random.Random) -> None:
    offices = [(Role.CHAPTER_OFFICER, chapter) for chapter in commune.chapters]
    offices += [(Role.COMMUNE_OFFICER, commune.association), (Role.RECOGNISER, commune.unit)]
    for role, unit in offices:
        if (role, unit.pk) not in commune.officers:
            person = _member(commune.chapters[0], administrator, at, chance)
            _grant(person, unit, role, administrator, at)
            name = f"{role.value}-{unit.code}".lower()
            commune.officers[role, unit.pk] = add_account(username=name, person=person, at=at)
    if commune.second is None:
        person = _member(commune.chapters[0], administrator, at, chance)
        _grant(person, commune.unit, Role.RECOGNISER, administrator, at)
        commune.second = add_account(username=f"second-{commune.unit.code}".lower(), person=person, at=at)


def _member(unit: Unit, administrator: User, at: datetime.datetime, chance: random.Random) -> Person:
    sex = chance.choice(["nam", "nữ"])
    words = [chance.choice(names) for names in (_NAMES["family"], _NAMES[sex]["middle"], _NAMES[sex]["given"])]
    return add_person(
        full_name=" ".join(words),
        birth_year=chance.randint(1945, 2004),
        group=chance.choice(_GROUPS),
        unit=unit,
        by=administrator,
        at=at,
    )


def _grant(person: Person, unit: Unit, role: Role, by: User, at: datetime.datetime) -> Membership:
    return grant_role(person=person, unit=unit, role=role, valid_from=at.date(), by=by, at=at)


def _place(kind: UnitKind, province: Unit, commune: Commune) -> Unit:
    places = {UnitKind.PROVINCE: province, UnitKind.COMMUNE: commune.unit, UnitKind.ASSOCIATION: commune.association}
    return places.get(kind, commune.chapters[0])
