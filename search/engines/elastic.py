"""Elasticsearch (to come)."""

from search.engines.database import DatabaseEngine


class ElasticEngine(DatabaseEngine):
    pass
