"""To whom each page opens: by its name, under what it needs. ``tests/architecture/test_doors.py`` holds that each page
stands here once; ``test_doors`` walks.

ANYONE: also who has not signed in. SIGNED_IN: each to their own. Else what a role must bring, or one of several.
"""

from django.urls import URLPattern, URLResolver, get_resolver

from membership.policy import Action

ANYONE, SIGNED_IN = "anyone", "signed in"
LEARNING_OR_MATERIALS = (Action.VIEW_LEARNING, Action.PUBLISH_MATERIALS)
# How Wagtail calls the pages of a table.
_TABLE = "index index_results add edit delete"
_SEEN = "history history_results usage"

DOORS: list[tuple[object, str, str]] = [
    (ANYONE, "assessments", "figure worker without_network"),
    (ANYONE, "course_certificates", "badge paper status_list verify"),
    (ANYONE, "evidence", "checkpoint consistency file_content program register"),
    (ANYONE, "home", "contact health language robots sitemap"),
    (ANYONE, "membership", "ask_by_phone passkey_challenge renew_by_phone slip slip_password"),
    (ANYONE, "movement", "answered"),
    (ANYONE, "notices", "address feed stop"),
    (ANYONE, "recognition", "badge check_badge did_document status_list verify verify_form"),
    (ANYONE, "reporting", "public"),
    (ANYONE, "search", "results suggest"),
    (ANYONE, "sessions", "feed file material_file page scan status_list upcoming verify way"),
    (ANYONE, "training_materials", "bundle course embed media picture"),
    (ANYONE, "dossiers", "answer_by_link paper_code"),  # by a link with its code; a picture of a code that one knows
    (ANYONE, "xapi", "resource root unknown"),  # by a key of its own
    (SIGNED_IN, "assessments", "answers attempt result settle start"),
    (SIGNED_IN, "calls", "call"),
    (SIGNED_IN, "dossiers", "appeal_own confirm indicator mine paper self_assessment withdraw"),
    (SIGNED_IN, "evidence", "add bring_in bring_in_plan correct file mine passport passport_file proof proof_file"),
    (SIGNED_IN, "evidence", "withdraw"),
    (SIGNED_IN, "feedback", "course helpful let_show own report step withdraw"),
    (SIGNED_IN, "membership", "account chapter consent disconnect_sign_on download erase onward welcome withdraw"),
    (SIGNED_IN, "movement", "own withdraw"),
    (SIGNED_IN, "notices", "calendar choices confirm_again inbox mark mark_all open remove_device switch_on_device"),
    (SIGNED_IN, "privacy", "own"),
    (SIGNED_IN, "recognition", "certificate mine sheet"),
    (SIGNED_IN, "registrations", "form own"),
    (SIGNED_IN, "sessions", "answer attend badge check_in paper"),
    (SIGNED_IN, "tracking", "course enrol finish goal launch note notes records step take today visit write_note"),
    (Action.PUBLISH_MATERIALS, "", "begin_step copy_in_course course_builder new_course place_step search_missed"),
    (Action.PUBLISH_MATERIALS, "", "submit_course take_out"),
    (Action.PUBLISH_MATERIALS, "feedback", "opinions page_opinions"),
    ((Action.PUBLISH_MATERIALS, Action.MANAGE_CRITERIA), "home", "coverage"),
    # Whoever moderates sees them too: officers of the province.
    ((Action.PUBLISH_MATERIALS, Action.HEAR_APPEALS), "feedback", "desk enquiry moderate"),
    ((Action.PUBLISH_MATERIALS, Action.HEAR_APPEALS), "", "cancel_moderation course_review"),
    (Action.MANAGE_QUESTIONS, "", "course_pools"),
    (Action.MANAGE_QUESTIONS, "question_bank", "index add add_kind copy delete edit live_preview preview versions"),
    (Action.MANAGE_QUESTIONS, "question_bank", _SEEN),
    (Action.MANAGE_QUESTIONS, "question_chooser", "choose choose_results chosen chosen_multiple create"),
    (Action.MANAGE_QUESTIONS, "question_exchange", "download dry_run export import template"),
    (Action.MANAGE_QUESTIONS, "written_marking", "mark waiting"),
    (Action.ADD_PACKAGES, "packages", "content index libraries upload"),
    (Action.INSTALL_LIBRARIES, "package_chooser", "create"),  # Wagtail's own form: trainers upload on a page of ours
    (LEARNING_OR_MATERIALS, "package_chooser", "choose choose_results chosen chosen_multiple"),
    (LEARNING_OR_MATERIALS, "home", "components"),
    (Action.VIEW_LEARNING, "calls", "class classes"),
    (Action.VIEW_LEARNING, "home", "indicator_results"),
    (Action.VIEW_LEARNING, "quiz_results", "attempt attempt_seen attempts clear_signal correct_key extra_time quiz"),
    (Action.VIEW_LEARNING, "quiz_results", "quizzes signals stuck"),
    (Action.VIEW_PEOPLE, "tracking", "records_about"),
    (Action.ORGANISE, "notices", "circular circulars write"),
    (Action.ORGANISE, "calls", "act calls change new onto sheet sheet_plan teacher"),
    (Action.ORGANISE, "sessions", "change hold move note replies screen session sessions sheet sheet_plan train"),
    (Action.ORGANISE, "sessions", "invitations invite invitees minutes plan plan_paper remind repeat"),
    (Action.ORGANISE, "sessions", "materials printed printing remove_material"),
    (Action.VIEW_FIGURES, "sessions", "rollup"),
    (Action.VERIFY_EVIDENCE, "evidence", "confirm refuse to_verify"),
    (SIGNED_IN, "evidence", "observing observe"),  # who saw something may say so
    (Action.ASSIST, "evidence", "declare_for"),
    (Action.ASSIST, "notices", "mouth print_list"),
    (Action.ASSIST, "dossiers", "assist assist_appeal assist_confirm assist_indicator assist_open assist_paper"),
    (Action.ASSIST, "dossiers", "assist_withdraw assist_write scan"),
    (Action.ASSIST, "registrations", "blank people print_list sheet sheet_plan"),
    (Action.VIEW_FIGURES, "registrations", "figures own_figures"),
    (Action.ASSIST, "membership", "consent_paper paper_consent paper_consents paper_withdrawal"),
    (Action.GIVE_ACCESS, "membership", "joining print_slips slip_people slip_use slips_waiting"),
    ((Action.ASSIST, Action.MANAGE_PEOPLE), "privacy", "file_for"),
    (Action.MANAGE_PEOPLE, "privacy", "acknowledge file request requests"),
    (Action.MANAGE_PEOPLE, "doubles", "edit index"),
    (Action.MANAGE_PEOPLE, "people", "add edit history history_results index"),
    (Action.MANAGE_PEOPLE, "role_list", "hand_over plan template upload"),
    (Action.MANAGE_PEOPLE, "roles", "add edit history history_results index"),
    (Action.MANAGE_PEOPLE, "roster", "plan template upload"),
    (Action.MANAGE_UNITS, "decree", "plan template upload"),
    (Action.MANAGE_UNITS, "unit_file", "plan template upload"),
    (Action.MANAGE_UNITS, "units", "add delete edit history history_results index"),
    (Action.PROTECT_DATA, "privacy", "amend_breach annex breach breach_notice breach_text breaches carry_out"),
    (Action.PROTECT_DATA, "privacy", "inventory new_breach retention terms"),
    (Action.SET_UP, "", "recurring_work"),
    (Action.SET_UP, "beginning", "channels guide owner"),
    (Action.SET_UP, "consent_texts", "add index index_results inspect"),
    (Action.SET_UP, "xapi_credentials", "add delete index index_results"),
    (Action.VIEW_DOSSIERS, "dossiers", "finding finding_file findings meeting meetings queue review"),
    (Action.VIEW_DOSSIERS, "recognition", "certificates decision decisions minutes paper people print print_progress"),
    (Action.VIEW_DOSSIERS, "recognition", "draft register signed_copy"),
    (Action.REVIEW, "dossiers", "batch call_meeting freeze_list link links next"),
    (Action.RECOGNISE, "recognition", "confirm_copy hand_in hand_in_signed issue refuse_copy remove revoke revoke_of"),
    (Action.RECOGNISE, "recognition", "earlier earlier_plan withdraw"),
    (Action.HEAR_APPEALS, "dossiers", "appeal appeals"),
    (Action.INSPECT, "dossiers", "ask_unit outliers sample samples"),
    (Action.SET_DEADLINES, "dossiers", "bodies"),
    (Action.MANAGE_CRITERIA, "dossiers", "chains change_chain"),
    (Action.MANAGE_CRITERIA, "criteria", "add_rule anchors bring_in compared download indicator new_version preview"),
    (Action.MANAGE_CRITERIA, "criteria", "put_in_force remove_rule rule set sets"),
    (Action.MANAGE_CRITERIA, "recognition", "grouping_rule"),
    *(
        (Action.MANAGE_CRITERIA, table, f"{_TABLE} {_SEEN} inspect")
        for table in ("anchors", "competencies", "criteria_sets", "evidence_rules", "indicators")
    ),
    (Action.MANAGE_CRITERIA, "criteria_sets", "new_version put_in_force"),
    (Action.VIEW_FIGURES, "recognition", "own_groupings grouping groupings"),
    (Action.MANAGE_PEOPLE, "recognition", "end_member"),
    (Action.VIEW_FIGURES, "reporting", "own own_report report report_paper targets targets_file trained"),
    (Action.VIEW_FIGURES, "reporting", "frozen_figures frozen_paper version"),
    (Action.SEND_REPORTS, "movement", "proposal proposals write"),
    (Action.SEND_REPORTS, "movement", "add_paper add_task edit_task open_plan remove_paper"),
    (Action.MANAGE_CRITERIA, "movement", "add_template_task template template_task"),
    (Action.VIEW_FIGURES, "movement", "due paper_file plan plan_paper plans task"),
    (Action.SEND_REPORTS, "reporting", "freeze send"),
    (Action.ENTER_FIGURES, "reporting", "enter"),
]
# Of Wagtail and allauth themselves; and of redirects from old addresses.
ELSEWHERE = ("wagtail", "account_", "mfa_", "socialaccount", "usersessions", "openid")


def needs() -> dict[str, object]:
    """By the name of a page what it needs."""
    return {f"{room}:{page}".removeprefix(":"): needed for needed, room, pages in DOORS for page in pages.split()}


def pages():
    """The name and pattern of each page of ours."""
    return _named(get_resolver(), ())


def _named(resolver, rooms):
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _named(found, (*rooms, found.namespace) if found.namespace else rooms)
        elif isinstance(found, URLPattern) and found.name:
            name = ":".join((*rooms, found.name))
            if not name.startswith(ELSEWHERE):
                yield name, found
