"""What can be found, and how it is read: every kind of thing registers here, in a few lines.

Pages register themselves: each page type that keeps searched forms of its text (``FoldedText``) and each step of a
course. Anything else does so in its own app's ``ready`` or, where it stands below the search, in ``search.sources``:

    register(Source("event", Event, describe_event))
"""

from search.sources.registry import Description, Source, all_sources, register, source_for, source_named
