"""From a figure to SVG: what lies around, where the movement starts as a ghost, the body, where it goes as arrows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from backpain.figures.body import Shape, body, silhouette
from backpain.figures.figure import Arrow, Figure, Prop
from backpain.figures.motion import SECONDS, TIMES, frames
from backpain.figures.outline import SCALE, Outline, Pen, disc
from backpain.figures.plane import Point, left_of, moved, step, unit

# In percent of body height, like every length here.
THICK = {"mat": 1.6, "ground": 0.7}
MAT_FROM_ABOVE = 30.0
BEYOND_THE_BODY = 2.5
MARGIN = 2.0
UPRIGHT, TALL = 0.8, 1.3  # height for width from which a figure needs a higher panel
ARROW_HEAD, HALF_ARROW_HEAD = 4.0, 2.3
NUMBER = 7.0  # height of the line a number stands on
CORE = 0.45  # radius of a roller's hole, as a share of its own
PIXELS = 0.32  # for each SVG unit, where nothing makes the drawing smaller

Box = tuple[float, float, float, float]  # left, bottom, right, top


def still(figure: Figure, *, alt: str) -> str:
    """Return the drawing of a figure in the pose to reach, with the start as a ghost and the way as arrows.

    Without `alt` it is decoration and hidden from screen readers.
    """
    reached = body(figure.poses[figure.reached_at], figure.order)
    ghost, arrows = _way(figure)
    return _drawing(figure, alt, ghost + _paths(reached) + arrows, _around(figure))


def animated(figure: Figure, *, alt: str) -> str:
    """Return the drawing of `still` that shows the movement once something begins its animations.

    They run twice and end where they began, in the pose to reach; a figure of one pose is a still.
    """
    if len(figure.poses) == 1:
        return still(figure, alt=alt)
    times, poses = frames(figure)
    ghost, arrows = _way(figure)
    shapes = zip(*(body(pose, figure.order) for pose in poses), strict=True)
    moving = "".join(_moving(each, times) for each in shapes)
    return _drawing(figure, alt, ghost + moving + arrows, _around(figure))


def strip(figure: Figure, *, alts: Sequence[str] = ()) -> str:
    """Return the key poses as numbered drawings side by side, all in one frame; `alts` has words for each."""
    around = [point for pose in figure.poses for point in bounds(body(pose, figure.order))]
    around += [point for outline, _ in _props(figure) for point in outline.bounds]
    left, _, _, top = _box(around)
    number = (left, top + NUMBER / 4)
    around.append((left, top + NUMBER))
    words = [*alts, *("" for _ in figure.poses[len(alts) :])]
    steps = (
        _drawing(figure, alt, _paths(body(pose, figure.order)) + _number(count, number), around)
        for count, (pose, alt) in enumerate(zip(figure.poses, words, strict=True), start=1)
    )
    return f'<div class="fig-strip">{"".join(steps)}</div>'


def bounds(shapes: Iterable[Shape]) -> list[Point]:
    """Return points around which a box holds the shapes."""
    return [point for shape in shapes for point in shape.outline.bounds]


def _drawing(figure: Figure, alt: str, content: str, around: Iterable[Point]) -> str:
    """Return a whole drawing: content over what lies around, in a frame that holds the points."""
    points = list(around)
    floor = _floor(figure, _box(points))
    props = "".join(_path(outline, looks) for outline, looks in _props(figure))
    label = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    frame = _frame(_box([*points, floor[:2], floor[2:]]))
    looks = "mat above" if figure.floor == "above" else figure.floor
    return f"<svg {frame} {label}>{_rectangle(floor, looks)}{props}{content}</svg>"


def _around(figure: Figure) -> list[Point]:
    """Return points that hold everything a figure shows, in the still and while it moves."""
    points = [point for pose in frames(figure)[1] for point in bounds(body(pose, figure.order))]
    parts = [*_props(figure), *(part for arrow in figure.arrows for part in _arrow(arrow))]
    return points + [point for outline, _ in parts for point in outline.bounds]


def _way(figure: Figure) -> tuple[str, str]:
    """Return where the movement starts, as one shape of one colour, and its arrows."""
    ghost, reached = figure.poses[figure.ghost], figure.poses[figure.reached_at]
    outlines = [] if ghost == reached else silhouette(ghost, beside=reached)
    start = f'<path class="ghost" d="{"".join(outline.path for outline in outlines)}"/>' if outlines else ""
    return start, "".join(_path(*part) for arrow in figure.arrows for part in _arrow(arrow))


def _paths(shapes: Iterable[Shape]) -> str:
    return "".join(_path(shape.outline, _looks(shape)) for shape in shapes)


def _moving(shapes: Sequence[Shape], times: Sequence[float]) -> str:
    """Return one part of the body through all poses; what does not move is drawn once."""
    path = shapes[0].outline.path
    if all(shape.outline.path == path for shape in shapes):
        return _path(shapes[0].outline, _looks(shapes[0]))
    values = ";".join(shape.outline.path for shape in shapes)
    key_times = ";".join(f"{time:.3g}".removeprefix("0") or "0" for time in times)
    return (
        f'<path class="{_looks(shapes[0])}" d="{path}"><animate attributeName="d" begin="indefinite"'
        f' dur="{SECONDS}s" repeatCount="{TIMES}" keyTimes="{key_times}" values="{values}"/></path>'
    )


def _looks(shape: Shape) -> str:
    return f"{shape.material} far" if shape.far else shape.material


def _path(outline: Outline, looks: str) -> str:
    return f'<path class="{looks}" d="{outline.path}"/>'


def _props(figure: Figure) -> list[tuple[Outline, str]]:
    return [part for prop in figure.props for part in _prop(prop)]


def _prop(prop: Prop) -> list[tuple[Outline, str]]:
    middle = (prop.x, prop.y)
    core = [(disc((middle, CORE * prop.radius)), "core")] if prop.kind == "roller" else []
    return [(disc((middle, prop.radius)), prop.kind), *core]


def _box(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _floor(figure: Figure, box: Box) -> Box:
    left, right = box[0] - BEYOND_THE_BODY, box[2] + BEYOND_THE_BODY
    if figure.floor == "above":
        return left, -MAT_FROM_ABOVE / 2, right, MAT_FROM_ABOVE / 2
    return left, -THICK[figure.floor], right, 0


def _frame(box: Box) -> str:
    """Return class, size and viewBox: every figure is drawn to the same scale."""
    left, bottom, right, top = box
    wide, high = right - left + 2 * MARGIN, top - bottom + 2 * MARGIN
    shape = high / wide
    looks = "fig tall" if shape > TALL else "fig upright" if shape > UPRIGHT else "fig"
    x, y, width, height = (round(side * SCALE) for side in (left - MARGIN, -top - MARGIN, wide, high))
    size = f'width="{round(width * PIXELS)}" height="{round(height * PIXELS)}"'
    return f'class="{looks}" {size} viewBox="{x} {y} {width} {height}"'


def _rectangle(box: Box, looks: str) -> str:
    left, bottom, right, top = (round(side * SCALE) for side in box)
    return (
        f'<rect class="{looks}" x="{left}" y="{-top}" width="{right - left}" height="{top - bottom}"'
        f' rx="{round(min(0.8 * SCALE, (top - bottom) / 2))}"/>'
    )


def _number(count: int, place: Point) -> str:
    return f'<text class="number" x="{round(place[0] * SCALE)}" y="{round(-place[1] * SCALE)}">{count}</text>'


def _arrow(arrow: Arrow) -> tuple[tuple[Outline, str], tuple[Outline, str]]:
    """Return a curved line and the head it ends in."""
    way = step(arrow.start, arrow.end)
    middle = moved(moved(arrow.start, way, 0.5), left_of(unit(way)), arrow.bow)
    ahead = unit(step(middle, arrow.end))
    foot, inside = (moved(arrow.end, ahead, -back) for back in (ARROW_HEAD, ARROW_HEAD / 2))
    corners = [moved(foot, left_of(ahead), side) for side in (HALF_ARROW_HEAD, -HALF_ARROW_HEAD)]
    line = Pen(arrow.start).bend(middle, inside).data
    head = Pen(arrow.end).line(corners[0]).line(corners[1]).close()
    return (
        (Outline(line, (arrow.start, middle)), "arrow"),
        (Outline(head, (arrow.end, *corners)), "arrow-head"),
    )
