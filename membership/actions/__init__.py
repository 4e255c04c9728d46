"""What changes people, units, roles, accounts and consent.

Each action writes one entry in the audit log: ids, never names (its label says which record, not who it is).
"""

from membership.actions.accounts import admit_citizen, forget_stale_sign_ups, keep_sign_up, set_totp_secret
from membership.actions.awaiting import ask_for_chapter, chapters_for, decline_membership
from membership.actions.consent import (
    accept_consent,
    load_consent_texts,
    log_file_access,
    publish_consent_text,
    record_consent,
    settle_withdrawal,
    undo_refused,
    withdraw_consent,
)
from membership.actions.contacts import ContactEntry, keep_contacts
from membership.actions.doubles import ask_about, find_doubles, keep_apart
from membership.actions.handing_over import hand_over
from membership.actions.joining import join_record, may_join
from membership.actions.maps import load_units
from membership.actions.owner import keep_owner
from membership.actions.passkeys import (
    SECOND_FACTORS,
    add_passkey,
    may_remove,
    passkeys_of,
    remove_passkey,
    rename_passkey,
)
from membership.actions.people import add_person, change_group, citizen_id_hash, correct_person, person_title
from membership.actions.phone_codes import CODE_GOOD_FOR, forget_phone_codes, renew_password, send_phone_code
from membership.actions.proving import MOST_TRIES, prove_slip, refuse_printing, refuse_slip
from membership.actions.records import erase_person, merge_people, require_no_office
from membership.actions.roles import confirm_membership, end_role, grant_role, sync_all_groups, sync_groups
from membership.actions.sign_on import connect_sign_on, disconnect_sign_on, open_by_citizen_id
from membership.actions.slips import (
    GOOD_FOR,
    confirm_slip,
    end_slips,
    forget_devices,
    print_slip,
    use_slip,
    why_refused,
)
from membership.actions.units import add_unit, change_unit, close_unit, move_unit, remove_unit, reopen_unit
