"""The steps of beginning that membership knows: who we are, units, people, officers, the text of consent."""

import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interface.owner import owner
from membership.models import ConsentText, Membership, Person, Role, Unit, UnitKind
from membership.registries.beginning import State, Step
from membership.registries.occupancy import named
from membership.registries.purposes import purposes
from work.models import Channel


def _identity(day: datetime.date) -> State:
    told = owner()
    parts = ((told.name, _("name")), (told.email, _("e-mail address")), (told.phone, _("telephone number")))
    missing = [label for part, label in parts if not part]
    if missing:
        return State(False, _("Missing: %(parts)s.") % {"parts": ", ".join(missing)})
    return State(True, told.name)


def _units(day: datetime.date) -> State:
    communes = Unit.objects.on(day).filter(kind=UnitKind.COMMUNE)
    within = Unit.objects.on(day).filter(path__startswith=OuterRef("path"), kind=UnitKind.CHAPTER)
    empty = [unit.name for unit in communes.exclude(Exists(within))]
    if not communes:
        return State(False, _("No commune stands here yet: load your province on the server."))
    told = _("%(communes)d communes, %(chapters)d chapters.") % {
        "communes": communes.count(),
        "chapters": Unit.objects.on(day).filter(kind=UnitKind.CHAPTER).count(),
    }
    return State(not empty, f"{told} {_lacking(_('Without a chapter: %(names)s.'), empty)}".strip())


def _people(day: datetime.date) -> State:
    count = Person.objects.on_record().count()
    if not count:
        return State(False, _("Nobody is on record yet."))
    told = ngettext("%(count)d person is on record.", "%(count)d people are on record.", count)
    return State(True, told % {"count": count})


def _officers(day: datetime.date) -> State:
    held = Membership.objects.on(day).filter(unit=OuterRef("pk"), role=Role.COMMUNE_OFFICER)
    associations = Unit.objects.on(day).filter(kind=UnitKind.ASSOCIATION, depth__gt=2)
    vacant = [unit.name for unit in associations.exclude(Exists(held))]
    has_above = Membership.objects.on(day).filter(role=Role.PROVINCE_OFFICER).exists()
    told = "" if has_above else _("Nobody is officer of the province.")
    is_done = has_above and bool(associations) and not vacant
    return State(is_done, f"{told} {_lacking(_('Without an officer: %(names)s.'), vacant)}".strip())


def _consent(day: datetime.date) -> State:
    """Also whether it says whose promise it is; who that is, is told under “Who we are”."""
    in_force = {text.purpose: text for text in ConsentText.objects.in_force()}
    missing = [str(purpose.title) for key, purpose in purposes.items() if key not in in_force]
    if missing:
        return State(False, _("No text is published for: %(names)s.") % {"names": named(missing)})
    versions = "; ".join(f"{text.about.title}: {text.version}" for text in in_force.values())
    told = _("Versions asked for: %(versions)s.") % {"versions": versions}
    name = owner().name
    if not name:
        return State(False, f"{told} {_('They name nobody yet: say who you are.')}")
    return State(True, f"{told} {_('They name: %(name)s.') % {'name': name}}")


def _channels(day: datetime.date) -> State:
    mail = Channel.objects.filter(name=Channel.MAIL).first()
    if mail is None:
        return State(False, _("No e-mail has gone out yet: send yourself a test."))
    if mail.problem:
        return State(False, mail.problem)
    worked = date_format(timezone.localtime(mail.worked_at), "H:i d/m/Y")
    return State(True, _("E-mail last went out at %(moment)s.") % {"moment": worked})


def _lacking(sentence: str, names: list[str]) -> str:
    return sentence % {"names": named(names)} if names else ""


STEPS = [
    Step(
        10, gettext_lazy("Who we are"),
        gettext_lazy("Name, contact and logo: at the head and foot of pages, in help, letters and papers."),
        _identity, "beginning:owner",
    ),
    Step(
        20, gettext_lazy("Units"),
        gettext_lazy("Chapters, agencies and schools beneath each commune's association, one by one or from a file."),
        _units, "units:index",
    ),
    Step(
        25, gettext_lazy("List of people"),
        gettext_lazy("Members of chapters, agencies and schools, from a list. Whoever is to hold an office must be "
                     "among them first."),
        _people, "roster:upload",
    ),
    Step(
        30, gettext_lazy("Officers"),
        gettext_lazy("One of the province, and at least one of each commune's association, who then add their own."),
        _officers, "roles:index",
    ),
    Step(
        60, gettext_lazy("Texts of consent"),
        gettext_lazy("What people agree to before anything about them is kept. Where a text says {controller} and "
                     "{contact}, your name and how you are reached stand."),
        _consent, "consent_texts:index",
    ),
    Step(
        70, gettext_lazy("Channels"), gettext_lazy("Whether letters of the site arrive: send yourself a test."),
        _channels, "beginning:channels",
    ),
]  # fmt: skip
