"""What this app keeps about people: that they strive for the title in a year."""

from django.utils.translation import gettext_lazy as _

from work.processing import RECORDS, Basis, Processing, declare, declare_office

_REGISTRATIONS = Processing(
    name=_("Registrations to strive for the title"),
    data=_("For which year the person registered, where, how and when."),
    purpose=_("To open the year, and to set who registered against who was recognised."),
    basis=Basis.CONSENT,
    retention=_("Until the person takes it back within the year, or is erased."),
    stays=RECORDS,
)

declare(_REGISTRATIONS, {"registrations.Registration": "person year unit group way registered_at"})
declare_office({"registrations.Registration": "noted_by"})
