"""What many tests stand on is built by real actions once in a process; afterwards its rows are laid as they were.

Only where nothing can differ: the test has written nothing before but what was laid in the same order, under the same
settings. Otherwise, and for arguments that were not laid themselves, the function runs as it is.
"""

import io
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import wraps
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

# Triggers write it when the others are laid: it is laid last, and whole; and emptied last.
BY_TRIGGERS = "reporting_change"
# Of each test its own, and empty: what is laid once writes no file, and indexes nothing.
_OWN = ("STORAGES", "MEDIA_ROOT", "ELASTICSEARCH_URL")
_WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")
# Signing in changes nothing that is laid on.
_SIGNING_IN = ('"django_session"', 'UPDATE "membership_user" SET "last_login"')

Table = dict[Any, tuple[Any, ...]]
State = dict[str, Table]


@dataclass(frozen=True)
class Laid:
    """What one run of a function changed, row by row, and what it returned."""

    added: dict[str, list[tuple[Any, ...]]]
    gone: dict[str, list[Any]]
    returned: bytes


class _History:
    """What this test has laid so far; None once it has written anything else."""

    steps: tuple[object, ...] | None = ()
    laying: str | None = None


_KEPT: dict[tuple[Any, ...], Laid] = {}
_FOR_ROWS: dict[str, tuple[list[str], list[str]]] = {}


def begin() -> None:
    """A test begins: nothing was written yet."""
    _History.steps = ()
    if _notice_writes not in connection.execute_wrappers:
        connection.execute_wrappers.append(_notice_writes)


def laid_once(lay: Callable[..., Any]) -> Callable[..., Any]:
    """Takes what was laid, or None for the fixture ``db``; returns a plain object of models, or nothing."""

    @wraps(lay)
    def lay_or_replay(*given: Any, **named: Any) -> Any:
        arguments = [*given, *named.values()]
        if _History.steps is None or not connection.in_atomic_block or not all(map(_is_laid, arguments)):
            return lay(*given, **named)
        step = (f"{lay.__module__}.{lay.__qualname__}", _settings_changed())
        key = (*_History.steps, step)
        with _laying(step), transaction.atomic():
            if key in _KEPT:
                return _replay(_KEPT[key], arguments)
            before = _state()
            returned = lay(*given, **named)
            _keep(key, before, returned, arguments)
            return returned

    return lay_or_replay


@contextmanager
def _laying(step: tuple[str, str]) -> Iterator[None]:
    before, was_laying, after = _History.steps or (), _History.laying, None
    key = (*before, step)
    _History.laying = step[0]
    try:
        yield
        # What cannot be kept is another one each time, on which nothing that was laid on it before fits.
        after = key if key in _KEPT else None
    finally:
        _History.steps, _History.laying = after, was_laying


def _notice_writes(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    """A write of the test itself ends what is known; one of a step that lays tells it from others with the same steps
    inside, so that what is laid after it is not taken for what was laid without it."""
    text = str(sql).lstrip()
    if _History.steps is None or not text.upper().startswith(_WRITES) or any(one in text for one in _SIGNING_IN):
        return execute(sql, params, many, context)
    if _History.laying is None:
        _History.steps = None
    elif _History.steps[-1:] != (within := f"within {_History.laying}",):
        _History.steps = (*_History.steps, within)
    return execute(sql, params, many, context)


def _settings_changed() -> str:
    """The settings that the test has changed; a server of its own makes it a case of its own."""
    changed, holder = {}, settings._wrapped
    while "default_settings" in vars(holder):
        own = {name: repr(value) for name, value in vars(holder).items() if name.isupper() and name not in _OWN}
        changed = own | changed
        holder = holder.default_settings
    return repr(sorted(changed.items()))


def _keep(key: tuple[Any, ...], before: State, returned: Any, arguments: list[Any]) -> None:
    after = _state()
    added = {
        table: new
        for table, rows in after.items()
        if (new := [row for place, row in rows.items() if before[table].get(place) != row])
    }
    gone = {
        table: old
        for table, rows in before.items()
        if (old := [place for place, row in rows.items() if after[table].get(place) != row])
    }
    if BY_TRIGGERS in added:
        added[BY_TRIGGERS] = list(after[BY_TRIGGERS].values())
    with suppress(pickle.PicklingError, TypeError, AttributeError):
        _KEPT[key] = Laid(added, gone, _packed(returned, arguments))


def _replay(laid: Laid, arguments: list[Any]) -> Any:
    with connection.cursor() as cursor:
        for table, places in laid.gone.items():
            places_of = " AND ".join(f'"{key}" = %s' for key in _FOR_ROWS[table][0])
            cursor.executemany(f'DELETE FROM "{table}" WHERE {places_of}', map(_as_tuple, places))
        for table in sorted(laid.added, key=lambda name: name == BY_TRIGGERS):
            if table == BY_TRIGGERS:
                cursor.execute(f'DELETE FROM "{table}"')
            _insert(cursor, table, laid.added[table])
    return _unpacked(laid.returned, arguments)


def _insert(cursor: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    columns = _FOR_ROWS[table][1]
    names = ", ".join(f'"{name}"' for name in columns)
    for start in range(0, len(rows), 200):
        some = rows[start : start + 200]
        places = ", ".join([f"({_marks(len(columns))})"] * len(some))
        cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES {places}', [value for row in some for value in row])


def _as_tuple(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)


def _state() -> State:
    """All rows of all models, by table and primary key."""
    state: State = {}
    with connection.cursor() as cursor:
        for table in _tables(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            keys, columns = _FOR_ROWS[table]
            key_of = itemgetter(*map(columns.index, keys))
            state[table] = {key_of(row): tuple(row) for row in cursor.fetchall()}
    return state


def _tables(cursor: Any) -> list[str]:
    if not _FOR_ROWS:
        stand = set(connection.introspection.table_names(cursor))
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table in stand and not table.endswith("_fts"):
                cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
                keys = [field.column for field in model._meta.pk_fields]
                _FOR_ROWS[table] = (keys, [one[0] for one in cursor.description])
    return list(_FOR_ROWS)


def _packed(returned: Any, arguments: list[Any]) -> bytes:
    """What came in by the arguments stays what it is: it is named, not copied."""
    known = {id(one): name for name, one in _known(arguments).items()}
    written = io.BytesIO()
    pickler = pickle.Pickler(written)
    pickler.persistent_id = lambda one: known.get(id(one))  # type: ignore[method-assign]
    pickler.dump(returned)
    return written.getvalue()


def _unpacked(written: bytes, arguments: list[Any]) -> Any:
    unpickler = pickle.Unpickler(io.BytesIO(written))
    unpickler.persistent_load = _known(arguments).__getitem__  # type: ignore[method-assign]
    return unpickler.load()


def _is_laid(argument: Any) -> bool:
    return argument is None or isinstance(argument, Model) or hasattr(argument, "__dataclass_fields__")


def _known(arguments: list[Any]) -> dict[str, Any]:
    known = {}
    for place, argument in enumerate(arguments):
        if argument is not None:
            known[f"{place}"] = argument
            parts = {} if isinstance(argument, Model) else vars(argument)
            known |= {f"{place}.{name}": part for name, part in parts.items() if isinstance(part, Model)}
    return known
