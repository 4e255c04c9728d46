"""What this app keeps about people: what they were told, by which way they wish to hear it, and what became of it."""

from django.utils.translation import gettext_lazy as _

from work.processing import RECORDS, Basis, Processing, declare, declare_impersonal, declare_office

_NOTICES = Processing(
    name=_("Notices and how they were delivered"),
    data=_("What the person was told and when, whether they read it, which letters went out, and which came back."),
    purpose=_("To tell people what comes next, once, and by the way that they chose."),
    basis=Basis.AGREEMENT,
    retention=_("Four months once it was read or is done, thirteen months at most."),
    ended_by=("forget_old_notices",),
)
_CHOICES = Processing(
    name=_("How somebody wishes to be told"),
    data=_("Which kinds by which way, in which hours nothing, and whether they have a calendar address."),
    purpose=_("To write to nobody who does not wish it."),
    basis=Basis.AGREEMENT,
    retention=_("Until the person changes it or is erased."),
    stays=RECORDS,
)
_DEVICES = Processing(
    name=_("Devices on which somebody is told"),
    data=_("The name of the browser, and where its push service takes messages that this browser alone can read."),
    purpose=_("To tell people at once on the devices that they chose."),
    basis=Basis.AGREEMENT,
    retention=_(
        "Until the person signs out there, removes the device or sets a new password; a month once its push service "
        "knows it no more."
    ),
    ended_by=("forget_old_devices",),
)
_INNER = _("Numbers by which the site finds what a notice is about; the notice itself is exported.")

declare(
    _NOTICES,
    {
        "notices.Notice": "person kind values address at passed_on_at seen_at done_at",
        "notices.Delivery": "person channel week state at",
    },
)
declare(
    _NOTICES,
    {"notices.Notice": "key subject circular", "notices.Delivery_notices": "delivery notice"},
    withheld=_INNER,
)
declare(
    _NOTICES,
    {"notices.Refusal": "person channel address is_off count at letter"},
)
declare(
    _CHOICES,
    {
        "notices.Preference": "person kind channel is_wanted",
        "notices.CalendarFeed": "person number is_open",
        "notices.Habits": "person quiet_from quiet_until is_subject_open",
    },
)
declare(_DEVICES, {"notices.Device": "person name added_at ended_at"})
declare(
    _DEVICES,
    {"notices.Device": "id endpoint p256dh auth made_for password_mark"},
    withheld=_("Whoever had it could write to the device; it is of no use to anybody else."),
)
declare_office({"notices.Circular": "sent_by"})
declare_impersonal({"notices.Circular": "id token unit group_name subject text count sent_at"})
