"""Drafts, reviews and what comes into use: two people, every check, nothing lost."""

import datetime as dt

import pytest

from backpain.exercises import publishing
from backpain.exercises.curated import State
from backpain.exercises.models import Article, Exercise, Ladder, Rung
from backpain.exercises.publishing import NotAllowed
from backpain.exercises.queries import coach_catalogue, entry_of
from backpain.exercises.shipped import shipped_catalogue
from backpain.plan.models import Placement
from tests.conftest import NOON
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def rita(db):
    """A reviewer."""
    return UserFactory(email="rita@example.org", is_staff=True)


def drafted(of, by, **changes):
    """Return a draft of a row, saved by somebody with these changes."""
    draft = publishing.start_draft(of=of, by=by, now=NOON)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.skip_history_when_saving = True
    draft.save()
    del draft.skip_history_when_saving
    publishing.save_draft(draft=draft, by=by, now=NOON)
    draft.refresh_from_db()
    return draft


def released(draft, by, reason="Better words."):
    """Return the row in use after somebody has reviewed and published a draft."""
    publishing.mark_reviewed(draft=draft, by=by, now=NOON, figure_looked_at=True)
    return publishing.publish(draft=draft, by=by, now=NOON, reason=reason)


def exercise(slug):
    return Exercise.objects.get(slug=slug)


def ladder(slug):
    return Ladder.objects.get(slug=slug)


def stands(runner, on, target=20):
    rung = Rung.objects.get(exercise__slug=on)
    return Placement.objects.create(
        runner=runner,
        ladder=rung.ladder,
        exercise=rung.exercise,
        sets=2,
        target=target,
        unit=rung.unit,
        from_on=dt.date(2026, 3, 2),
    )


def test_a_draft_reads_like_what_it_is_a_draft_of(carol):
    for row in (exercise("forearm-plank"), ladder("front-plank"), Article.objects.first()):
        draft = publishing.start_draft(of=row, by=carol, now=NOON)

        assert entry_of(draft) == entry_of(row)
        assert (draft.state, draft.draft_of_id) == (State.DRAFT, row.pk)


def test_there_is_one_draft_at_a_time(carol, rita):
    first = publishing.start_draft(of=exercise("yoga"), by=carol, now=NOON)

    assert publishing.start_draft(of=exercise("yoga"), by=rita, now=NOON) == first


def test_runners_meet_no_draft(carol, as_alice, at_noon):
    pages = ["/exercises/", "/exercises/?by=purpose", "/exercises/?q=plank", "/exercises/forearm-plank/"]
    pages += ["/learn/", "/start/", "/help/when-to-get-help/", "/sessions/new/", "/exercises/yoga/yours/"]
    before = {page: _lines(as_alice.get(page)) for page in pages}

    for row in [*Exercise.objects.all(), *Article.objects.all()]:
        drafted(row, carol, purpose="Draft words.", summary="Draft words.", warm_up=True)
    for row in Ladder.objects.all():
        draft = drafted(row, carol, name=f"Draft of {row.name}")
        draft.rungs.filter(position=1).delete()
    Exercise.objects.create(slug="new", name="New plank", category="lifestyle", kind="flow", unit="min")

    assert coach_catalogue() == shipped_catalogue()
    for page, content in before.items():
        assert _lines(as_alice.get(page)) == content
    assert as_alice.get("/exercises/new/").status_code == 404


def _lines(page):
    """Return the lines of a page but for what is made anew each time."""
    lines = page.content.decode().splitlines()
    return [line for line in lines if "csrf" not in line.casefold() and 'name="id"' not in line]


def test_two_people_bring_a_draft_into_use(carol, rita):
    draft = drafted(exercise("yoga"), carol, purpose="Carol's words.")

    row = released(draft, rita)

    assert exercise("yoga").purpose == "Carol's words."
    assert (row.edited_by, row.reviewed_by, row.published_by) == (carol, rita, rita)
    assert row.reviewed_at == row.published_at == NOON
    assert not Exercise.desk.filter(draft_of=row).exists()
    newest = row.history.first()
    assert (newest.history_user, newest.history_change_reason) == (rita, "Better words.")
    assert newest.entry["purpose"] == "Carol's words."


def test_nobody_reviews_or_publishes_what_they_edited(carol, rita):
    draft = drafted(exercise("yoga"), carol, purpose="Carol's words.")
    publishing.save_draft(draft=draft, by=rita, now=NOON)
    dora = UserFactory(email="dora@example.org")

    for editor in (carol, rita):
        with pytest.raises(NotAllowed, match="You have edited this draft"):
            publishing.mark_reviewed(draft=draft, by=editor, now=NOON)
    publishing.mark_reviewed(draft=draft, by=dora, now=NOON)
    for editor in (carol, rita):
        with pytest.raises(NotAllowed, match="You have edited this draft"):
            publishing.publish(draft=draft, by=editor, now=NOON, reason="")
    assert exercise("yoga").purpose != "Carol's words."


def test_an_edit_voids_the_review(carol, rita):
    draft = drafted(exercise("yoga"), carol, purpose="Carol's words.")
    publishing.mark_reviewed(draft=draft, by=rita, now=NOON)
    publishing.save_draft(draft=draft, by=carol, now=NOON)

    with pytest.raises(NotAllowed, match="not been reviewed"):
        publishing.publish(draft=draft, by=rita, now=NOON, reason="")


def test_a_changed_figure_is_looked_at_again(carol, rita):
    figure = exercise("bird-dog").figure
    draft = drafted(exercise("dead-bug"), carol, figure=figure)

    with pytest.raises(NotAllowed) as refused:
        publishing.mark_reviewed(draft=draft, by=rita, now=NOON)
    assert [problem.field for problem in refused.value.problems] == ["figure"]
    assert released(draft, rita).figure == figure


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"stop_note": " "}, "stop_note"),
        ({"how_to": ""}, "how_to"),
        ({"figure": None}, "figure"),
        ({"figure": {"poses": []}}, "figure"),
        ({"retire": True}, "successor"),
    ],
)
def test_what_is_not_whole_is_not_reviewed(carol, rita, alice, change, field):
    stands(alice, "forearm-plank")
    draft = drafted(exercise("forearm-plank"), carol, **change)

    with pytest.raises(NotAllowed) as refused:
        publishing.mark_reviewed(draft=draft, by=rita, now=NOON, figure_looked_at=True)

    assert field in {problem.field for problem in refused.value.problems}


def test_an_exercise_without_a_source_is_not_reviewed(carol, rita):
    draft = drafted(exercise("yoga"), carol)
    draft.doses.all().delete()

    with pytest.raises(NotAllowed) as refused:
        publishing.mark_reviewed(draft=draft, by=rita, now=NOON)

    assert [problem.field for problem in refused.value.problems] == ["doses"]


def test_a_rung_somebody_stands_on_stays(carol, rita, alice):
    stands(alice, "knee-plank")
    draft = drafted(ladder("front-plank"), carol)
    draft.rungs.filter(exercise__slug="knee-plank").delete()

    with pytest.raises(NotAllowed) as refused:
        publishing.mark_reviewed(draft=draft, by=rita, now=NOON)

    assert any(
        "1 runner stands on Knee plank (seconds)." in problem.text for problem in refused.value.problems
    )


def test_a_new_exercise_on_a_ladder_is_published_first(carol, rita):
    new = Exercise.objects.create(
        slug="new", name="New", family="lunge", category="strength", kind="reps", unit="reps"
    )
    draft = drafted(ladder("lunge"), carol)
    Rung.objects.create(ladder=draft, exercise=new, position=9, unit="reps", sets=2, start=8, step=2, cap=12)

    with pytest.raises(NotAllowed) as refused:
        publishing.mark_reviewed(draft=draft, by=rita, now=NOON)

    texts = [problem.text for problem in refused.value.problems]
    assert texts == ["The places are not 1, 2, 3 without a gap.", "Rung 9: New is not published."]


def test_an_exercise_out_of_use_leaves_its_ladders_and_keeps_its_page(carol, rita, as_alice):
    draft = drafted(exercise("knee-plank"), carol, retire=True, successor=exercise("forearm-plank"))

    row = released(draft, rita)

    assert row.state == State.RETIRED
    places = Rung.objects.filter(ladder__slug="front-plank").values_list("position", "exercise__slug")
    assert places.get(position=1) == (1, "forearm-plank")
    assert ladder("front-plank").history.first().entry["rungs"][0]["exercise"] == "forearm-plank"
    assert "knee-plank" in coach_catalogue().strength
    assert as_alice.get("/exercises/knee-plank/").status_code == 200
    assert b"/exercises/knee-plank/" not in as_alice.get("/exercises/").content


def test_a_ladder_that_loses_its_last_rung_goes_out_of_use_with_it(carol, rita):
    hips = ladder("hip-abductor")
    draft = drafted(hips, carol, name="Hips")
    assert [rung.exercise.slug for rung in hips.rungs.all()] == ["side-lying-leg-raise"]

    released(drafted(exercise("side-lying-leg-raise"), carol, retire=True), rita)

    hips.refresh_from_db()
    assert (hips.state, hips.retire, hips.rungs.count()) == (State.RETIRED, True, 0)
    assert hips.history.first().entry == entry_of(hips)
    assert "hip-abductor" not in [each.slug for each in coach_catalogue().ladders]
    draft.refresh_from_db()
    assert (draft.state, draft.retire) == (State.DRAFT, False)


def test_an_earlier_version_comes_back_as_a_draft(carol, rita):
    before = entry_of(exercise("bird-dog"))
    draft = drafted(exercise("bird-dog"), carol, purpose="Carol's words.")
    draft.doses.all().delete()
    publishing.discard(draft=draft, by=carol)
    released(drafted(exercise("bird-dog"), carol, purpose="Carol's words."), rita)
    first = exercise("bird-dog").history.last()

    back = publishing.start_draft(of=exercise("bird-dog"), by=carol, now=NOON, entry=first.entry)
    released(back, rita, reason="It was better.")

    assert entry_of(exercise("bird-dog")) == before
    assert exercise("bird-dog").history.count() == 3


def test_a_successor_is_also_the_swap(carol, rita):
    yoga = drafted(exercise("yoga"), carol, retire=True, successor=exercise("cat-cow"))

    released(yoga, rita)

    roller = exercise("back-roller")
    assert roller.swap == exercise("cat-cow")
    assert roller.history.first().entry["swap"] == "cat-cow"
