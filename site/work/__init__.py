"""What every app stands on: values kept until they change, tasks, and what recurs."""
