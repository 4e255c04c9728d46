"""Measures the engine of the database that the environment names, or with --elastic Elasticsearch's.

Run by ``tests.judged_search``.
"""

import sys

import django


def main() -> None:
    django.setup()
    if "--elastic" in sys.argv:
        return _over_a_server()
    from search.engines.database import DatabaseEngine  # Django must be up

    return _say(DatabaseEngine())


def _over_a_server() -> None:
    from django.conf import settings
    from osmem_server import OsmemServer

    from search.engines.elastic import ElasticEngine
    from tests.search.plain_json import PlainJsonNode

    with OsmemServer.start(japanese=False) as server:
        settings.ELASTICSEARCH_URL = server.url
        settings.ELASTICSEARCH_OPTIONS = {"node_class": PlainJsonNode}
        settings.ELASTICSEARCH_SECONDS = 30  # quality is measured here, not how patient the site is
        _say(ElasticEngine())


def _say(engine: object) -> None:
    from tests.judged_search.report import report

    for line in report(engine):  # type: ignore[arg-type]
        print(line, flush=True)


if __name__ == "__main__":
    main()
