"""The engine that answers: the database's, or Elasticsearch's where one is set up and answers."""

from search.engines.base import Engine
from search.engines.database import DatabaseEngine


def engine() -> Engine:
    return DatabaseEngine()
