"""The README's section on production, as commands."""

import re
import subprocess

from tests.production.machine import PLACE, ROOT

_TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
_SECTION = _TEXT.split("\n## Going to production\n")[1].split("\n## ")[0]
_FETCHED = ("apt-get ",)  # comes from elsewhere; whoever walks has brought it


def commands(heading: str) -> str:
    """All that stands to be copied under that heading, word for word."""
    part = _SECTION.split(f"\n### {heading}\n")[1].split("\n### ")[0]
    return "".join(re.findall(r"^```\n(.*?)^```$", part, flags=re.DOTALL | re.MULTILINE))


def packages() -> list[str]:
    """What the README has apt-get install."""
    return next(line for line in commands("Installing").splitlines() if line.startswith(_FETCHED)).split()[3:]


def carry_out(heading: str, *, typed: str = "") -> None:
    """In one shell that stops at the first fault. ``typed``: what is asked for meanwhile."""
    lines = [line for line in commands(heading).splitlines() if not line.startswith(_FETCHED)]
    script = "set -euo pipefail\n" + "\n".join(lines)
    done = subprocess.run(
        ["bash", "-c", script], input=typed, cwd=PLACE, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"README, {heading}: ended with {done.returncode}\n{done.stdout[-3000:]}")
