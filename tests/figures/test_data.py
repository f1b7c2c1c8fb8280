"""Figures as data: what is read is what was written, and what is no figure is refused by place and code."""

import copy
import json
import math
from typing import Any

import pytest

from backpain.figures import BadFigure, data_of, figure_from, shipped, still
from backpain.figures.shipped import PATH, shipped_figures

SHIPPED = json.loads(PATH.read_text(encoding="utf-8"))


@pytest.mark.parametrize("slug", SHIPPED)
def test_comes_back_as_it_was(slug: str) -> None:
    figure = figure_from(SHIPPED[slug])

    assert data_of(figure) == SHIPPED[slug]
    assert figure_from(json.loads(json.dumps(data_of(figure)))) == figure


def test_a_pose_is_one_line_of_the_file() -> None:
    lines = PATH.read_text(encoding="utf-8").splitlines()

    assert sum('"pelvis"' in line for line in lines) == sum(len(each["poses"]) for each in SHIPPED.values())


def test_leaves_out_a_far_limb_held_like_the_near_one() -> None:
    figure = figure_from(SHIPPED["knee-plank"])

    assert "far_leg" not in SHIPPED["knee-plank"]["poses"][1]
    assert figure.poses[1].far_leg == figure.poses[1].near_leg


def test_knows_its_figures_by_slug() -> None:
    assert shipped("bird-dog") == shipped_figures()["bird-dog"]
    assert shipped("nobody-drew-this") is None


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the data of the bird dog with another value at a path; `...` takes it away."""
    data: Any = copy.deepcopy(SHIPPED["bird-dog"])
    *way, last = path.split(".")
    inner = data
    for key in way:
        inner = inner[int(key)] if isinstance(inner, list) else inner[key]
    if value is ...:
        del inner[last]
    elif isinstance(inner, list):
        inner[int(last)] = value
    else:
        inner[last] = value
    return data  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("path", "value", "where", "code"),
    [
        ("colour", "red", "colour", "unknown"),
        ("poses", ..., "poses", "missing"),
        ("poses", [], "poses", "too_few"),
        ("poses", SHIPPED["bird-dog"]["poses"] * 4, "poses", "too_many"),
        ("poses", {}, "poses", "not_a_list"),
        ("poses.1", 7, "poses.1", "not_an_object"),
        ("poses.1.spine", ..., "poses.1.spine", "missing"),
        ("poses.1.spine", "9", "poses.1.spine", "not_a_number"),
        ("poses.1.spine", True, "poses.1.spine", "not_a_number"),
        ("poses.1.spine", None, "poses.1.spine", "not_a_number"),
        ("poses.1.spine", math.nan, "poses.1.spine", "not_a_number"),
        ("poses.1.spine", math.inf, "poses.1.spine", "not_a_number"),
        ("poses.1.spine", 10**400, "poses.1.spine", "out_of_range"),
        ("poses.1.spine", 541, "poses.1.spine", "out_of_range"),
        ("poses.1.spine", -361, "poses.1.spine", "out_of_range"),
        ("poses.1.pelvis", [0], "poses.1.pelvis", "too_few"),
        ("poses.1.pelvis.1", 121, "poses.1.pelvis.1", "out_of_range"),
        ("poses.1.turn", 1.1, "poses.1.turn", "out_of_range"),
        ("poses.1.airborne", 1, "poses.1.airborne", "not_yes_or_no"),
        ("poses.1.near_arm", [1, 2], "poses.1.near_arm", "not_an_object"),
        ("poses.1.near_arm", {"x": 1}, "poses.1.near_arm.y", "missing"),
        ("poses.1.near_arm", {"x": 1, "y": 2, "upper": 3}, "poses.1.near_arm.upper", "unknown"),
        ("poses.1.near_leg.upper", 1000, "poses.1.near_leg.upper", "out_of_range"),
        ("poses.1.near_leg.shown", [1, 1], "poses.1.near_leg.shown", "too_few"),
        ("poses.1.near_leg.shown", [0.1, 1, 1], "poses.1.near_leg.shown.0", "out_of_range"),
        ("arrows", [SHIPPED["bird-dog"]["arrows"][0]] * 7, "arrows", "too_many"),
        ("arrows.0.end", ..., "arrows.0.end", "missing"),
        ("props", [{}] * 5, "props", "too_many"),
        ("props", [{"kind": "anvil", "x": 0, "y": 1, "radius": 2}], "props.0.kind", "not_a_choice"),
        ("props", [{"kind": "ball", "x": 0, "y": 1, "radius": 0}], "props.0.radius", "out_of_range"),
        ("props", [{"kind": ["ball"], "x": 0, "y": 1, "radius": 2}], "props.0.kind", "not_a_choice"),
        ("floor", "water", "floor", "not_a_choice"),
        ("order", ["trunk"] * 5, "order", "not_a_choice"),
        ("order", ["trunk"], "order", "too_few"),
        ("ghost", 2, "ghost", "out_of_range"),
        ("reached", -1, "reached", "out_of_range"),
        ("reached", 1.0, "reached", "not_a_number"),
        ("cycle", "yes", "cycle", "not_yes_or_no"),
    ],
)
def test_refuses_what_is_no_figure(path: str, value: Any, where: str, code: str) -> None:
    with pytest.raises(BadFigure) as refused:
        figure_from(changed(path, value))

    assert (refused.value.where, refused.value.code) == (where, code)


@pytest.mark.parametrize("data", [None, [], "figure", 7])
def test_refuses_what_is_no_object(data: Any) -> None:
    with pytest.raises(BadFigure) as refused:
        figure_from(data)

    assert (refused.value.where, refused.value.code) == ("", "not_an_object")


@pytest.mark.parametrize("bound", [-120, 120])
@pytest.mark.parametrize("angle", [-360, 540])
def test_draws_whatever_it_accepts(bound: float, angle: float) -> None:
    limb = {"upper": angle, "lower": angle, "end": angle, "shown": [0.2, 0.2, 0.2]}
    pose = {
        "pelvis": [bound, bound], "spine": angle, "neck": angle, "head": angle, "bow": bound, "depth": bound,
        "near_arm": limb, "near_leg": {"x": bound, "y": bound},
    }  # fmt: skip
    arrow = {"start": [bound, bound], "end": [bound, bound], "bow": bound}

    assert "nan" not in still(figure_from({"poses": [pose, pose], "arrows": [arrow]}), alt="")
