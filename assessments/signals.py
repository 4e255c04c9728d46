"""Signals go up: apps above listen here, and the question bank never learns who listens."""

from django.dispatch import Signal

# Sent with question_ids (list[int]) inside the transaction that wrote many questions at once: such statements send
# no signals of their own.
questions_written = Signal()
