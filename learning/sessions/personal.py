"""What this app keeps about people."""

from work.processing import declare_impersonal, declare_office

declare_office({"learning_sessions.Session": "created_by"})
declare_impersonal({"learning_sessions.Session": "unit title place starts_at ends_at topics created_at"})
