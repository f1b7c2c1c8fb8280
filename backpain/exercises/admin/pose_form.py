"""The figure editor's form: a figure as texts in fields, and those texts as the data of a figure.

A field's name is its place in the data with dashes: "poses-0-near_arm-upper" is data["poses"][0]["near_arm"]["upper"].
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from backpain.figures import Figure
from backpain.figures.data import MOST_ARROWS, MOST_POSES, MOST_PROPS
from backpain.figures.figure import LIMBS, Arrow, Limb, Pose, Prop, Reaching
from backpain.figures.skeleton import Bones, Skeleton, skeleton_of

Texts = dict[str, str]

ITEM = re.compile(r"(poses|arrows|props)-(\d{1,2})-([\w-]+)", re.ASCII)
MOST = {"poses": MOST_POSES, "arrows": MOST_ARROWS, "props": MOST_PROPS}
BENT, REACHING, LIKE_THE_NEAR_ONE = "bent", "reaching", "like"

NEW = {
    "arrows": {"start-0": "20", "start-1": "30", "end-0": "30", "end-1": "40", "bow": "0"},
    "props": {"kind": "ball", "x": "0", "y": "15", "radius": "15"},
}
PARTS_IN_ORDER = 5


@dataclass(kw_only=True)
class FigureForm:
    """What stands in the fields. `around` is what belongs to no pose, arrow or prop; a box not ticked is not in it.

    Of a limb both its angles and its place are kept, so that it can be held the other way at any time.
    """

    poses: list[Texts] = field(default_factory=list)
    arrows: list[Texts] = field(default_factory=list)
    props: list[Texts] = field(default_factory=list)
    around: Texts = field(default_factory=dict)

    @classmethod
    def posted(cls, post: Mapping[str, str]) -> Self:
        """Return what was typed; more poses, arrows or props than one too many are left out."""
        items: dict[str, dict[int, Texts]] = {kind: {} for kind in MOST}
        around = {}
        for name, text in post.items():
            if found := ITEM.fullmatch(name):
                kind, number, inside = found.groups()
                items[kind].setdefault(int(number), {})[inside] = text
            else:
                around[name] = text
        in_order = {kind: [each for _, each in sorted(found.items())] for kind, found in items.items()}
        return cls(around=around, **{kind: found[: MOST[kind] + 1] for kind, found in in_order.items()})

    @classmethod
    def of(cls, figure: Figure) -> Self:
        """Return the form that a figure fills."""
        around = {
            "floor": figure.floor,
            "ghost": str(figure.ghost),
            "reached": "" if figure.reached is None else str(figure.reached),
            **_ticked(cycle=figure.cycle, on_the_spot=figure.on_the_spot),
            **{f"order-{place}": part for place, part in enumerate(figure.order)},
        }
        return cls(
            poses=[_texts_of_pose(pose) for pose in figure.poses],
            arrows=[_texts_of_arrow(arrow) for arrow in figure.arrows],
            props=[_texts_of_prop(prop) for prop in figure.props],
            around=around,
        )

    def data(self) -> dict[str, Any]:
        """Return the data that the texts describe; what is no number is left for figure_from to refuse."""
        around, places = self.around, range(PARTS_IN_ORDER)
        return {
            "poses": [_pose_data(texts) for texts in self.poses],
            "arrows": [_arrow_data(texts) for texts in self.arrows],
            "props": [_prop_data(texts) for texts in self.props],
            "floor": around.get("floor"),
            "order": [around.get(f"order-{place}") for place in places],
            "ghost": _number(around.get("ghost", "")),
            **_given(around, "reached"),
            **{name: name in around for name in ("cycle", "on_the_spot")},
        }

    def change(self, what: str) -> None:
        """Add, copy or remove a pose, an arrow or a prop: "add:arrows", "copy:poses:0", "remove:props:1"."""
        verb, _, rest = what.partition(":")
        kind, _, number = rest.partition(":")
        items: list[Texts] = getattr(self, kind) if kind in MOST else []
        at = int(number) if number.isdecimal() and len(number) < 3 else len(items) - 1
        if verb == "add" and kind in NEW:
            items.append(dict(NEW[kind]))
        elif verb in {"add", "copy"} and 0 <= at < len(items):
            items.insert(at + 1, dict(items[at]))
        elif verb == "remove" and 0 <= at < len(items):
            del items[at]
        if kind == "poses":
            self._renumber(at, -1 if verb == "remove" else 1)

    def _renumber(self, at: int, by: int) -> None:
        """Let ghost and the pose to reach be the poses they were; one that is gone is the first, or the last."""
        for name, else_ in (("ghost", "0"), ("reached", "")):
            pose = _number(self.around.get(name, ""))
            if pose == at and by < 0:
                self.around[name] = else_
            elif isinstance(pose, int) and pose > at:
                self.around[name] = str(pose + by)


def _ticked(**flags: bool) -> Texts:
    return {name: "on" for name, is_on in flags.items() if is_on}


def _texts_of_pose(pose: Pose) -> Texts:
    numbers = ("spine", "neck", "head", "bow", "depth", "turn")
    texts = {
        "pelvis-0": _text(pose.pelvis[0]),
        "pelvis-1": _text(pose.pelvis[1]),
        **{name: _text(getattr(pose, name)) for name in numbers},
        "hips_turn": _text(pose.hips_turn),
        **_ticked(airborne=pose.airborne),
    }
    skeleton = skeleton_of(pose)
    for name in LIMBS:
        texts |= {f"{name}-{key}": text for key, text in _texts_of_limb(pose, skeleton, name).items()}
    return texts


def _texts_of_limb(pose: Pose, skeleton: Skeleton, name: str) -> Texts:
    limb: Limb = getattr(pose, name)
    bones: Bones = getattr(skeleton, name)
    held = REACHING if isinstance(limb, Reaching) else BENT
    if name.startswith("far_") and limb == getattr(pose, name.replace("far_", "near_")):
        held = LIKE_THE_NEAR_ONE
    angles, place = (bones.upper, bones.lower), bones.tip
    return {
        "held": held,
        **{key: _text(round(angle, 1)) for key, angle in zip(("upper", "lower"), angles, strict=True)},
        **{key: _text(round(at, 1)) for key, at in zip(("x", "y"), place, strict=True)},
        **({"x": _text(limb.x), "y": _text(limb.y)} if isinstance(limb, Reaching) else {}),
        "end": _text(limb.end),
        **{f"shown-{bone}": _text(share) for bone, share in enumerate(limb.shown)},
    }


def _texts_of_arrow(arrow: Arrow) -> Texts:
    ends = {"start": arrow.start, "end": arrow.end}
    texts = {f"{end}-{axis}": _text(at) for end, point in ends.items() for axis, at in enumerate(point)}
    return texts | {"bow": _text(arrow.bow)}


def _texts_of_prop(prop: Prop) -> Texts:
    return {"kind": prop.kind, **{name: _text(getattr(prop, name)) for name in ("x", "y", "radius")}}


def _text(number: float | None) -> str:
    if number is None:
        return ""
    return str(int(number)) if float(number).is_integer() else str(number)


def _pose_data(texts: Texts) -> dict[str, Any]:
    limbs = {name: _limb_data(texts, name) for name in LIMBS if not _is_like_the_near_one(texts, name)}
    return {
        "pelvis": [_number(texts.get(f"pelvis-{axis}", "")) for axis in (0, 1)],
        **{name: _number(texts.get(name, "")) for name in ("spine", "neck", "head")},
        **_given(texts, "bow", "depth", "turn", "hips_turn"),
        "airborne": "airborne" in texts,
        **limbs,
    }


def _is_like_the_near_one(texts: Texts, name: str) -> bool:
    return name.startswith("far_") and texts.get(f"{name}-held") == LIKE_THE_NEAR_ONE


def _limb_data(texts: Texts, name: str) -> dict[str, Any]:
    own = {key.removeprefix(f"{name}-"): text for key, text in texts.items() if key.startswith(f"{name}-")}
    place = ("x", "y") if own.get("held") == REACHING else ("upper", "lower")
    shown = [_number(own.get(f"shown-{bone}", "")) for bone in (0, 1, 2)]
    return {
        **{key: _number(own.get(key, "")) for key in place},
        **_given(own, "end"),
        **({} if shown == [None] * 3 else {"shown": shown}),
    }


def _arrow_data(texts: Texts) -> dict[str, Any]:
    ends = {end: [_number(texts.get(f"{end}-{axis}", "")) for axis in (0, 1)] for end in ("start", "end")}
    return ends | _given(texts, "bow")


def _prop_data(texts: Texts) -> dict[str, Any]:
    numbers = {name: _number(texts.get(name, "")) for name in ("x", "y", "radius")}
    return {"kind": texts.get("kind")} | numbers


def _given(texts: Texts, *names: str) -> dict[str, Any]:
    """Return the numbers that may be left out, as far as they are there."""
    return {name: _number(texts[name]) for name in names if texts.get(name, "").strip()}


def _number(text: str) -> float | str | None:
    """Return a number; of what is none the text, and nothing for an empty field."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text.strip() or None
