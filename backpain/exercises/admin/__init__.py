"""The curators' desk."""

from backpain.exercises.admin import exercises, ladders, sources

__all__ = ["exercises", "ladders", "sources"]
