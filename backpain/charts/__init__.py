"""Charts of a runner's history: values and words in, fluid SVG out. Knows neither Django nor the clock."""

from backpain.charts.axis import TickUnit, Words
from backpain.charts.days import Day, days_chart, weeks_per_column
from backpain.charts.distance import Week, distance_chart, merged_bars, weeks_per_bar
from backpain.charts.groups import (
    MOST_LINKED,
    Counted,
    Dot,
    Group,
    counted,
    counted_chart,
    groups_chart,
    panels,
    scatter_chart,
)
from backpain.charts.ladders import Step, ladder_chart
from backpain.charts.load import Band, LoadWeek, load_chart, merged_weeks, weeks_per_load
from backpain.charts.pain import (
    MOST_MARKS,
    Event,
    EventKind,
    PainPoint,
    pain_chart,
    thinned,
    trailing_mean,
    weeks_per_mark,
)
from backpain.charts.scores import Zones
from backpain.charts.sides import Pair, sides_chart
from backpain.charts.stacked import Share, Stack, stacked_chart

__all__ = [
    "MOST_LINKED",
    "MOST_MARKS",
    "Band",
    "Counted",
    "Day",
    "Dot",
    "Event",
    "EventKind",
    "Group",
    "LoadWeek",
    "PainPoint",
    "Pair",
    "Share",
    "Stack",
    "Step",
    "TickUnit",
    "Week",
    "Words",
    "Zones",
    "counted",
    "counted_chart",
    "days_chart",
    "distance_chart",
    "groups_chart",
    "ladder_chart",
    "load_chart",
    "merged_bars",
    "merged_weeks",
    "pain_chart",
    "panels",
    "scatter_chart",
    "sides_chart",
    "stacked_chart",
    "thinned",
    "trailing_mean",
    "weeks_per_bar",
    "weeks_per_column",
    "weeks_per_load",
    "weeks_per_mark",
]
