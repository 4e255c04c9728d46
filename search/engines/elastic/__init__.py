"""The engine on Elasticsearch 8, for sites that outgrow their database. Set ``ELASTICSEARCH_URL`` to have it."""

from search.engines.elastic.engine import ElasticEngine
