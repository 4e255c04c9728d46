"""Who belongs where: people and their contacts, the tree of units in time, roles from–until, accounts, consent."""

from membership.models.accounts import FileAccess, Session, User
from membership.models.consent import Consent, ConsentText
from membership.models.contacts import Contact, ContactKind, ContactPurpose
from membership.models.decrees import DecreeAct, UnitAct
from membership.models.doubles import PossibleDouble
from membership.models.people import LONGEST_NAME, Person, TargetGroup, TargetGroupPeriod
from membership.models.phone_codes import PhoneCode
from membership.models.roles import Membership, Role
from membership.models.slips import Slip, SlipRefusal
from membership.models.units import PARENTS_OF, FormerName, Unit, UnitKind, UnitSuccession
