"""What differs between the site's own pages and the back office: the classes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    table: str
    button: str
    quiet: str
    hidden: str
    filters: str  # none where the header of the page has them
    field: str
    label: str
    input: str
    bar: str
    pages: str
    empty: str
    errors: str
    frame: str = ""  # of a table that moves sideways within itself
    has_icons: bool = True
    has_row_headings: bool = True


SITE = Look(
    table="table",
    button="button",
    quiet="button button--quiet",
    hidden="visually-hidden",
    filters="table-filters",
    field="field",
    label="",
    input="",
    bar="table-bar",
    pages="pagination",
    empty="components/empty.html",
    errors="error-summary",
)
OFFICE = Look(
    table="listing listing--cards",
    button="button",
    quiet="button button-secondary",
    hidden="w-sr-only",
    filters="",
    field="w-field__wrapper",
    label="w-field__label",
    input="w-field__input",
    bar="office-bar",
    pages="w-flex w-gap-4 w-my-4",
    empty="tables/office_empty.html",
    errors="help-block help-critical",
    frame="w-overflow-x-auto",
    has_icons=False,
    has_row_headings=False,
)
