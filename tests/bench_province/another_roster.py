"""A list that comes later: half of its people are on record, half are new. Read and carried out as a worker does."""

import sys

import django

from tests.bench.server import ROOT

if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    django.setup()

from intake import actions
from membership.models import Unit, UnitKind, User
from tests.bench_import.roster import carried_out, read, table
from work.clock import step_back


def bring_in(size: int) -> None:
    chapters = Unit.objects.filter(kind=UnitKind.CHAPTER).order_by("path").values_list("code", flat=True)
    by = User.objects.get(username="bench")
    heading, *known = table(size // 2, list(chapters)).decode().splitlines()
    new = (line.replace(";", " Mới;", 1) for line in known)
    batch = read("\n".join([heading, *known, *new]).encode(), by)
    carried_out(batch, actions.order_import, by)


if __name__ == "__main__":
    step_back()
    bring_in(int(sys.argv[1]))
