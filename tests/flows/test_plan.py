"""The table of the province's plan names pages that open, and leaves no clause of the template out."""

import re
import tomllib
from pathlib import Path

from movement.actions.plans import SAMPLE

PLAN = (Path(__file__).parents[2] / "docs" / "plan.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| ([IV]+(?:\.\d)?) \|.*\| (.*) \|$", PLAN, re.M))


def test_each_page_that_a_clause_names_opens_to_the_province(standing, client):
    client.force_login(standing.giang)
    named = {address for told in ROWS.values() for address in re.findall(r"`(/[^`]*)`", told)}
    answers = {address: client.get(address).status_code for address in named}
    assert {address: code for address, code in answers.items() if code not in (200, 302)} == {}


def test_each_clause_has_a_page_or_says_that_it_has_none():
    assert [clause for clause, told in ROWS.items() if "`/" not in told and "not yet" not in told] == []
    tasks = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))["tasks"]
    clauses = {".".join(task["clause"].split(".")[:2]) for task in tasks}
    assert clauses <= set(ROWS)
