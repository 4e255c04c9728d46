"""What osmem-server lacks or does in another way than Elasticsearch."""

# The name of each test that is not run against it, with the reason. The output counts them (tests/conftest.py).
LACKING: dict[str, str] = {}
