"""What this app keeps about people: who they are, where they belong, how they sign in, what they agreed to."""

from django.utils.translation import gettext_lazy as _

from membership.models import FileAccess, Slip
from work.processing import (
    ACCOUNT,
    DESK,
    JUDGED,
    PROVES,
    PSEUDONYM,
    RECORDS,
    Basis,
    Clearing,
    Processing,
    clears,
    declare,
    declare_impersonal,
    declare_office,
)

_PAIR = _("Whether two records are one person's: it tells of another person too.")
_ROLES = _("Follows from the roles.")
_FOLLOWS = _("Follows from what the person takes along.")
_HASH = _("A hash tells the person nothing.")
_SECRET = _("A secret with which somebody signs in goes nowhere.")
_EMPTIED = _("What remains is a number and a pseudonym; name, birth and hash are emptied.")

_RECORDS = Processing(
    name=_("Who the person is"),
    data=_(
        "Name, code, birth year, the birth day where known, the keyed hash of a citizen ID, which "
        "record it was merged into."
    ),
    purpose=_("To keep one record of each person: the birth day tells two of one name apart and says when somebody "
              "comes of age; a citizen ID is kept only as a keyed hash, to find doubles."),
    basis=Basis.CONSENT,
    retention=_("Until the person is erased."),
    stays=RECORDS,
)  # fmt: skip
_CONTACTS = Processing(
    name=_("Telephone numbers and addresses"),
    data=_("Number or address, for what purpose, whether verified."),
    purpose=_("To reach the person for the purpose that is noted with each, and to sign in."),
    basis=Basis.CONSENT,
    retention=_("As long as the person's record stands."),
    stays=RECORDS,
)
_BELONGING = Processing(
    name=_("Units, roles and target groups"),
    data=_("Unit, role or target group, from when until when, whether the person said so themselves."),
    purpose=_("To know which body looks after the person, by which criteria, and what an officer may do."),
    basis=Basis.CONSENT,
    retention=_("As long as figures of the years in which they held rest on them."),
    stays=JUDGED,
)
_ACCOUNTS = Processing(
    name=_("The account and how one signs in"),
    data=_(
        "Name of the account, e-mail addresses, hash of the password, second factors, passkeys and what the "
        "person calls them, their number at an outside sign-on and how surely it knew them, language and looks."
    ),
    purpose=_("To let the person in, and nobody else."),
    basis=Basis.AGREEMENT,
    retention=_("As long as the account stands; a sign-up that nobody confirms, fourteen days."),
    ended_by=("end_roles",),
    stays=RECORDS,
)
_SESSIONS = Processing(
    name=_("Who is signed in"),
    data=_("The account, and what the site remembers from page to page."),
    purpose=_("To keep the person signed in, and to end it everywhere at once."),
    basis=Basis.AGREEMENT,
    retention=_("Until they sign out, at most sixty days after their last visit."),
    ended_by=("clear_sessions",),
)
_SLIPS = Processing(
    name=_("Slips for signing in"),
    data=_("Hash of the code, who printed it and when, when it was used, hashes of device and address, refused tries."),
    purpose=_("To let in who has no e-mail address, and to see whether officers misuse slips."),
    basis=Basis.CONSENT,
    retention=_("Good for thirty days, and kept %(old_slips)s days more; where it was used is forgotten after a year."),
    ended_by=("end_roles", "old_slips"),
)
_CODES = Processing(
    name=_("Codes by SMS for a new password"),
    data=_("Hash of the code, when it was sent, how often it was tried."),
    purpose=_("To let in who forgot their password and has a telephone."),
    basis=Basis.AGREEMENT,
    retention=_("Two days."),
    ended_by=("end_roles",),
)
_CONSENTS = Processing(
    name=_("What the person agreed to"),
    data=_(
        "Version of the text, when it was accepted, when it was withdrawn; of a paper the day it was signed on and the "
        "officer who saw it; the name of who represented a child."
    ),
    purpose=_("To prove that the person had agreed."),
    basis=Basis.DUTY,
    retention=_("As long as anything rests on it."),
    stays=PROVES,
)
_OPENINGS = Processing(
    name=_("Who opened whose file"),
    data=_("Who opened it, in the name of which unit, what, when."),
    purpose=_("So that the person can see who looked at what is kept about them."),
    basis=Basis.DUTY,
    retention=_("%(old_openings)s days."),
    ended_by=("old_openings",),
)
_DOUBLES = Processing(
    name=_("Records that may be one person's"),
    data=_("The two records, why they look alike, what an officer found."),
    purpose=_("To keep one record of each person, so that nothing is counted twice."),
    basis=Basis.DUTY,
    retention=_("Until one of the two is erased."),
    stays=_("Who was told apart once is not asked about again, until one of the two is erased."),
)

clears(
    Clearing(
        name="old_openings",
        title=_("Entries of who opened whose file"),
        stays=_("What was opened stays as it is, and so does the audit log."),
        days=5 * 365,
        least=90,  # people are told each month of the month before
        due=lambda before: FileAccess.objects.filter(at__lt=before),
        code="person__code",
    )
)
clears(
    Clearing(
        name="old_slips",
        title=_("Slips for signing in that are used or no longer good"),
        stays=_("The account that it opened, and the audit log's entries of its printing and use."),
        days=2 * 365,
        least=365,  # how offices use slips is looked at for a year
        due=lambda before: Slip.objects.filter(expires_at__lt=before),
        code="person__code",
    )
)
declare(
    _RECORDS,
    {"membership.Person": "code full_name birth_year birth_day restricted_at objected_at created_at"},
    kept=_EMPTIED,
)
declare(
    _RECORDS,
    {"membership.Person": "merged_into folded_name sort_key erased_at withdrawn_at"},
    withheld=_FOLLOWS,
    kept=_EMPTIED,
)
declare(_RECORDS, {"membership.Person": "citizen_id_hash"}, withheld=_HASH, kept=_EMPTIED)
declare(_CONTACTS, {"membership.Contact": "person kind value purpose verified_at"})
declare(_BELONGING, {"membership.TargetGroupPeriod": "person group valid_from valid_to"})
declare(
    _BELONGING,
    {"membership.Membership": "person unit role is_self_declared valid_from valid_to declined_at"},
    kept=PSEUDONYM,
)
declare(_ACCOUNTS, {"membership.User": "person username email last_login date_joined sign_up"}, kept=ACCOUNT)
declare(_ACCOUNTS, {"membership.User": "first_name last_name is_active"}, withheld=_FOLLOWS, kept=ACCOUNT)
declare(_ACCOUNTS, {"membership.User": "password"}, withheld=_SECRET, kept=ACCOUNT)
declare(_ACCOUNTS, {"mfa.Authenticator": "data", "socialaccount.SocialToken": "token token_secret"}, withheld=_SECRET)
declare(
    _ACCOUNTS,
    {
        "account.EmailAddress": "user email verified primary",
        "mfa.Authenticator": "user type created_at last_used_at",
        "socialaccount.SocialAccount": "user provider uid extra_data date_joined last_login",
        "wagtailusers.UserProfile": "user preferred_language current_time_zone theme contrast density avatar",
    },
)
declare(_ACCOUNTS, {"membership.User_groups": "user", "membership.User_user_permissions": "user"}, withheld=_ROLES)
declare(_SESSIONS, {"membership.Session": "user session_data expire_date"}, withheld=_("For as long as it holds."))
declare(
    _SLIPS,
    {"membership.Slip": "person office printed_at expires_at is_renewal confirmed_at tries used_at ended_at"},
)
declare(_SLIPS, {"membership.SlipRefusal": "slip reason at"}, withheld=_("How often it was tried is exported."))
declare(_SLIPS, {"membership.Slip": "code_hash browser_hash address_hash"}, withheld=_HASH)
declare(_CODES, {"membership.PhoneCode": "user code_hash sent_at tries ended_at"}, withheld=_SECRET)
declare(
    _CONSENTS,
    {"membership.Consent": "person text given_at withdrawn_at signed_on"},
    kept=_("It proves that the person had agreed."),
)
declare(_CONSENTS, {"membership.Consent": "representative"})
declare(_OPENINGS, {"membership.FileAccess": "person unit what at"})
declare(
    _OPENINGS, {"membership.FileAccess": "user"}, withheld=_("Exported to those whose files were opened."), kept=ACCOUNT
)
declare(
    _DOUBLES,
    {"membership.PossibleDouble": "one other state probability reasons found_at note settled_at"},
    withheld=_PAIR,
)
declare_office(
    {
        "membership.Consent": "recorded_by",
        "membership.Slip": "printed_by confirmed_by",
        "membership.PossibleDouble": "settled_by",
        "membership.DecreeAct": "by",
        "membership.UnitAct": "by",
    }
)
declare(
    _ACCOUNTS,
    {"wagtailusers.UserProfile": "submitted_notifications approved_notifications rejected_notifications "
                                 "updated_comments_notifications dismissibles keyboard_shortcuts"},
    withheld=DESK,
)  # fmt: skip
declare_impersonal(
    {
        "membership.User": "is_superuser is_staff",
        "membership.User_groups": "group",
        "membership.User_user_permissions": "permission",
        "membership.Unit": "path code name folded_name",
        "membership.FormerName": "name",
        "membership.DecreeAct": "decree kind file day units called lines_digest at",
        "membership.UnitAct": "kind unit code name unit_kind parent since until day at",
        "membership.ConsentText": "purpose version text",
        "account.EmailConfirmation": "key",
        "auth.Group": "name",
        "socialaccount.SocialApp": "provider provider_id name client_id secret key settings",
        "auth.Permission": "name codename",
    }
)
