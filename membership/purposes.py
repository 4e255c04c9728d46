"""For what membership itself uses people's data: an account with its learning, and reaching people."""

from django.utils.translation import gettext_lazy as _

from membership.actions.contacts import forget_contacts
from membership.registries.purposes import Purpose

SERVICE = Purpose(
    key="service",
    title=_("Account, learning and evidence"),
    accepts=_("I have read this and agree that my data is kept and used for learning and evaluation as described."),
    stops=_(
        "From now on nothing that you learn or do is recorded, in no session and by no officer: no course results, no "
        "answers, no evidence, no scores. A dossier that is being written or reviewed stands still."
    ),
    stays=_(
        "What was recorded before stays closed in your record until you ask for it to be erased: learning results are "
        "kept in a sealed ledger, so that nobody can change them unseen, and titles already decided stay in the "
        "register that the law asks for. Officers may still put right or end what their lists say of you, such as your "
        "name, group, membership or role, take back what they recorded, print a slip with which you sign in, and write "
        "what is owed to you and to others: minutes of meetings that were called before, answers to your appeals and "
        "messages."
    ),
    is_needed=True,
)
CONTACTS = Purpose(
    key="contacts",
    title=_("Being called or written to"),
    accepts=_("I agree that the learning promotion association calls or writes to me as described."),
    stops=_("Nobody calls or writes to you any more, and your phone numbers and addresses are deleted now."),
    stays=_(
        "What you sign in with stays, your e-mail address or the phone number that you chose for it: without it you "
        "could not enter your account. Letters about your account itself, such as for a new password, still reach you."
    ),
    undo=forget_contacts,
)
PURPOSES = {purpose.key: purpose for purpose in (SERVICE, CONTACTS)}
