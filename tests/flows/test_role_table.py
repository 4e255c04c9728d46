"""Each role × what sets a province up and looks after its people: in one's own unit as the table has it, in another's
never. Every row asks the action itself, the last door before anything is written."""

import datetime
import importlib
import inspect
import pkgutil
import uuid
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

import membership.actions
import privacy.actions
from evaluation.dossiers.actions import LinkAnswer, Reply, answer_list, enter_code, freeze_list, links, revoke_link
from evaluation.dossiers.actions import take_over as take_answers_over
from evaluation.dossiers.models import ReviewStep
from intake import actions
from intake.plan import Outcome
from membership.actions import (
    ContactEntry,
    add_person,
    add_unit,
    ask_about,
    change_group,
    change_unit,
    close_unit,
    confirm_membership,
    confirm_slip,
    correct_person,
    decline_membership,
    end_role,
    erase_person,
    grant_role,
    hand_over,
    keep_apart,
    keep_contacts,
    keep_owner,
    merge_people,
    move_unit,
    print_slip,
    publish_consent_text,
    record_consent,
    remove_unit,
    reopen_unit,
    set_totp_secret,
    withdraw_consent,
)
from membership.actions.roles import put_end_back, take_role_back
from membership.models import ContactKind, Membership, PossibleDouble, Role, TargetGroup, UnitKind, User
from membership.policy import ROLE_ACTIONS, Action
from membership.registries.purposes import purposes
from membership.slips.codes import browser_hash
from movement.actions import (
    Said,
    act_on_task,
    add_task,
    answer,
    hide,
    join,
    open_plan,
    part,
    propose,
    propose_for_unit,
    publish,
    send_on,
)
from movement.actions import Task as PlannedTask
from movement.models import PlanTask, WorkPlan
from privacy.actions import (
    Facts,
    acknowledge,
    amend_breach,
    clear,
    close_breach,
    confirm,
    file_request,
    grant,
    keep_days,
    keep_terms,
    lift,
    record_breach,
    refuse,
    tell_of_breach,
    unconfirm,
)
from privacy.models import Request, Told
from tests.factories.evaluation import sample_criteria, submitted_dossier
from tests.factories.people import START, PersonFactory, add_user
from tests.factories.people import grant as give_role
from work.processing import clearings

AT = timezone.now()
TODAY = timezone.localdate(AT)
FACTS = Facts(
    happened="Gửi nhầm danh sách", noticed_at=AT - datetime.timedelta(hours=1), affected="Họ tên", people=12, units=(),
    consequences="", measures="",
)  # fmt: skip


def member(unit, **about):
    person = PersonFactory(birth_year=1960, **about)
    Membership.objects.create(person=person, unit=unit, role=Role.MEMBER, valid_from=START)
    return person


def account(person):
    return User.objects.create_user(f"nguoi-{person.pk}", person=person)


def brought(kind, text, by, **details):
    """A dry run. Raises PermissionDenied where no line of it would be written."""
    batch = actions.begin_import(kind=kind, name="a.csv", content=text.encode(), details=details, by=by, at=AT)
    batch = actions.read_import(batch=batch, by=by, at=AT)
    lines = list(batch.lines.all())
    if not lines or all(line.outcome in (Outcome.SKIP, Outcome.SAME) for line in lines):
        raise PermissionDenied(batch.problem or lines[0].reasons)


def units_file(place, by):
    brought(
        "units", f"Mã;Tên;Loại;Mã đơn vị trên;Từ ngày\n{place.code};Tên khác;Chi hội;{place.get_parent().code};\n", by
    )


def decree(place, by):
    heads = "Mã cũ;Mã mới;Tên mới;Loại mới;Mã đơn vị trên;Đơn vị đi theo;Từ ngày\n"
    brought("decree", f"{heads}{place.code};{place.code};Chi hội Mới;;;;01/04/2026\n", by)


def roster(place, by):
    brought("roster", "Họ và tên;Năm sinh\nLê Văn Mới;1961\n", by, unit=place.pk)


def roster_that_names_the_unit(place, by):
    own = by.person.memberships.first()
    text = f"Họ và tên;Năm sinh;Mã đơn vị\nLê Văn Mới;1961;{place.code}\n"
    brought("roster", text, by, unit=own.unit_id if own else place.pk)


def roles_by_list(place, by):
    heads = "Mã người học;Họ và tên;Mã đơn vị;Vai trò;Từ ngày;Thôi từ ngày\n"
    brought("roles", f"{heads}{member(place).code};;{place.code};Cán bộ chi hội;;\n", by)


def officer(place):
    return Membership.objects.create(person=member(place), unit=place, role=Role.CHAPTER_OFFICER, valid_from=START)


def pair(place):
    one, other = sorted((member(place), member(place)), key=lambda person: person.pk)
    return PossibleDouble.objects.create(one=one, other=other, probability=0.9, reasons=[], found_at=AT)


def waiting_slip(place):
    """Of somebody with an account, printed by another officer there."""
    account(person := member(place))
    return print_slip(person=person, code="2222-3333-4444", by=account(officer(place).person), at=AT)


def request_of(place, kind="see", **state):
    person = member(place)
    request = file_request(person=person, kind=kind, words="Xin xem", by=account(person), at=AT)
    Request.objects.filter(pk=request.pk).update(**state)
    return request


def granted(kind):
    return lambda place, by: grant(request=request_of(place, kind), answer="Đã làm", by=by, at=AT)


def lifted(kind):
    return lambda place, by: lift(
        request=request_of(place, kind, state=Request.State.GRANTED), answer="Hết lý do", by=by, at=AT
    )


def proposal_at(place):
    by = account(member(place))
    return propose(token=uuid.uuid4(), person=by.person, kind="proposal", title="Lớp tối", text="Xin mở", by=by, at=AT)


def answered_at(place):
    found = proposal_at(place)
    return answer(proposal=found, said=Said("Sẽ mở"), by=account(office_holder(found.office)), at=AT)


def published_at(place):
    found = answered_at(place)
    return publish(proposal=found, words="Mở lớp tối", by=account(office_holder(found.office)), at=AT)


def office_holder(office):
    role = Role.CHAPTER_OFFICER if office.kind == UnitKind.CHAPTER else Role.COMMUNE_OFFICER
    return Membership.objects.create(person=member(office), unit=office, role=role, valid_from=START).person


def joined_at(place, by):
    return join(proposal=proposal_at(place), to=proposal_at(place), by=by, at=AT)


def joined_by_its_office(place):
    found = proposal_at(place)
    return joined_at(place, account(office_holder(found.office)))


def planned_at(place):
    return WorkPlan.objects.create(unit=place, year=TODAY.year, opened_at=AT)


def declared(place):
    person = PersonFactory(birth_year=1960)
    return Membership.objects.create(
        person=person, unit=place, role=Role.MEMBER, valid_from=START, is_self_declared=True
    )


def empty_unit(place, by=None):
    """Beneath what is above, and nothing in it; ``by`` is set where adding it is what is tried."""
    return add_unit(
        parent=place.get_parent(), kind=UnitKind.CHAPTER, code="X-9", name="Chi hội trống", valid_from=START, by=by,
        at=AT,
    )  # fmt: skip


def closed_unit(place):
    return close_unit(unit=empty_unit(place), valid_to=TODAY, by=None, at=AT)


def text():
    return publish_consent_text(version="thu", text="Tôi đồng ý.", by=None, at=AT)


def agreeing(place):
    person = member(place)
    record_consent(person=person, texts=[text()], signed_on=TODAY, by=account(officer(place).person), at=AT)
    return person


def frozen(place, by):
    """The list of the one dossier that waits at the chapter, which may answer by link."""
    sample_criteria()
    ReviewStep.objects.filter(recognises=False).update(by_link=True)
    dossier = submitted_dossier(account(member(place)))
    return freeze_list(
        step=dossier.current_step, unit=place, year=dossier.year, token="duong-dan", code="2222-3333-4444", by=by, at=AT
    )


def out_by_link(place):
    return frozen(place, account(officer(place).person))


def answered(place):
    link, here = out_by_link(place), browser_hash("here")
    enter_code(link=link, code="2222-3333-4444", browser=here, at=AT)
    said = {line.dossier_id: LinkAnswer("agree") for line in link.lines.all()}
    answer_list(link=link, reply=Reply(said, "Nguyễn Thị Hoa", "Bí thư chi bộ"), browser=here, at=AT)
    return link


CLEARING = next(iter(clearings))
DAYS = clearings[CLEARING].days
PEOPLE, ACCESS, UNITS = Action.MANAGE_PEOPLE, Action.GIVE_ACCESS, Action.MANAGE_UNITS
ASKING = (Action.ASSIST, Action.MANAGE_PEOPLE)
TABLE = {
    "units by file": (UNITS, units_file),
    "units by decree": (UNITS, decree),
    "unit renamed": (UNITS, lambda place, by: change_unit(
        unit=place, name="Tên khác", kind=UnitKind(place.kind), valid_from=TODAY, by=by, at=AT)),
    "unit added": (UNITS, empty_unit),
    "unit moved": (UNITS, lambda place, by: move_unit(unit=empty_unit(place), parent=add_unit(
        parent=place.get_parent(), kind=UnitKind.AGENCY, code="X-8", name="Trạm y tế", valid_from=START, by=None,
        at=AT), by=by, at=AT)),
    "unit closed": (UNITS, lambda place, by: close_unit(unit=empty_unit(place), valid_to=TODAY, by=by, at=AT)),
    "unit opened again": (UNITS, lambda place, by: reopen_unit(unit=closed_unit(place), by=by, at=AT)),
    "unit removed": (UNITS, lambda place, by: remove_unit(unit=empty_unit(place), by=by, at=AT)),
    "roster into the unit": (PEOPLE, roster),
    "roster that names the unit": (PEOPLE, roster_that_names_the_unit),
    "roles by list": (PEOPLE, roles_by_list),
    "role given": (PEOPLE, lambda place, by: grant_role(
        person=member(place), unit=place, role=Role.CHAPTER_OFFICER, valid_from=TODAY, by=by, at=AT)),
    "role ended": (PEOPLE, lambda place, by: end_role(membership=officer(place), valid_to=TODAY, by=by, at=AT)),
    "role taken back": (PEOPLE, lambda place, by: take_role_back(membership=officer(place), by=by, at=AT)),
    "end of a role put back": (PEOPLE, lambda place, by: put_end_back(membership=end_role(
        membership=officer(place), valid_to=TODAY, by=None, at=AT), valid_to=None, by=by, at=AT)),
    "hand-over": (PEOPLE, lambda place, by: hand_over(
        membership=officer(place), successor=member(place), day=TODAY, by=by, at=AT)),
    "person added": (PEOPLE, lambda place, by: add_person(
        full_name="Lê Văn Mới", birth_year=1961, group=TargetGroup.RESIDENTS, unit=place, by=by, at=AT)),
    "person corrected": (PEOPLE, lambda place, by: correct_person(
        person=member(place), full_name="Lê Văn Mới", birth_year=1961, birth_day=None, by=by, at=AT)),
    "group changed": (PEOPLE, lambda place, by: change_group(
        person=member(place), group=TargetGroup.WORKERS, valid_from=TODAY, by=by)),
    "contacts kept": (PEOPLE, lambda place, by: keep_contacts(
        person=member(place), contacts=[ContactEntry(ContactKind.PHONE, "0905123456")], by=by, at=AT)),
    "person erased": (PEOPLE, lambda place, by: erase_person(person=member(place), by=by, at=AT)),
    "paper consent": (Action.ASSIST, lambda place, by: record_consent(
        person=member(place), texts=[text()], signed_on=TODAY, by=by, at=AT)),
    "consent withdrawn for somebody": (Action.ASSIST, lambda place, by: withdraw_consent(
        person=agreeing(place), purpose=purposes["service"], by=by, at=AT)),
    "merge": (PEOPLE, lambda place, by: merge_people(duplicate=member(place), into=member(place), by=by, at=AT)),
    "keep apart": (PEOPLE, lambda place, by: keep_apart(pair=pair(place), by=by, at=AT)),
    "ask about a pair": (PEOPLE, lambda place, by: ask_about(pair=pair(place), note="Hỏi lại", by=by, at=AT)),
    "slip": (ACCESS, lambda place, by: print_slip(person=member(place), code="2222-3333-4444", by=by, at=AT)),
    "slip confirmed": (ACCESS, lambda place, by: confirm_slip(slip=waiting_slip(place), by=by, at=AT)),
    "member confirmed": (ACCESS, lambda place, by: confirm_membership(membership=declared(place), by=by, at=AT)),
    "member declined": (ACCESS, lambda place, by: decline_membership(membership=declared(place), by=by, at=AT)),
    "list frozen for a link": (Action.REVIEW, frozen),
    "link revoked": (Action.REVIEW, lambda place, by: revoke_link(link=out_by_link(place), by=by, at=AT)),
    "answers by link taken over": (Action.REVIEW, lambda place, by: take_answers_over(
        link=answered(place), by=by, at=AT)),
    "request filed for somebody": (ASKING, lambda place, by: file_request(
        person=member(place), kind="see", words="Xin xem", by=by, at=AT)),
    "request acknowledged": (PEOPLE, lambda place, by: acknowledge(request=request_of(place), by=by, at=AT)),
    "request to see granted": (PEOPLE, granted("see")),
    "restriction granted": (PEOPLE, granted("restrict")),
    "restriction lifted": (PEOPLE, lifted("restrict")),
    "objection granted": (PEOPLE, granted("object")),
    "objection lifted": (PEOPLE, lifted("object")),
    "proposal in the unit's name": (Action.SEND_REPORTS, lambda place, by: propose_for_unit(
        token=uuid.uuid4(), unit=place, kind="difficulty", title="Thiếu máy", text="Hai máy", by=by, at=AT)),
    "proposal answered": (Action.SEND_REPORTS, lambda place, by: answer(
        proposal=proposal_at(place), said=Said("Sẽ mở"), by=by, at=AT)),
    "proposal sent on": (Action.SEND_REPORTS, lambda place, by: send_on(
        proposal=proposal_at(place), said=Said("Kính chuyển"), by=by, at=AT)),
    "proposal joined": (Action.SEND_REPORTS, joined_at),
    "proposal taken apart": (Action.SEND_REPORTS, lambda place, by: part(
        proposal=joined_by_its_office(place), by=by, at=AT)),
    "answer published": (Action.SEND_REPORTS, lambda place, by: publish(
        proposal=answered_at(place), words="Mở lớp tối", by=by, at=AT)),
    "answer hidden": (Action.SEND_REPORTS, lambda place, by: hide(proposal=published_at(place), by=by, at=AT)),
    "work plan opened": (Action.SEND_REPORTS, lambda place, by: open_plan(
        unit=place, year=TODAY.year, begins_with="empty", by=by, at=AT)),
    "task of a plan": (Action.SEND_REPORTS, lambda place, by: add_task(
        plan=planned_at(place), task=PlannedTask(title="Mở lớp", due_on=TODAY), by=by, at=AT)),
    "task finished": (Action.SEND_REPORTS, lambda place, by: act_on_task(
        task=PlanTask.objects.create(plan=planned_at(place), title="Mở lớp", due_on=TODAY), act="finish",
        words="Đã mở", by=by, at=AT)),
    "request refused": (PEOPLE, lambda place, by: refuse(request=request_of(place), answer="Vì …", by=by, at=AT)),
}  # fmt: skip


def is_done(act, place, by):
    """Whether the action lets them; nothing of it stays."""
    with transaction.atomic():
        try:
            act(place, by)
        except PermissionDenied:
            return False
        finally:
            transaction.set_rollback(True)
    return True


def holders(standing):
    """Of each role one person who holds nothing else, in the association; and somebody without any."""
    for role in Role:
        give_role(user := add_user(f"giu-{role}", f"Lê Thị {role}"), role, standing.association)
        yield role, ROLE_ACTIONS[role], user
    yield "none", frozenset(), add_user("khong", "Lê Không")


@pytest.mark.parametrize("name", list(TABLE))
def test_each_role_does_it_in_its_own_unit_as_the_table_has_it_and_in_anothers_never(standing, name):
    needed, act = TABLE[name]
    needs = needed if isinstance(needed, tuple) else (needed,)
    for role, allowed, user in holders(standing):
        assert is_done(act, standing.chapter, user) is any(need in allowed for need in needs), (role, "own")
        assert not is_done(act, standing.foreign_chapter, user), (role, "foreign")


WHOLE = {
    "breach recorded": lambda _breach, by: record_breach(facts=FACTS, by=by, at=AT),
    "breach amended": lambda breach, by: amend_breach(
        breach=breach, facts=replace(FACTS, measures="Đã thu hồi"), seen=breach.changed_at, by=by, at=AT),
    "breach told of": lambda breach, by: tell_of_breach(
        breach=breach, told=Told.AUTHORITY, told_at=AT, words="Theo mẫu", by=by, at=AT),
    "breach closed": lambda breach, by: close_breach(breach=breach, conclusion="Đã xong", by=by, at=AT),
    "terms of the law": lambda _breach, by: keep_terms(numbers={}, holidays={TODAY: "Nghỉ bù"}, by=by, at=AT),
    "days of keeping": lambda _breach, by: keep_days(days={CLEARING: DAYS + 1}, by=by, at=AT),
    "clearing confirmed": lambda _breach, by: confirm(clearing=CLEARING, days=DAYS, by=by, at=AT),
    "clearing stopped": lambda _breach, by: unconfirm(clearing=CLEARING, days=DAYS, by=by, at=AT),
    "cleared": lambda _breach, by: clear(clearing=CLEARING, days=DAYS, by=by, at=AT),
}  # fmt: skip


@pytest.mark.parametrize("name", list(WHOLE))
def test_breaches_terms_and_keeping_are_of_who_protects_data_alone(standing, name):
    breach = record_breach(facts=FACTS, by=add_user("quan-tri", "Lê Quản", is_superuser=True), at=AT)
    for role, allowed, user in holders(standing):
        assert is_done(WHOLE[name], breach, user) is (Action.PROTECT_DATA in allowed), role


ADMINISTRATORS = {
    "owner kept": lambda _standing, by: keep_owner(
        name="Hội", email="hoi@example.vn", phone="0236 123 456", logo=None, by=by, at=AT),
    "consent text published": lambda _standing, by: publish_consent_text(version="thu", text="Mới.", by=by, at=AT),
    "another's second factor": lambda standing, by: set_totp_secret(user=standing.an, secret="A" * 32, by=by, at=AT),
}  # fmt: skip


@pytest.mark.parametrize("name", list(ADMINISTRATORS))
def test_what_is_the_sites_own_is_of_administrators_alone(standing, name):
    act = ADMINISTRATORS[name]
    assert is_done(act, standing, add_user("quan-tri", "Lê Quản", is_superuser=True))
    assert [role for role, _allowed, user in holders(standing) if is_done(act, standing, user)] == []


# Why an action of these rooms that is told who acts has no row above.
WITHOUT = {
    "it is one's own, and its tests try it with another's": "accept_consent add_passkey ask_for_chapter "
    "connect_sign_on disconnect_sign_on join_record remove_passkey rename_passkey",
    "it is part of one that has a row, or of a file": "carry_over end_memberships keep_act keep_removals "
    "keep_unit_acts log_slip move_requests settle_merged write_verdicts",
    "it is the site's, or a command's, or notes what was refused": "load_consent_texts load_units refuse_printing",
}


def test_every_action_that_is_told_who_acts_has_a_row_or_a_reason():
    names = [*_names(membership.actions), *_names(privacy.actions)]
    rooms = [links, *map(importlib.import_module, names)]
    found = {name: act for room in rooms for name, act in vars(room).items() if _is_action(act, room)}
    reasons = {name for names in WITHOUT.values() for name in names.split()}
    assert {name for name, act in found.items() if act not in globals().values()} == reasons


def _names(package):
    return [f"{package.__name__}.{module.name}" for module in pkgutil.iter_modules(package.__path__)]


def _is_action(found, room):
    is_own = inspect.isfunction(found) and found.__module__ == room.__name__ and not found.__name__.startswith("_")
    return is_own and "by" in inspect.signature(found).parameters
