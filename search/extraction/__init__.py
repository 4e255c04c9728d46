"""The text of uploaded files, read by a process of its own under limits of time, memory and size."""

from search.extraction.running import READERS, Extracted, is_readable, read
