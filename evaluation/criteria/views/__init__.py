"""The pages of the criteria: the officers' own, and two steps of Wagtail's back office."""
