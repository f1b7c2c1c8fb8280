"""The curators' desk."""

from backpain.exercises.admin import articles, exercises, ladders, sources

__all__ = ["articles", "exercises", "ladders", "sources"]
