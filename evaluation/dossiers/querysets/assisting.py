"""For whom an officer may write a dossier."""

from django.db.models import FloatField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone

from evaluation.criteria.models import SuggestedScores
from evaluation.dossiers.models import Dossier
from membership.models import Person, User
from membership.policy import Action, reach
from membership.querysets import PersonQuerySet


def people_to_assist(user: User, year: int) -> PersonQuerySet:
    """People without an account within the user's reach, with ``dossier_id`` and ``dossier_state`` of the year, and
    ``suggested``, the points that their evidence gave when everyone was last scored."""
    dossier = Dossier.objects.standing().filter(person=OuterRef("pk"), year=year)
    suggested = SuggestedScores.objects.of_year(year).filter(person=OuterRef("pk"))
    people = Person.objects.listed().within(reach(user, Action.ASSIST, "unit__"), timezone.localdate())
    return (
        people.filter(user=None)
        .home_unit_on(timezone.localdate())
        .annotate(
            dossier_id=Subquery(dossier.values("pk")[:1]),
            dossier_state=Subquery(dossier.values("state")[:1]),
            suggested=Cast(Subquery(suggested.values("total_tenths")[:1]), FloatField()) / 10.0,
        )
        .order_by("sort_key", "pk")
    )
