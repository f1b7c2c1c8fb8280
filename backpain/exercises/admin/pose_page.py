"""What the figure editor shows: the fields of a form in groups, each with what is wrong there, and the drawings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from backpain.exercises.admin.pose_form import BENT, LIKE_THE_NEAR_ONE, MOST, REACHING, FigureForm, Texts
from backpain.exercises.words.figures import FIELDS, ITEMS, PARTS, bad_words, fault_words, fields_of
from backpain.figures import BadFigure, Figure, animated, faults, figure_from, strip
from backpain.figures.data import ANGLE, FLOORS, KINDS, LENGTH, RADIUS, SHOWN, TURN
from backpain.figures.figure import BACK_TO_FRONT, LIMBS

AROUND = "around"  # the group of what belongs to no pose, arrow or prop
HELD = {
    BENT: _("by its angles"),
    REACHING: _("by where it reaches"),
    LIKE_THE_NEAR_ONE: _("like the near one"),
}
FLOOR_WORDS = {"mat": _("a mat"), "ground": _("the bare ground"), "above": _("a mat seen from above")}
KIND_WORDS = {"ball": _("ball"), "roller": _("roller")}

Choice = tuple[str, Any, bool]  # value, words, chosen


@dataclass(frozen=True)
class Measure:
    """How a kind of number is typed: what is allowed, its steps, and how far a slider goes to either side."""

    allowed: tuple[float, float]
    step: float
    reach: float


DEGREES = Measure(ANGLE, 1, 90)
PERCENT = Measure(LENGTH, 0.5, 25)
SIZE = Measure(RADIUS, 0.5, 15)
SEEN = Measure(SHOWN, 0.05, 0.8)
TURNED = Measure(TURN, 0.05, 1)

OF_THE_TRUNK = {
    "pelvis-0": PERCENT,
    "pelvis-1": PERCENT,
    "spine": DEGREES,
    "neck": DEGREES,
    "head": DEGREES,
    "bow": PERCENT,
    "depth": PERCENT,
    "turn": TURNED,
    "hips_turn": TURNED,
}
WORKED_OUT = {"hips_turn", "end"}  # where they are left blank
OF_AN_ARROW = dict.fromkeys(("start-0", "start-1", "end-0", "end-1", "bow"), PERCENT)
OF_A_PROP = {"x": PERCENT, "y": PERCENT, "radius": SIZE}


@dataclass(frozen=True)
class Wrong:
    """What is wrong, in which group of fields, and in which field where it is a single one."""

    group: str
    field: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Control:
    """A number with a slider that goes from `low` to `high`."""

    name: str
    label: Any
    text: str
    measure: Measure
    low: float
    high: float
    group: str
    is_wrong: bool
    may_be_blank: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """Fields that belong together. `name` is its id; `wrong` is what is wrong with them."""

    name: str
    title: Any
    wrong: Sequence[Wrong]
    controls: Sequence[Control]
    removes: str = ""
    kinds: Sequence[Choice] = ()


@dataclass(frozen=True, kw_only=True)
class LimbGroup(Group):
    """An arm or leg: `controls` are those of its end, `angles` and `place` the two ways to hold it."""

    held: Sequence[Choice]
    angles: Sequence[Control]
    place: Sequence[Control]
    shown: Sequence[Control]
    held_by: str


@dataclass(frozen=True, kw_only=True)
class PoseGroup:
    number: int
    index: int
    trunk: Group
    limbs: Sequence[LimbGroup]
    airborne: bool
    is_open: bool

    @property
    def copies(self) -> str:
        return f"copy:poses:{self.index}"

    @property
    def removes(self) -> str:
        return f"remove:poses:{self.index}"

    @property
    def wrong(self) -> int:
        return sum(len(group.wrong) for group in (self.trunk, *self.limbs))


@dataclass(frozen=True, kw_only=True)
class Board:
    """All fields of the editor. What may be added is not yet at its most."""

    poses: Sequence[PoseGroup]
    arrows: Sequence[Group]
    props: Sequence[Group]
    around: Group
    floors: Sequence[Choice]
    ghosts: Sequence[Choice]
    reached: Sequence[Choice]
    order: Sequence[tuple[str, Sequence[Choice]]]
    ticked: Mapping[str, bool]
    may_add: Mapping[str, bool]


@dataclass(frozen=True, kw_only=True)
class Drawings:
    """`moving` is the still until somebody lets it move."""

    moving: SafeString
    strip: SafeString


def drawings(figure: Figure, *, alt: str) -> Drawings:
    """Return what runners see of a figure; not kept, because the next one is only a slider away."""
    return Drawings(moving=mark_safe(animated(figure, alt=alt)), strip=mark_safe(strip(figure)))


def examined(data: Any) -> tuple[Figure | None, list[Wrong]]:
    """Return the figure that data are, None where they are none, and everything wrong with it."""
    try:
        figure = figure_from(data)
    except BadFigure as bad:
        return None, [Wrong(_group_of(bad.where), bad.where.replace(".", "-"), bad_words(bad))]
    found = [Wrong(f"poses-{each.pose - 1}-{each.part}", "", fault_words(each)) for each in faults(figure)]
    return figure, found


def _group_of(where: str) -> str:
    """Return the group of fields that shows a place in the data."""
    match where.split("."):
        case ["poses", number, part, *_rest] if part in LIMBS:
            return f"poses-{number}-{part}"
        case ["poses", number, *_rest]:
            return f"poses-{number}-trunk"
        case [("arrows" | "props") as kind, number, *_rest]:
            return f"{kind}-{number}"
    return AROUND


def board(form: FigureForm, wrong: Sequence[Wrong], *, opened: int | None = None) -> Board:
    """Return the fields of a form; the pose `opened`, or the first with something wrong, is unfolded."""
    page = _Page(wrong)
    in_poses = [int(each.group.split("-")[1]) for each in wrong if each.group.startswith("poses-")]
    unfolded = opened if opened is not None else next(iter(in_poses), 0)
    around = form.around
    count = len(form.poses)
    numbered = [(str(index), ITEMS["poses"] % {"number": index + 1}) for index in range(count)]
    return Board(
        poses=[page.pose(index, texts, is_open=index == unfolded) for index, texts in enumerate(form.poses)],
        arrows=[page.item("arrows", index, texts, OF_AN_ARROW) for index, texts in enumerate(form.arrows)],
        props=[page.item("props", index, texts, OF_A_PROP) for index, texts in enumerate(form.props)],
        around=Group(name=AROUND, title=_("The movement"), wrong=page.of(AROUND), controls=[]),
        floors=_choices([(floor, FLOOR_WORDS[floor]) for floor in FLOORS], around.get("floor")),
        ghosts=_choices(numbered, around.get("ghost")),
        reached=_choices([("", _("the last")), *numbered], around.get("reached")),
        order=[
            (name, _choices([(part, PARTS[part]) for part in BACK_TO_FRONT], around.get(name)))
            for name in (f"order-{place}" for place in range(len(BACK_TO_FRONT)))
        ],
        ticked={name: name in around for name in ("cycle", "on_the_spot")},
        may_add={kind: len(getattr(form, kind)) < most for kind, most in MOST.items()},
    )


class _Page:
    """Makes groups and knows what is wrong in each."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        self.wrong = wrong
        self.wrong_fields = {each.field for each in wrong}

    def of(self, group: str) -> list[Wrong]:
        return [each for each in self.wrong if each.group == group]

    def pose(self, index: int, texts: Texts, *, is_open: bool) -> PoseGroup:
        name = f"poses-{index}"
        trunk = Group(
            name=f"{name}-trunk",
            title=PARTS["trunk"],
            wrong=self.of(f"{name}-trunk"),
            controls=self.controls(name, f"{name}-trunk", texts, OF_THE_TRUNK),
        )
        return PoseGroup(
            number=index + 1,
            index=index,
            trunk=trunk,
            limbs=[self.limb(index, part, texts) for part in LIMBS],
            airborne="airborne" in texts,
            is_open=is_open,
        )

    def limb(self, index: int, part: str, texts: Texts) -> LimbGroup:
        name = f"poses-{index}-{part}"
        own = {
            key.removeprefix(f"{part}-"): text for key, text in texts.items() if key.startswith(f"{part}-")
        }
        ways = HELD if part.startswith("far_") else {way: HELD[way] for way in (BENT, REACHING)}
        held = own.get("held") if own.get("held") in ways else BENT

        def controls(*names: str, measure: Measure) -> list[Control]:
            return self.controls(name, name, own, dict.fromkeys(names, measure), fields_of(part))

        return LimbGroup(
            name=name,
            title=PARTS[part],
            wrong=self.of(name),
            held=_choices(ways.items(), held),
            held_by=held,
            angles=controls("upper", "lower", measure=DEGREES),
            place=controls("x", "y", measure=PERCENT),
            controls=controls("end", measure=DEGREES),
            shown=controls("shown-0", "shown-1", "shown-2", measure=SEEN),
        )

    def item(self, kind: str, index: int, texts: Texts, measures: Mapping[str, Measure]) -> Group:
        name = f"{kind}-{index}"
        kinds = [(each, KIND_WORDS[each]) for each in KINDS] if kind == "props" else []
        return Group(
            name=name,
            title=ITEMS[kind] % {"number": index + 1},
            wrong=self.of(name),
            controls=self.controls(name, name, texts, measures),
            removes=f"remove:{kind}:{index}",
            kinds=_choices(kinds, texts.get("kind")),
        )

    def controls(
        self,
        start: str,
        group: str,
        texts: Texts,
        measures: Mapping[str, Measure],
        words: Mapping[str, Promise] | None = None,
    ) -> list[Control]:
        labels = FIELDS | (words or {})
        return [
            Control(
                name=f"{start}-{name}",
                label=capfirst(str(labels[name.replace("-", ".")])),
                text=texts.get(name, ""),
                measure=measure,
                group=group,
                is_wrong=f"{start}-{name}" in self.wrong_fields,
                may_be_blank=name in WORKED_OUT,
                **_slider(texts.get(name, ""), measure),
            )
            for name, measure in measures.items()
        ]


def _slider(text: str, measure: Measure) -> dict[str, float]:
    """Return the ends of a slider: so far to either side of a number, of 0 where there is none."""
    least, most = measure.allowed
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    number = min(max(number, least), most) if math.isfinite(number) else max(0.0, least)
    return {"low": max(least, number - measure.reach), "high": min(most, number + measure.reach)}


def _choices(choices: Iterable[tuple[str, Any]], chosen: str | None) -> list[Choice]:
    return [(value, words, value == chosen) for value, words in choices]


def with_hidden_ways(form: FigureForm, figure: Figure) -> FigureForm:
    """Return a form whose limbs have, in the way they are not held, the numbers that come to the same."""
    drawn = FigureForm.of(figure)
    poses = []
    for texts, now in zip(form.poses, drawn.poses, strict=True):
        hidden = {f"{limb}-{name}" for limb in LIMBS for name in _hidden(texts.get(f"{limb}-held", BENT))}
        poses.append(texts | {name: now[name] for name in hidden})
    return replace(form, poses=poses)


def _hidden(held: str) -> tuple[str, ...]:
    angles, place = ("upper", "lower"), ("x", "y")
    return {BENT: place, REACHING: angles}.get(held, angles + place)
