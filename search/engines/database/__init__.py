"""The engine in the site's own database: SQLite FTS5 or PostgreSQL full text, and integers as sets over them."""

from search.engines.database.engine import DatabaseEngine, rank
