"""What a unit holds for people to learn together."""

from learning.sessions.models.session import Session
