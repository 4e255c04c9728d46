"""What this app keeps about people: nothing; what is searched is counted without who searched."""

from work.processing import declare_impersonal

declare_impersonal(
    {
        "search.FileText": "digest text reason",
        "search.SearchDocument": "key kind object_id path scope url title summary body beside files language "
                                 "document_number numbers facets fingerprint",
        "search.PendingChange": "subject error",
        "search.IndexState": "revision",
        "search.TermGroup": "terms shipped_terms shipped_key",
        "search.MissedSearch": "words",
        "search.Pick": "queries reason",
    }
)  # fmt: skip
