"""From a figure to SVG: the mat, where the movement starts as a ghost, the body, where it goes as arrows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape

from backpain.figures.body import Shape, body
from backpain.figures.outline import SCALE, Outline, disc, number, place
from backpain.figures.plane import Point, left_of, moved, step, unit
from backpain.figures.poses import FIGURES, Arrow

# In percent of body height, like every length here.
MAT = 1.6
MAT_FROM_ABOVE = 30.0
BEYOND_THE_BODY = 2.5
MARGIN = 2.0
UPRIGHT = 0.8  # a figure at least so high for its width needs a higher panel
ARROW_HEAD, HALF_ARROW_HEAD = 4.0, 2.3

Box = tuple[float, float, float, float]  # left, bottom, right, top


def still(slug: str, *, alt: str) -> str | None:
    """Return the drawing of an exercise in its last pose, or None where there is none.

    Without `alt` it is decoration and hidden from screen readers.
    """
    if slug not in FIGURES:
        return None
    frame, drawing = _drawn(slug)
    label = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    return f"<svg {frame} {label}>{drawing}</svg>"


def bounds(shapes: Iterable[Shape]) -> list[Point]:
    """Return points around which a box holds the shapes."""
    return [point for shape in shapes for point in shape.outline.bounds]


@cache
def _drawn(slug: str) -> tuple[str, str]:
    """Return the attributes of a drawing's frame, and its content."""
    figure = FIGURES[slug]
    *ghosts, reached = [body(pose) for pose in figure.poses]
    balls = [disc(ball) for ball in figure.balls]
    arrows = [part for arrow in figure.arrows for part in _arrow(arrow)]
    around = bounds([*(shape for ghost in ghosts for shape in ghost), *reached])
    mat = _mat(_box(around), from_above=figure.from_above)
    drawing = [
        *(_path(ball, "ball") for ball in balls),
        _rounded(mat, "mat from-above" if figure.from_above else "mat"),
        *(f'<g class="ghost">{"".join(_path(shape.outline) for shape in ghost)}</g>' for ghost in ghosts),
        *(
            _path(shape.outline, f"{shape.material} far" if shape.far else shape.material)
            for shape in reached
        ),
        *(_path(part, looks) for part, looks in arrows),
    ]
    around += [mat[:2], mat[2:], *(point for part, _ in arrows for point in part.bounds)]
    return _frame(_box(around)), "".join(drawing)


def _box(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _mat(box: Box, *, from_above: bool) -> Box:
    left, right = box[0] - BEYOND_THE_BODY, box[2] + BEYOND_THE_BODY
    if from_above:
        return left, -MAT_FROM_ABOVE / 2, right, MAT_FROM_ABOVE / 2
    return left, -MAT, right, 0


def _frame(box: Box) -> str:
    """Return class, size and viewBox: every figure is drawn to the same scale."""
    left, bottom, right, top = box
    wide, high = right - left + 2 * MARGIN, top - bottom + 2 * MARGIN
    looks = "fig upright" if high > UPRIGHT * wide else "fig"
    x, y, width, height = (number(side * SCALE) for side in (left - MARGIN, -top - MARGIN, wide, high))
    return f'class="{looks}" width="{width}" height="{height}" viewBox="{x} {y} {width} {height}"'


def _path(outline: Outline, looks: str = "") -> str:
    return f'<path{f' class="{looks}"' if looks else ""} d="{outline.path}"/>'


def _rounded(box: Box, looks: str) -> str:
    left, bottom, right, top = (side * SCALE for side in box)
    return (
        f'<rect class="{looks}" x="{number(left)}" y="{number(-top)}" width="{number(right - left)}"'
        f' height="{number(top - bottom)}" rx="{number(MAT / 2 * SCALE)}"/>'
    )


def _arrow(arrow: Arrow) -> tuple[tuple[Outline, str], tuple[Outline, str]]:
    """Return a curved line and the head it ends in."""
    way = step(arrow.start, arrow.end)
    middle = moved(moved(arrow.start, way, 0.5), left_of(unit(way)), arrow.bow)
    ahead = unit(step(middle, arrow.end))
    foot, inside = (moved(arrow.end, ahead, -back) for back in (ARROW_HEAD, ARROW_HEAD / 2))
    corners = [moved(foot, left_of(ahead), side) for side in (HALF_ARROW_HEAD, -HALF_ARROW_HEAD)]
    line = f"M{place(arrow.start)}Q{place(middle)} {place(inside)}"
    head = f"M{place(arrow.end)}L{place(corners[0])}L{place(corners[1])}Z"
    return (
        (Outline(line, (arrow.start, middle)), "arrow"),
        (Outline(head, (arrow.end, *corners)), "arrow-head"),
    )
