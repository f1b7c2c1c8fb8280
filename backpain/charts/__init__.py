"""Charts of a runner's history: values and words in, fluid SVG out. Knows neither Django nor the clock."""

from backpain.charts.axis import TickUnit, Words
from backpain.charts.distance import Week, distance_chart, weeks_per_bar
from backpain.charts.pain import (
    MOST_MARKS,
    Event,
    PainPoint,
    Zones,
    pain_chart,
    thinned,
    trailing_mean,
    weeks_per_mark,
)
from backpain.charts.stacked import Share, Stack, stacked_chart

__all__ = [
    "MOST_MARKS",
    "Event",
    "PainPoint",
    "Share",
    "Stack",
    "TickUnit",
    "Week",
    "Words",
    "Zones",
    "distance_chart",
    "pain_chart",
    "stacked_chart",
    "thinned",
    "trailing_mean",
    "weeks_per_bar",
    "weeks_per_mark",
]
