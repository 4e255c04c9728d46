"""Whoever looks, asks and prints in what is measured; the same again where the database was kept from a run before."""

from membership.models import Person, Role, Unit, User
from tests.factories.people import PersonFactory, add_user, grant


def officer(username: str, full_name: str, role: Role, unit: Unit) -> User:
    found = User.objects.filter(username=username).first()
    if found is not None:
        return found
    PersonFactory.reset_sequence(Person.objects.count())  # the codes of a run before are taken
    user = add_user(username, full_name)
    grant(user, role, unit)
    return user
