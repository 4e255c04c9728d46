"""A machine of its own, on this one: what is changed in it, and what runs in it, ends with it.

Its files are this machine's, seen through a layer in memory; its processes, network and users' table are apart. The
working copy lies in it at /srv/hoc-tap, as the README asks. The shell that lays it out stays its first process, for
somebody must collect those that end.
"""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = Path("/srv/hoc-tap")
_APART = ["unshare", "--mount", "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child"]
_TRY_OUT = """
set -e
mount -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/machine
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/machine
"""
# Nodes of its own places: what replaces /dev/null in there leaves this machine's alone, and nothing changes its mode.
_DEVICES = """
mount -t tmpfs -o mode=755 tmpfs {dev}
for node in null zero full random urandom tty; do
  [ -e /dev/$node ] || continue
  : > {dev}/$node
  mount --bind /dev/$node {dev}/$node
  mount -o remount,bind,ro {dev}/$node || true
done
mkdir -m 1777 {dev}/shm
mount -t tmpfs tmpfs {dev}/shm
ln -s /proc/self/fd {dev}/fd
ln -s fd/0 {dev}/stdin
ln -s fd/1 {dev}/stdout
ln -s fd/2 {dev}/stderr
"""
_LAY_OUT = """
set -eu
mount -t tmpfs -o mode=755 tmpfs {here}
mkdir {here}/upper {here}/work {here}/code {here}/code-work {here}/machine
mount -t overlay overlay -o lowerdir=/,upperdir={here}/upper,workdir={here}/work {here}/machine
mkdir -p {here}/machine{place}
mount -t overlay overlay -o lowerdir={root},upperdir={here}/code,workdir={here}/code-work {here}/machine{place}
mount -t proc proc {here}/machine/proc
mount --rbind /sys {here}/machine/sys
{devices}
chmod 1777 {here}/machine/tmp
mount -t tmpfs -o mode=755 tmpfs {here}/machine/run
ip link set lo up
chroot {here}/machine /usr/bin/env IN_A_MACHINE=1 {command}
"""


def enter(module: str) -> None:
    """Comes back in that machine; out here the process ends as the one in there did.

    Where a process may not make one, as in some containers, the machine itself is changed, if that is allowed by
    MACHINE_IS_THROWN_AWAY.
    """
    if "IN_A_MACHINE" in os.environ:
        _let_everybody_reach_python()
        return
    if os.geteuid() != 0:
        sys.exit("Only root can set up a machine to walk in.")
    command = [".venv/bin/python", "-m", module, *sys.argv[1:]]
    if subprocess.run([*_APART, "sh", "-c", _TRY_OUT], stderr=subprocess.DEVNULL, check=False).returncode:
        _use_this_one(command)
    with tempfile.TemporaryDirectory() as here:
        inside = f"sh -c {shlex.quote(f'cd {PLACE} && exec {shlex.join(command)}')}"
        devices = _DEVICES.format(dev=f"{here}/machine/dev")
        script = _LAY_OUT.format(here=here, place=PLACE, root=ROOT, command=inside, devices=devices)
        sys.exit(subprocess.run([*_APART, "sh", "-c", script], check=False).returncode)


def _use_this_one(command: list[str]) -> None:
    if "MACHINE_IS_THROWN_AWAY" not in os.environ:
        sys.exit("No machine can be set up in here; with MACHINE_IS_THROWN_AWAY=1 this one is changed.")
    PLACE.symlink_to(ROOT)
    sys.exit(subprocess.run(command, env={**os.environ, "IN_A_MACHINE": "1"}, cwd=PLACE, check=False).returncode)


def _let_everybody_reach_python() -> None:
    """Debian's python3, which the README installs, is everybody's; another's may lie in a home that is closed."""
    for path in {Path(sys.executable), Path(sys.executable).resolve(), ROOT, Path(sys.prefix)}:
        for folder in path.parents:
            if not folder.stat().st_mode & 0o001:
                folder.chmod(folder.stat().st_mode | 0o001)
