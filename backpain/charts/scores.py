"""A vertical scale of pain scores with its zones, for the charts that draw a score against something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from backpain.charts.axis import shape

WORST_SCORE = 10

Zone = Literal["ok", "care", "stop"]


@dataclass(frozen=True, kw_only=True)
class Zones:
    """The highest score that still counts as low, and as raised; above is high."""

    low: int
    raised: int


@dataclass(frozen=True)
class Scores:
    """The scores 0 to 10 over `depth` pixels below `top`."""

    zones: Zones
    top: int
    depth: int

    @property
    def scale(self) -> list[tuple[int, float]]:
        return [(n, self.y(n)) for n in (0, self.zones.low, self.zones.raised, WORST_SCORE)]

    def y(self, score: float) -> float:
        return self.top + self.depth * (1 - score / WORST_SCORE)

    def zone(self, score: float) -> Zone:
        return "ok" if score <= self.zones.low else "care" if score <= self.zones.raised else "stop"

    def bands(self) -> Iterator[str]:
        low, raised = self.zones.low + 0.5, self.zones.raised + 0.5  # between two scores
        for floor, ceiling, zone in ((0, low, "ok"), (low, raised, "care"), (raised, WORST_SCORE, "stop")):
            y, height = self.y(ceiling), self.y(floor) - self.y(ceiling)
            yield f'<rect class="z-{zone}" width="100%" y="{y:.1f}" height="{height:.1f}"/>'

    def mark(self, x: float, score: float, *, r: float, css: str = "") -> str:
        """Draws a circle, triangle or square by the zone, at x percent; `css` is a class more."""
        y, zone = self.y(score), self.zone(score)
        if zone == "ok":
            return f'<circle class="pt p-ok{css and f" {css}"}" cx="{x:.2f}%" cy="{y:.1f}" r="{r}"/>'
        triangle = f"M0 {-r * 1.25:.1f}L{r * 1.15:.1f} {r * 0.85:.1f}H{-r * 1.15:.1f}Z"
        square = f"M{-r} {-r}H{r}V{r}H{-r}Z"
        return shape(x, y, triangle if zone == "care" else square, css=f"pt p-{zone}{css and f' {css}'}")
