"""A school's list as OneRoster 1.2 writes it (1.1 too): an archive of .csv files, or its users.csv alone, read into the
rows of a roster. What a roster has no column for is passed over: sourced ids, sex, classes, passwords. Pure."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from intake.tables import Layout, Row, reading, require_harmless, rows
from interface.vietnamese import fold

_USERS, _ROLES, _ORGS, _PEOPLE, _ENROLMENTS = "users", "roles", "orgs", "demographics", "enrollments"
_COLUMNS = {
    _USERS: ("sourcedId", "status", "givenName", "middleName", "familyName", "email", "sms", "phone", "grades", "role",
             "orgSourcedIds", "primaryOrgSourcedId"),
    _ROLES: ("userSourcedId", "status", "roleType", "role", "orgSourcedId"),
    _ORGS: ("sourcedId", "status", "name", "type", "identifier"),
    _PEOPLE: ("sourcedId", "birthDate"),
    _ENROLMENTS: ("userSourcedId", "status", "schoolSourcedId", "role"),
}  # fmt: skip
_STUDENT, _STAFF = "học sinh", "cán bộ"
# Whoever learns or works there; parents and guardians are nobody of the school, and say so by their own word.
_GROUPS = {
    **dict.fromkeys(("student",), _STUDENT),
    **dict.fromkeys(
        ("teacher", "aide", "counselor", "principal", "proctor", "administrator", "districtadministrator",
         "siteadministrator", "systemadministrator"), _STAFF,
    ),
}  # fmt: skip
_LEFT = "tobedeleted"
_HEAD = re.compile(r"^\W*sourcedId\W.*\bfamilyName\b", re.IGNORECASE)
Table = list[Row]


def oneroster_rows(content: bytes) -> Iterator[Row] | None:
    """None where the file is no OneRoster. Raises UnreadableError."""
    parts = _parts(content)
    return _people({name: _table(name, part) for name, part in parts.items()}) if parts else None


def _parts(content: bytes) -> dict[str, bytes]:
    """The files of the archive that are read here; a file of users stands for itself."""
    if not content.startswith(b"PK\x03\x04"):
        is_users = _HEAD.match(content[:2000].decode("utf-8-sig", errors="replace").partition("\n")[0])
        return {_USERS: content} if is_users else {}
    is_of_users = f"{_USERS}.csv".encode() in content  # names stand unpacked
    told = _("The archive is damaged. Have the school's software write it anew, and try again.") if is_of_users else ""
    with reading(told), zipfile.ZipFile(BytesIO(content)) as archive:
        files = {PurePosixPath(part.filename): part for part in archive.infolist()}
        found = {path.stem: part for path, part in files.items() if path.suffix == ".csv" and path.stem in _COLUMNS}
        if _USERS not in found:
            return {}
        require_harmless(archive)
        return {name: archive.read(part) for name, part in found.items()}


def _table(name: str, content: bytes) -> Table:
    """What is on its way out of the school is left out."""
    headings = {fold(column): column for column in _COLUMNS[name]}
    missing = _("In %(name)s.csv of OneRoster columns are missing.") % {"name": name}
    needed = {"givenName", "familyName"} if name == _USERS else set(_COLUMNS[name][:1])
    read = rows(content, Layout(headings, lambda names: needed <= names, missing))
    return [row for row in read if row.text("status").casefold() != _LEFT]


def _people(tables: Mapping[str, Table]) -> Iterator[Row]:
    births = {row.text("sourcedId"): row.text("birthDate") for row in tables.get(_PEOPLE, ())}
    roles = _roles(tables)
    schools = {
        row.text("sourcedId"): row for row in tables.get(_ORGS, ()) if row.text("type").casefold() in ("school", "")
    }
    for row in tables[_USERS]:
        key = row.text("sourcedId")
        role, org = roles.get(key, ("", ""))
        org = org or row.text("primaryOrgSourcedId") or row.text("orgSourcedIds").partition(",")[0].strip()
        names = (row.text(name) for name in ("familyName", "middleName", "givenName"))
        cells = {
            "name": " ".join(filter(None, names)),
            "day": births.get(key, ""),
            "group": _group(role or row.text("role"), row.text("grades")),
            "phone": row.text("sms") or row.text("phone"),
            "email": row.text("email"),
            **(_place(schools.get(org)) if len(schools) > 1 else {}),
        }
        yield Row(row.line, {name: cell for name, cell in cells.items() if cell})


def _roles(tables: Mapping[str, Table]) -> dict[str, tuple[str, str]]:
    """Of each user one role and where: the primary one of roles.csv, else the first told, else by an enrolment."""
    told = [(row, row.text("orgSourcedId")) for row in tables.get(_ROLES, ())]
    told.sort(key=lambda each: each[0].text("roleType").casefold() != "primary")
    told += [(row, row.text("schoolSourcedId")) for row in tables.get(_ENROLMENTS, ())]
    roles: dict[str, tuple[str, str]] = {}
    for row, org in told:
        roles.setdefault(row.text("userSourcedId"), (row.text("role"), org))
    return roles


def _group(role: str, grades: str) -> str:
    """A role that is none of a school's goes on as it is: the row is left out and says so."""
    if not role:
        return _STUDENT if grades else ""
    return _GROUPS.get(role.casefold(), role)


def _place(school: Row | None) -> dict[str, str]:
    """By the code that the units have here, else by its name."""
    if school is None:
        return {}
    code = school.text("identifier")
    return {"unit_code": code} if code else {"unit": school.text("name")}
