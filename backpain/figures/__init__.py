"""Drawings of exercises: poses in, SVG out. Knows neither Django nor a language."""

from backpain.figures.checks import Fault, faults
from backpain.figures.data import BadFigure, data_of, figure_from
from backpain.figures.draw import animated, still, strip
from backpain.figures.figure import Figure
from backpain.figures.shipped import shipped

__all__ = [
    "BadFigure",
    "Fault",
    "Figure",
    "animated",
    "data_of",
    "faults",
    "figure_from",
    "shipped",
    "still",
    "strip",
]
