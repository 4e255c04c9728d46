"""`make test-production`: the README's section on production, word for word but for apt-get, on a machine of its own;
then a walk.

The working copy's Python, and the PostgreSQL, Redis, nginx and supervisor that are installed, as root; nothing of it is
left on this machine.
"""

from tests.production import machine, walk


def main() -> None:
    machine.enter("tests.production")
    walk.install()
    walk.all_of_it()


if __name__ == "__main__":
    main()
