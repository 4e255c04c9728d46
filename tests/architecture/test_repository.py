"""What tools around the repository read: it parses, names commands that exist, and pins by digest."""

import configparser
import json
import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from tests.architecture.test_tree import ROOT

PINNED = ["requirements", "requirements-dev", "requirements-node"]
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def parsed(path: str) -> dict:
    return yaml.safe_load((ROOT / path).read_text())


def hooks() -> list[str]:
    return [hook["entry"] for group in parsed(".pre-commit-config.yaml")["repos"] for hook in group["hooks"]]


def workflow_steps() -> list[str]:
    jobs = parsed(".github/workflows/ci.yml")["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


def container_steps() -> list[str]:
    described = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    return [described["onCreateCommand"], described["postCreateCommand"]]


def exists(command: str) -> bool:
    program, argument, *_ = command.split()
    if program == "make":
        return argument in TARGETS
    if program == "bash":
        return (ROOT / argument).is_file()
    if program.startswith(".venv/bin/"):
        return (Path(sys.executable).parent / Path(program).name).is_file()
    return shutil.which(program) is not None


@pytest.mark.parametrize("commands", [hooks, workflow_steps, container_steps])
def test_commands_that_tools_are_told_to_run_exist(commands):
    found = [part for line in commands() for part in line.split(" && ")]
    assert found
    assert [command for command in found if not exists(command)] == []


def test_no_document_holds_a_conflict_that_nobody_settled():
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    unsettled = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    assert [path.name for path in documents if unsettled.search(path.read_text(encoding="utf-8"))] == []


def test_hooks_fetch_nothing():
    groups = parsed(".pre-commit-config.yaml")["repos"]
    assert [group["repo"] for group in groups] == ["local"]
    assert {hook["language"] for group in groups for hook in group["hooks"]} == {"system"}


def test_updates_are_looked_for_where_something_is_pinned():
    manifests = {"pip": "requirements.in", "npm": "package.json", "github-actions": ".github/workflows"}
    wanted = parsed(".github/dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in wanted} == set(manifests)
    for update in wanted:
        assert (ROOT / update["directory"].strip("/") / manifests[update["package-ecosystem"]]).exists()


def test_editors_are_told_the_width_that_the_linter_holds():
    rules = configparser.ConfigParser()
    rules.read_string("[top]\n" + (ROOT / ".editorconfig").read_text())
    assert f"line-length = {rules['*.py']['max_line_length']}\n" in (ROOT / "pyproject.toml").read_text()


@pytest.mark.parametrize("name", PINNED)
def test_every_package_of_python_is_pinned_by_its_digest_and_no_host_is_named(name):
    text = (ROOT / f"{name}.txt").read_text()
    packages = text.replace("\\\n", "").splitlines()
    assert packages
    assert [line for line in packages if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []
    assert "://" not in text


@pytest.mark.parametrize("name", PINNED)
def test_what_is_asked_for_is_pinned(name):
    pinned = (ROOT / f"{name}.txt").read_text()
    for line in (ROOT / f"{name}.in").read_text().splitlines():
        if line and not line.startswith(("#", "-c")):
            package = re.match(r"[\w-]+", line).group(0).lower()
            assert f"\n{package}==" in f"\n{pinned}", package


def test_what_the_notice_names_is_there():
    named = re.findall(r"^- ([\w./*-]+/[\w./*-]*):", (ROOT / "NOTICE").read_text(), re.MULTILINE)
    assert len(named) >= 4
    assert [path for path in named if not list(ROOT.glob(path))] == []
