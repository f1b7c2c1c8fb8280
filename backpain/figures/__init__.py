"""Drawings of exercises: poses in, SVG out. Knows neither Django nor a language."""

from backpain.figures.draw import still

__all__ = ["still"]
