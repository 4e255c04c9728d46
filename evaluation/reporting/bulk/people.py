"""One row for each person and year, straight from the querysets that a full count uses."""

from django.db import connection
from django.db.models import QuerySet

from evaluation.recognition.models import Title
from membership.models import Membership

_TABLE = "reporting_personfigures"
_MEMBER = ("member_unit_id", "has_studied", "is_grouped", "is_unit_staff", "has_title")
_TITLE = ("title_unit_id", "is_skilled", "is_self_updated")
_FALSE = (*_MEMBER[1:], *_TITLE[1:])


def write(year: int, members: QuerySet[Membership], titles: QuerySet[Title]) -> None:
    """Adds the rows of people who have none in that year."""
    own = ("person_id", "unit_id", *_MEMBER[1:])
    _insert(year, _MEMBER, members.order_by("person_id").values_list(*own))
    of_title = ("person_id", "unit_id", *_TITLE[1:])
    _insert(year, _TITLE, titles.order_by("person_id").values_list(*of_title))


def _insert(year: int, columns: tuple[str, ...], rows: QuerySet) -> None:
    text, params = rows.query.sql_with_params()
    others = [name for name in _FALSE if name not in columns]
    names = ", ".join([*columns, *others])
    new = ", ".join(f"{name} = excluded.{name}" for name in columns)
    values = ", ".join(["found.*", *("FALSE" for _name in others)])
    statement = (
        f"INSERT INTO {_TABLE} (year, person_id, {names}) SELECT {year:d}, {values} FROM ({text}) found WHERE 1 = 1"
        f" ON CONFLICT (year, person_id) DO UPDATE SET {new}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
