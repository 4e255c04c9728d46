"""Measures the engine of the database that the environment names. Run by ``tests.judged_search``."""

import django


def main() -> None:
    django.setup()
    from search.engines.database import DatabaseEngine  # Django must be up
    from tests.judged_search.report import report

    for line in report(DatabaseEngine()):
        print(line, flush=True)


if __name__ == "__main__":
    main()
