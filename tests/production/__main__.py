"""`make test-production`: the README's section on production, word for word, on a machine of its own; then a walk.

Debian's PostgreSQL, Redis, nginx and supervisor, as root; nothing of it is left on this machine.
"""

from tests.production import machine, walk


def main() -> None:
    machine.enter("tests.production")
    walk.install()
    walk.all_of_it()


if __name__ == "__main__":
    main()
