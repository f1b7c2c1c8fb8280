import re

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db.models import Count

from backpain.accounts.roles import RIGHTS
from backpain.coach.ladders import Rung as CoachRung
from backpain.exercises.actions import load_catalogue
from backpain.exercises.models import Article, Dose, Exercise, Ladder, Rung, Source
from backpain.exercises.queries import coach_catalogue
from backpain.exercises.shipped import shipped_catalogue, shipped_entries
from tests.exercises.seed_facts import B_NUMBERS, EXERCISES, LADDERS

pytestmark = pytest.mark.usefixtures("catalogue")


def _pair(low, high):
    return None if low is None else (low, high)


def _given(exercise):
    return {
        dose.source.slug: (
            _pair(dose.sets_min, dose.sets_max),
            _pair(dose.low, dose.high),
            dose.unit,
            _pair(dose.hold_s_min, dose.hold_s_max),
        )
        for dose in exercise.doses.select_related("source")
    }


def test_has_every_exercise_of_the_articles_and_no_other():
    assert set(Exercise.objects.values_list("slug", flat=True)) == set(EXERCISES)
    assert len(EXERCISES) == 35


@pytest.mark.parametrize("slug", EXERCISES)
def test_has_each_exercise_with_its_doses_by_source(slug):
    exercise = Exercise.objects.get(slug=slug)

    assert (exercise.kind, exercise.per_side, exercise.equipment, _given(exercise)) == EXERCISES[slug]


@pytest.mark.parametrize("slug", EXERCISES)
def test_says_why_how_and_when_to_stop(slug):
    exercise = Exercise.objects.get(slug=slug)

    assert exercise.purpose and exercise.stop_note
    assert 3 <= len(exercise.steps) <= 6
    assert all(len(step) <= 90 for step in exercise.steps)


@pytest.mark.parametrize("slug", EXERCISES)
def test_names_mistakes_one_can_see_and_the_muscles(slug):
    exercise = Exercise.objects.get(slug=slug)

    assert 1 <= len(exercise.common_mistakes) <= 4
    assert all(len(line) <= 60 and line.endswith(".") for line in exercise.common_mistakes)
    assert not any(re.search(r"\byou(r)?\b", line, re.IGNORECASE) for line in exercise.common_mistakes)
    assert exercise.muscles


def test_names_a_swap_without_equipment_from_the_same_family_for_what_needs_some():
    swaps = {each.slug: each.swap for each in Exercise.objects.exclude(equipment="").select_related("swap")}

    assert {slug: swap.slug for slug, swap in swaps.items()} == {
        "ball-back-extension": "locust-pose",
        "ball-reverse-leg-raise": "locust-pose",
        "back-roller": "yoga",
    }
    assert all(not swap.equipment for swap in swaps.values())
    assert all(Exercise.objects.get(slug=slug).family == swap.family for slug, swap in swaps.items())
    assert not Exercise.objects.filter(equipment="", swap__isnull=False).exists()


def test_keeps_the_numbers_of_source_b():
    numbers = Dose.objects.exclude(number=None).values_list("exercise__slug", "number")

    assert dict(numbers) == B_NUMBERS


def test_marks_the_two_exercises_of_the_project():
    own = Exercise.objects.exclude(doses__source__slug__in="ABCDE").values_list("slug", flat=True)

    assert set(own) == {"knee-plank", "modified-side-plank"}


@pytest.mark.parametrize("slug", LADDERS)
def test_has_each_ladder_easy_to_hard(slug):
    rungs = Rung.objects.filter(ladder__slug=slug).order_by("position")

    assert list(rungs.values_list("exercise__slug", "unit", "sets", "start", "step", "cap")) == LADDERS[slug]


def test_has_the_ladders_in_the_order_a_runner_tries_them():
    """B's order of difficulty, by each ladder's first exercise; the ladders B does not know come last."""
    assert list(Ladder.objects.order_by("position").values_list("slug", flat=True)) == list(LADDERS)


def test_holds_the_five_articles_and_the_project_as_sources_of_doses():
    sources = Source.objects.filter(doses__isnull=False).distinct()

    assert list(sources.order_by("slug").values_list("slug", flat=True)) == list("ABCDEP")


def test_never_prescribes_a_repetition_held_over_ten_seconds():
    held = Rung.objects.exclude(hold_s=None).values_list("exercise__slug", "hold_s")

    assert dict(held) == {"glute-bridge": 3, "bird-dog": 5, "superman": 3, "superman-hold": 5}


def test_would_pass_the_curators_form():
    for row in [*Source.objects.all(), *Exercise.objects.all(), *Dose.objects.all(), *Ladder.objects.all()]:
        row.full_clean()
    for rung in Rung.objects.all():
        rung.full_clean()


def test_fills_an_empty_database_and_says_so(capsys):
    for table in (Ladder, Article, Exercise, Source):
        table._base_manager.all().delete()

    call_command("load_catalogue")

    said = capsys.readouterr().out
    assert said == "86 added; 0 changed; 0 kept as curators edited them; 0 unchanged.\n"
    assert coach_catalogue() == shipped_catalogue()


def test_changes_nothing_the_second_time(capsys):
    rows = list(Rung.objects.order_by("pk").values())

    call_command("load_catalogue")

    said = capsys.readouterr().out
    assert said == "0 added; 0 changed; 0 kept as curators edited them; 86 unchanged.\n"
    assert list(Rung.objects.order_by("pk").values()) == rows


def test_keeps_what_a_curator_edited_and_says_so(capsys):
    Exercise.objects.filter(slug="bird-dog").update(purpose="Carol's words.")
    Rung.objects.filter(exercise__slug="locust-pose").delete()

    call_command("load_catalogue")

    said = capsys.readouterr().out
    assert "2 kept as curators edited them: exercise bird-dog, ladder back-extension; 84 unchanged." in said
    assert Exercise.objects.get(slug="bird-dog").purpose == "Carol's words."
    assert not Rung.objects.filter(exercise__slug="locust-pose").exists()


def test_brings_a_new_shipped_version_to_rows_nobody_edited():
    entries = shipped_entries()
    bird_dog = next(entry for entry in entries["exercises"] if entry["slug"] == "bird-dog")
    bird_dog["doses"][1]["high"] = 9
    front_plank = next(entry for entry in entries["ladders"] if entry["slug"] == "front-plank")
    front_plank["rungs"] = [front_plank["rungs"][1], front_plank["rungs"][0], *front_plank["rungs"][2:]]

    loaded = load_catalogue(entries=entries)

    assert loaded["changed"] == ["exercise bird-dog", "ladder front-plank"]
    assert Dose.objects.get(exercise__slug="bird-dog", source__slug="D").high == 9
    first = Rung.objects.get(ladder__slug="front-plank", position=1)
    assert first.exercise.slug == "forearm-plank"


def test_keeps_a_curators_edit_against_a_new_shipped_version():
    Source.objects.filter(slug="D").update(url="https://example.org/d")
    entries = shipped_entries()
    next(entry for entry in entries["sources"] if entry["slug"] == "D")["remark"] = "New."

    loaded = load_catalogue(entries=entries)

    assert loaded["kept"] == ["source D"]
    assert Source.objects.get(slug="D").remark == ""


NEWER = {"mistakes": "", "muscles": "", "swap": None}


def as_before_mistakes(**edited):
    """Put all exercises back to what an older version loaded: without the fields that came later."""
    for exercise in Exercise.objects.all():
        exercise.shipped = {name: value for name, value in exercise.shipped.items() if name not in NEWER}
        exercise.save()
    Exercise.objects.update(**NEWER)
    Exercise.objects.filter(slug="bird-dog").update(**edited)


def test_brings_new_fields_to_rows_an_older_version_loaded():
    entries = shipped_entries()
    as_before_mistakes()

    loaded = load_catalogue(entries=entries)

    assert len(loaded["changed"]) == 35
    assert loaded["kept"] == []
    assert Exercise.objects.get(slug="ball-back-extension").swap.slug == "locust-pose"
    assert Exercise.objects.get(slug="bird-dog").common_mistakes[0] == "The lower back arches."
    assert load_catalogue(entries=entries)["changed"] == []


@pytest.mark.parametrize(
    "edited",
    [{"purpose": "Carol's words."}, {"mistakes": "Carol saw this."}, {"muscles": "Carol's muscles"}],
    ids=["an old field", "mistakes", "muscles"],
)
def test_keeps_what_a_curator_edited_in_a_row_an_older_version_loaded(edited):
    as_before_mistakes(**edited)

    loaded = load_catalogue(entries=shipped_entries())

    assert loaded["kept"] == ["exercise bird-dog"]
    assert len(loaded["changed"]) == 34
    assert Exercise.objects.filter(slug="bird-dog", **edited).exists()


def test_keeps_a_curators_swap():
    superman = Exercise.objects.get(slug="superman")
    Exercise.objects.filter(slug="ball-back-extension").update(swap=superman)

    assert load_catalogue(entries=shipped_entries())["kept"] == ["exercise ball-back-extension"]


def test_refuses_a_swap_that_is_nowhere():
    entries = shipped_entries()
    next(entry for entry in entries["exercises"] if entry["slug"] == "yoga")["swap"] = "nowhere"

    with pytest.raises(KeyError):
        load_catalogue(entries=entries)


def test_leaves_a_curators_own_exercise_alone(capsys):
    exercise = Exercise.objects.get(slug="bird-dog")
    exercise.pk, exercise.slug, exercise.name, exercise.shipped = None, "carols-own", "Carol's own", None
    exercise.save()

    call_command("load_catalogue")

    assert "86 unchanged" in capsys.readouterr().out
    assert Exercise.objects.filter(slug="carols-own").exists()


def test_brings_back_a_deleted_exercise_and_names_it(capsys):
    Exercise.objects.get(slug="yoga").delete()

    call_command("load_catalogue")

    assert "1 added: exercise yoga;" in capsys.readouterr().out


def test_stores_nothing_when_an_entry_is_wrong():
    entries = shipped_entries()
    entries["sources"][0]["remark"] = "New."
    entries["ladders"][0]["rungs"][0]["exercise"] = "nowhere"

    with pytest.raises(KeyError):
        load_catalogue(entries=entries)

    assert Source.objects.get(slug="A").remark != "New."


def test_gives_each_role_its_rights():
    counted = dict(Group.objects.values_list("name", Count("permissions")))

    assert counted == {role.value: len(rights) for role, rights in RIGHTS.items()}


def test_gives_the_coach_the_same_catalogue_as_the_file(django_assert_num_queries):
    with django_assert_num_queries(1):
        stored = coach_catalogue()

    assert stored == shipped_catalogue()


def test_gives_the_coach_what_the_rules_ask_of_a_rung():
    ladders = {ladder.slug: ladder for ladder in shipped_catalogue().ladders}

    assert ladders["bridge"].rungs[0] == CoachRung(
        exercise="glute-bridge",
        unit="reps",
        sets=3,
        start=10,
        step=2,
        cap=15,
        late_from=12,
        late_step=1,
        hold_s=3,
    )
    assert [rung.impact for rung in ladders["single-leg"].rungs] == [False, False, False, False, True]
    assert ladders["back-extension"].rungs[-1].equipment == "stability-ball"
    assert {slug for slug, ladder in ladders.items() if ladder.legs} == {
        "single-leg",
        "hip-abductor",
        "lunge",
    }


def test_counts_mobility_and_daily_life_as_no_strength():
    catalogue = shipped_catalogue()

    assert catalogue.mobility == {"cat-cow", "lying-figure-4", "supine-twist", "hip-flexor-stretch"}
    assert len(catalogue.strength) == 28
    assert not catalogue.strength & {"yoga", "walking-break", "back-roller", *catalogue.mobility}
