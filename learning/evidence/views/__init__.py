"""Pages of the ledger: glue only."""
