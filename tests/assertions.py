"""`python -m tests.assertions [folder]`: how many assertions stand in the tests, by the kind of each.

Static: an assertion in a loop or under `parametrize` counts once. Helpers that assert count where they stand.
"""

import ast
import sys
from collections import Counter
from pathlib import Path

_CALLS = {"raises": "raises", "warns": "warns", "fail": "fail"}


def count(folder: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assert):
                found["assert"] += 1
            elif isinstance(node, ast.Call) and (kind := _kind(node)):
                found[kind] += 1
            elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found["test functions"] += 1
    return found


def _kind(call: ast.Call) -> str:
    name = ast.unparse(call.func)
    last = name.rpartition(".")[2]
    if name.startswith("pytest."):
        return _CALLS.get(last, "")
    if name == "expect":
        return "expect"
    return "assert_…()" if last.startswith("assert_") else ""


if __name__ == "__main__":
    print(dict(count(Path(sys.argv[1] if len(sys.argv) > 1 else "tests")).most_common()))
