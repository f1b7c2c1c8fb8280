"""The whole catalogue as a file: out and in again without a change, refused as a whole, stored as drafts."""

import csv
import io
import json

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backpain.accounts.roles import Role
from backpain.exercises import files, formats, publishing
from backpain.exercises.columns import FIELDS
from backpain.exercises.curated import State
from backpain.exercises.formats import NotReadable
from backpain.exercises.models import Article, Exercise, Ladder, Source
from backpain.exercises.queries import entry_of
from tests.conftest import NOON, signed_in
from tests.factories import UserFactory, appointed

pytestmark = pytest.mark.usefixtures("catalogue")

EXPORT, IMPORT, CONFIRM = (
    f"/admin/exercises/exercise/{page}/" for page in ("export", "import", "import/confirm")
)


@pytest.fixture
def dora(db):
    """Another curator."""
    return UserFactory(email="dora@example.org", name="Dora", is_staff=True)


def entries():
    """Return what the JSON file holds."""
    return json.loads(files.exported("json"))


def of(slug, rows):
    return next(row for row in rows if row["slug"] == slug)


def edited(*changes):
    """Return the JSON file with fields of some entries changed, each a slug and its fields."""
    rows = entries()
    for slug, fields in changes:
        of(slug, rows).update(fields)
    return json.dumps(rows).encode()


def with_new(like, **fields):
    """Return an entry that reads like another one but for these fields."""
    return {**of(like, entries()), **fields}


def checked(data, by, suffix="json"):
    return files.dry_run(data, suffix, by=by)


def written(data, by, suffix="json"):
    seen = checked(data, by, suffix)
    assert seen.faults == []
    return files.write(data, suffix, by=by, now=NOON, seen=seen.digest)


def everything():
    """Return all that is stored of the catalogue, with its histories."""
    tables = apps.get_app_config("exercises").get_models(include_auto_created=True)
    return {table.__name__: list(table._base_manager.order_by("pk").values()) for table in tables}


def upload(client, data, name="catalogue.json"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


# Out and in again


def test_what_was_exported_is_imported_without_a_change(carol):
    for suffix in ("json", "csv"):
        data = files.exported(suffix)
        run = checked(data, carol, suffix)

        assert run.faults == []
        assert {change.outcome for change in run.changes} == {"unchanged"}
        assert len(run.changes) == len(entries()) > 80
        assert written(data, carol, suffix).to_write == []
        assert files.exported(suffix) == data


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\tx", "'=x", "'x", "''", "x\r\ny", 'a "b", c', " x "]
)
def test_texts_of_all_kinds_survive_both_formats(carol, text):
    Exercise.desk.filter(slug="yoga").update(purpose=text, name=text, translations={"de": {"name": text}})

    for suffix in ("json", "csv"):
        run = checked(files.exported(suffix), carol, suffix)
        assert (run.faults, run.to_write) == ([], [])


def test_no_cell_is_a_formula(carol):
    Exercise.desk.filter(slug="yoga").update(purpose='=HYPERLINK("http://x")', stop_note="-1", muscles="'@x")

    rows = list(csv.DictReader(io.StringIO(files.exported("csv").decode("utf-8-sig"))))

    yoga = next(row for row in rows if row["slug"] == "yoga")
    assert yoga["purpose"] == '\'=HYPERLINK("http://x")'
    assert (yoga["stop_note"], yoga["muscles"]) == ("'-1", "''@x")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(formats.FORMULA)]


def test_a_file_has_what_is_in_use_or_retired_and_no_draft(carol):
    publishing.start_draft(of=Exercise.objects.get(slug="yoga"), by=carol, now=NOON)
    Exercise.desk.filter(slug="yoga", draft_of=None).update(purpose="In use.")
    Exercise.desk.create(
        slug="new", name="New", category="lifestyle", kind="flow", unit="min", family="lunge"
    )
    successor = Exercise.objects.get(slug="forearm-plank")
    Exercise.desk.filter(slug="knee-plank").update(state=State.RETIRED, retire=True, successor=successor)

    rows = entries()

    assert [row["slug"] for row in rows if row["entry"] == "exercise"] == sorted(
        Exercise.objects.values_list("slug", flat=True)
    )
    assert of("yoga", rows)["purpose"] == "In use."
    assert of("knee-plank", rows)["successor"] == "forearm-plank"
    assert list(dict.fromkeys(row["entry"] for row in rows)) == list(FIELDS)


def test_an_empty_catalogue_takes_the_file_of_a_full_one(carol):
    successor = Exercise.objects.get(slug="forearm-plank")
    Exercise.desk.filter(slug="knee-plank").update(retire=True, successor=successor, merged=True)
    before = files.exported("csv")
    for model in (Article, Ladder, Exercise, Source):
        manager = model._default_manager
        if model is Exercise:
            manager.update(successor=None, merged=False)
        manager.all().delete()

    run = written(before, carol, "csv")

    assert {change.outcome for change in run.changes} == {"new"}
    assert Exercise.desk.filter(state=State.DRAFT).count() == Exercise.desk.count() == 35
    assert not Exercise.objects.exists()
    assert {change.outcome for change in checked(before, carol, "csv").changes} == {"unchanged"}


# What it would change, and changing it


def test_a_dry_run_says_what_would_change_and_changes_nothing(as_curator):
    rows = entries()
    of("yoga", rows)["purpose"] = "Words of a file."
    rows.append(with_new("knee-plank", slug="wall-plank", name="Wall plank"))
    before = everything()

    page = upload(as_curator, json.dumps(rows).encode())

    assert page.status_code == 200
    text = page.content.decode()
    assert "Exercise: Yoga" in text and "Exercise: Wall plank" in text
    assert "Words of a file." in text and "Why it helps" in text
    assert "Store 2 rows" in text and "85 rows would change nothing" in text
    assert everything() == before


def test_confirming_writes_drafts_and_publishes_nothing(as_curator):
    rows = entries()
    of("yoga", rows)["purpose"] = "Words of a file."
    of("lunge", rows)["rungs"].append(
        {**of("lunge", rows)["rungs"][0], "exercise": "wall-plank", "unit": "s"}
    )
    of("weak-deep-core", rows)["limits"] = "Less is known."
    of("A", rows)["publisher"] = "Somebody"
    rows.insert(0, with_new("knee-plank", slug="wall-plank", name="Wall plank", swap="wall-sit"))
    rows.insert(1, with_new("knee-plank", slug="wall-sit", name="Wall sit"))
    data = json.dumps(rows).encode()
    in_use = {
        model: list(model.objects.order_by("pk").values("pk", "entry", "version"))
        for model in (Exercise, Ladder)
    }

    seen = upload(as_curator, data).context["run"].digest
    done = as_curator.post(CONFIRM, {"seen": seen}, follow=True)

    assert "5 drafts were written. 1 source was stored." in done.content.decode()
    for model, before in in_use.items():
        assert list(model.objects.order_by("pk").values("pk", "entry", "version")) == before
    drafts = {
        row.slug: row for model in (Exercise, Ladder, Article) for row in model.desk.filter(state=State.DRAFT)
    }
    assert set(drafts) == {"yoga", "lunge", "weak-deep-core", "wall-plank", "wall-sit"}
    for slug, draft in drafts.items():
        assert {"entry": draft._meta.model_name, **entry_of(draft)} == of(slug, rows)
        newest = draft.history.first()
        assert (newest.history_change_reason, newest.history_user.email) == (
            "From a file.",
            "carol@example.org",
        )
    assert drafts["yoga"].draft_of == Exercise.objects.get(slug="yoga")
    assert drafts["wall-plank"].swap == drafts["wall-sit"]
    assert Source.objects.get(slug="A").publisher == "Somebody"
    assert {change.outcome for change in checked(data, drafts["yoga"].edited_by).changes} == {"unchanged"}


def test_nothing_is_stored_when_the_catalogue_changed_after_the_dry_run(as_curator, dora):
    data = edited(("yoga", {"purpose": "Words of a file."}))
    seen = upload(as_curator, data).context["run"].digest
    Exercise.desk.filter(slug="yoga").update(stop_note="Stop at once.")
    before = everything()

    page = as_curator.post(CONFIRM, {"seen": seen})

    assert page.status_code == 409
    assert "The catalogue has changed since you looked." in page.content.decode()
    assert "Stop at once." in page.content.decode()
    assert everything() == before
    assert as_curator.post(CONFIRM, {"seen": page.context["run"].digest}).status_code == 302
    assert Exercise.desk.get(draft_of__slug="yoga").purpose == "Words of a file."


def test_a_draft_that_came_after_the_dry_run_is_not_written_over(as_curator, dora):
    data = edited(("yoga", {"purpose": "Words of a file."}))
    seen = upload(as_curator, data).context["run"].digest
    publishing.start_draft(of=Exercise.objects.get(slug="yoga"), by=dora, now=NOON)
    before = everything()

    page = as_curator.post(CONFIRM, {"seen": seen})

    assert page.status_code == 422
    assert "There is a draft of it by Dora" in page.content.decode()
    assert everything() == before


def test_one_s_own_draft_is_replaced_and_the_page_says_so(as_curator):
    first = edited(("yoga", {"purpose": "First words."}))
    second = edited(("yoga", {"purpose": "Second words."}))
    as_curator.post(CONFIRM, {"seen": upload(as_curator, first).context["run"].digest})

    page = upload(as_curator, second)
    as_curator.post(CONFIRM, {"seen": page.context["run"].digest})

    assert "You have a draft of it." in page.content.decode()
    assert Exercise.desk.get(draft_of__slug="yoga").purpose == "Second words."


def test_a_draft_of_somebody_else_keeps_only_its_own_row_from_changing(carol, dora):
    publishing.start_draft(of=Exercise.objects.get(slug="yoga"), by=dora, now=NOON)
    Exercise.desk.filter(draft_of__slug="yoga").update(purpose="Dora's words.")

    assert checked(edited(("bird-dog", {"purpose": "Words of a file."})), carol).faults == []
    refused = checked(edited(("yoga", {"purpose": "Words of a file."})), carol)

    assert [(fault.column, fault.slug) for fault in refused.faults] == [("slug", "yoga")]


def test_a_file_waits_for_whoever_uploaded_it_and_goes_when_it_is_stored(as_curator):
    dora = signed_in(appointed("dora", Role.CURATOR))
    seen = upload(as_curator, edited(("yoga", {"purpose": "Words of a file."}))).context["run"].digest

    assert dora.post(CONFIRM, {"seen": seen}).status_code == 422
    assert as_curator.post(CONFIRM, {"seen": seen}).status_code == 302
    gone = as_curator.post(CONFIRM, {"seen": seen})

    assert gone.status_code == 422
    assert "The file is not here any more." in gone.content.decode()
    assert Exercise.desk.filter(draft_of__slug="yoga").count() == 1


def test_a_refused_file_is_not_kept(as_curator):
    upload(as_curator, edited(("yoga", {"purpose": "Words of a file."})))
    page = upload(as_curator, edited(("yoga", {"family": "nowhere"})))

    assert page.status_code == 422
    assert "Store" not in page.content.decode().replace("Nothing is stored", "")
    assert as_curator.post(CONFIRM, {"seen": page.context["run"].digest}).status_code == 422
    cache.clear()


# Refused


RUNG = {"exercise": "yoga", "unit": "s", "sets": 2, "start": 10, "step": 5, "cap": 30}
RUNG |= {"late_from": None, "late_step": None, "hold_s": None}
DOSE = {"source": "A", "name": "yoga", "number": None, "sets_min": None, "sets_max": None, "low": None}
DOSE |= {"high": None, "unit": "", "hold_s_min": None, "hold_s_max": None, "remark": ""}
REPS = {"low": 8, "unit": "reps"}


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("slug", "fields", "column", "text"),
    [
        ("yoga", {"entry": "plank"}, "entry", "one of source, exercise, ladder, article"),
        ("yoga", {"entry": ["exercise"]}, "entry", "one of source"),
        ("yoga", {"family": "nowhere"}, "family", "“nowhere” is not one of these: front-plank, "),
        ("yoga", {"category": "nowhere"}, "category", "is not one of these: strength, "),
        ("yoga", {"unit": "hours"}, "unit", "is not one of these: s, reps, "),
        ("yoga", {"equipment": "kettle"}, "equipment", "is not one of these: stability-ball, "),
        ("yoga", {"slug": "bird-dog"}, "slug", "more than one such entry, in rows "),
        ("yoga", {"slug": "no slug!"}, "slug", "valid “slug”"),
        ("yoga", {"name": "Bird dog"}, "name", "There is an exercise with this name."),
        ("yoga", {"name": ""}, "name", "cannot be blank"),
        ("yoga", {"stop_note": ""}, "stop_note", "cannot be blank"),
        ("yoga", {"name": "x" * 81}, "name", "at most 80 characters"),
        ("yoga", {"swap": "nowhere"}, "swap", "“nowhere” is neither in the catalogue nor in the file."),
        ("yoga", {"swap": "yoga"}, "swap", "another exercise"),
        ("yoga", {"successor": "bird-dog"}, "successor", "belongs to an exercise that is taken out of use"),
        ("yoga", {"retire": True, "merged": True}, "successor", "Say which exercise it is the same as."),
        ("yoga", {"doses": []}, "doses", "No source is given."),
        ("yoga", {"doses": [{**DOSE, "source": "ZZ"}]}, "doses", "“ZZ” is neither in the catalogue"),
        ("yoga", {"doses": [DOSE, DOSE]}, "doses", "Dose 2: This source already has a dose"),
        (
            "yoga",
            {"doses": [{**DOSE, **REPS, "high": 31}]},
            "doses",
            "Dose 1, high: A dose is at most 60 seconds",
        ),
        (
            "yoga",
            {"doses": [{**DOSE, "hold_s_min": 3, "hold_s_max": 11}]},
            "doses",
            "held for 1 to 10 seconds",
        ),
        ("yoga", {"doses": [{**DOSE, "sets_min": 3, "sets_max": 6}]}, "doses", "one to five sets"),
        ("yoga", {"doses": [{**DOSE, **REPS, "high": 7}]}, "doses", "the lower first"),
        ("yoga", {"doses": [{**DOSE, "low": "8"}]}, "doses", "Number 1, low: This has to be a whole number"),
        ("yoga", {"doses": [{"source": "A"}]}, "doses", "lacks these fields"),
        ("yoga", {"doses": "A"}, "doses", "This has to be a list."),
        ("yoga", {"doses": [DOSE] * 100}, "doses", "more than 99 in one list"),
        ("yoga", {"how_to": ["Step."] * 7}, "how_to", "at most 6 steps"),
        ("yoga", {"how_to": "Step."}, "how_to", "This has to be a list."),
        ("yoga", {"how_to": ["One\nTwo"]}, "how_to", "Line 1 is more than one line."),
        ("yoga", {"purpose": ["Words."]}, "purpose", "This has to be text."),
        ("yoga", {"purpose": "a\0b"}, "purpose", "a character in it that is no text"),
        ("yoga", {"purpose": "\ud800"}, "purpose", "a character in it that is no text"),
        ("yoga", {"per_side": 1}, "per_side", "This has to be true or false."),
        ("yoga", {"figure": {"poses": []}}, "figure", ""),
        ("yoga", {"figure": "bird-dog"}, "figure", "This has to be an object"),
        ("yoga", {"translations": {"xx": {"name": "x"}}}, "translations", "xx is no language"),
        ("yoga", {"translations": {"de": {"name": "\0"}}}, "translations", "no text"),
        ("yoga", {"rungs": [RUNG]}, "rungs", "An entry of this kind does not have this."),
        ("lunge", {"rungs": []}, "rungs", "The ladder has no rung."),
        ("lunge", {"rungs": [{**RUNG, "exercise": "nowhere"}]}, "rungs", "“nowhere” is neither in"),
        (
            "lunge",
            {"rungs": [RUNG, {**RUNG, "cap": 40}]},
            "rungs",
            "Rung 2: This ladder already has this exercise",
        ),
        (
            "lunge",
            {"rungs": [{**RUNG, "unit": "hours"}]},
            "rungs",
            "Rung 1, unit: “hours” is not one of these",
        ),
        ("lunge", {"rungs": [{**RUNG, "cap": 61}]}, "rungs", "Rung 1: The cap is at most 60 seconds"),
        ("lunge", {"rungs": [{**RUNG, "unit": "reps", "cap": 31}]}, "rungs", "or 30 repetitions"),
        ("lunge", {"rungs": [{**RUNG, "hold_s": 11}]}, "rungs", "held for 1 to 10 seconds"),
        ("lunge", {"rungs": [{**RUNG, "start": 31}]}, "rungs", "The start is above the cap."),
        ("lunge", {"rungs": [{**RUNG, "sets": 6}]}, "rungs", "Use one to five sets."),
        (
            "lunge",
            {"rungs": [{**RUNG, "sets": "two"}]},
            "rungs",
            "Number 1, sets: This has to be a whole number",
        ),
        ("lunge", {"rungs": [{**RUNG, "place": 1}]}, "rungs", "should not have them: place"),
        ("lunge", {"position": 2.5}, "position", "This has to be a whole number"),
        ("lunge", {"position": 40000}, "position", "a whole number from 0 to 32767"),
        ("weak-deep-core", {"sources": []}, "sources", "No source is given."),
        ("weak-deep-core", {"sources": ["ZZ"]}, "sources", "“ZZ” is neither in"),
        ("weak-deep-core", {"sources": ["A", "A"]}, "sources", "A name is there twice."),
        ("weak-deep-core", {"exercises": ["nowhere"]}, "exercises", "“nowhere” is neither in"),
        ("weak-deep-core", {"topic": "luck"}, "topic", "is not one of these: pain, "),
        ("A", {"url": "javascript:alert(1)"}, "url", "valid URL"),
        ("A", {"title": None}, "title", "This has to be text."),
    ],
)
def test_a_mistake_in_a_row_is_named_with_row_and_column(carol, slug, fields, column, text):
    rows = entries()
    place = rows.index(of(slug, rows)) + 1
    of(slug, rows).update(fields)

    run = checked(json.dumps(rows).encode(), carol)

    assert (place, column) in [(fault.row, fault.column) for fault in run.faults if text in fault.text]
    assert run.changes[place - 1].outcome == "refused"


def test_a_file_with_a_mistake_is_refused_as_a_whole(as_curator):
    before = everything()

    page = upload(
        as_curator, edited(("yoga", {"unit": "hours"}), ("bird-dog", {"purpose": "Words of a file."}))
    )

    assert page.status_code == 422
    text = page.content.decode()
    assert "The file is refused as a whole. Nothing was changed." in text
    assert "“hours” is not one of these: s, reps, rounds, min." in text
    assert "Exercise: Bird dog" in text  # what the rest would do is shown all the same
    assert "Store 1 row" not in text
    assert everything() == before


def test_a_figure_that_no_body_can_take_is_refused_with_its_pose(carol):
    figure = of("bird-dog", entries())["figure"]
    figure["poses"][1]["pelvis"][1] = -20

    found = checked(edited(("yoga", {"figure": figure})), carol).faults

    assert found[0].column == "figure" and any(
        "Pose 2, far leg: under the floor" in fault.text for fault in found
    )


def test_new_exercises_that_name_each_other_are_refused(carol):
    rows = entries()
    rows.append(with_new("knee-plank", slug="one", name="One", swap="other"))
    rows.append(with_new("knee-plank", slug="other", name="Other", swap="one"))

    found = checked(json.dumps(rows).encode(), carol).faults

    assert len(found) == 1 and "in a circle" in found[0].text and found[0].column == "swap"


HEADER = ",".join(["entry", *dict.fromkeys(name for names in FIELDS.values() for name in names)])


@pytest.mark.parametrize(
    ("suffix", "data", "text"),
    [
        ("json", b"[]", "There is no entry in the file."),
        ("json", b" \n ", "The file has to be a list in square brackets."),
        ("json", b"{}", "The file has to be a list in square brackets."),
        (
            "json",
            b'[\n {"entry": "exercise",\n  "slug": yoga}]',
            "This is no JSON from line 3, column 11 on.",
        ),
        ("json", b'[{"entry": "exercise"}', "This is no JSON from line 1, column 23 on."),
        ("json", b'[{"entry": "exercise"},]', "This is no JSON from line 1, column 24 on."),
        ("json", b"[{}] x", "This is no JSON from line 1, column 6 on."),
        ("json", b"[1]", "This has to be an object in curly brackets."),
        ("json", b'[{"position": NaN}]', "NaN is no number."),
        ("json", b'[{"position": ' + b"9" * 5000 + b"}]", "4300 digits"),
        ("json", b'[{"slug": "a", "slug": "b"}]', "A name is there twice in one object."),
        ("json", b"[" * 100_000, "too many brackets inside each other"),
        ("json", b'[{"ladder": "lunge"}]', "There is no such field."),
        ("json", "[\n\n“".encode("latin-1", "replace") + b"\xe9]", "Line 3 is not UTF-8."),
        ("csv", b"\xff\xfea\x00", "Line 1 is not UTF-8."),
        ("csv", b"\n", "There is no entry in the file."),
        ("csv", HEADER.encode(), "There is no entry in the file."),
        ("csv", HEADER.replace(",", ";").encode(), "Put commas between the columns."),
        ("csv", f"{HEADER},ladder\nexercise".encode(), "There is no such column."),
        ("csv", f"{HEADER},slug\nexercise".encode(), "The column is there twice."),
        ("csv", b"entry,slug\nexercise,yoga", "The column is missing."),
        ("csv", f'{HEADER}\nexercise,"yoga'.encode(), "This is no CSV: line 2"),
        ("csv", f"{HEADER}\n{'x,' * 99}".encode(), "There are 100 cells, but 37 columns."),
        ("csv", f"{HEADER}\n{'x' * 200_000}".encode(), "field larger than field limit"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_place(carol, suffix, data, text):
    with pytest.raises(NotReadable) as refused:
        checked(data, carol, suffix)

    assert any(text in fault.text for fault in refused.value.faults)


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("catalogue.xlsx", b"PK", "File extension “xlsx” is not allowed."),
        ("catalogue", b"[]", "is not allowed."),
        ("catalogue.json", b"", "The submitted file is empty."),
        ("catalogue.JSON", b"[\n}", "This is no JSON from line 2, column 1 on."),
    ],
)
def test_what_is_no_such_file_is_refused_on_the_form(as_curator, name, data, text):
    page = upload(as_curator, data, name)

    assert page.status_code == 422
    assert text in page.content.decode()


def test_a_cell_of_a_spreadsheet_is_refused_with_row_and_column(carol):
    rows = list(csv.DictReader(io.StringIO(files.exported("csv").decode("utf-8-sig"))))
    wrong = {
        "per_side": "perhaps",
        "doses": "[{",
        "figure": '{"a": NaN}',
        "position": "2",
        "how_to": "1\n" * 7,
    }
    place = rows.index(of("yoga", rows)) + 2  # the first row has the names of the columns
    of("yoga", rows).update(wrong)
    of("lunge", rows)["position"] = "two"
    rows.insert(0, dict.fromkeys(rows[0], ""))  # an empty row counts

    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    found = checked(out.getvalue().encode(), carol, "csv").faults

    assert {(fault.row, fault.column) for fault in found if fault.slug == "yoga"} == {
        (place + 1, column) for column in ("per_side", "doses", "figure", "position")
    }
    texts = {fault.column: fault.text for fault in found}
    assert texts["doses"] == "This is no JSON from line 1, column 3 on."
    assert texts["figure"] == "NaN is no number."
    assert [fault.column for fault in found if fault.slug == "lunge"] == ["position"]


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        pytest.param("json", b"[" + b"{}," * 1_000_000 + b"{}]", id="json"),
        pytest.param("csv", HEADER.encode() + b"\nx" * 1_000_000, id="csv"),
    ],
)
def test_a_million_rows_are_not_even_read(carol, suffix, data, monkeypatch):
    read, read_row = [], formats.FORMATS[suffix]._row
    monkeypatch.setattr(formats.FORMATS[suffix], "_row", lambda *row: read.append(row) or read_row(*row))
    monkeypatch.setattr(files.CatalogueResource, "import_data", None)

    with pytest.raises(NotReadable) as refused:
        checked(data, carol, suffix)

    assert [fault.text for fault in refused.value.faults] == ["There are more than 500 rows."]
    assert len(read) == formats.MOST_ROWS + 1


def test_a_file_of_more_than_five_megabytes_is_not_opened(as_curator, monkeypatch):
    monkeypatch.setattr(files, "dry_run", None)

    page = upload(as_curator, b"x," * 3_000_000, "x.csv")

    assert page.status_code == 422
    assert "The file is larger than 5 MB." in page.content.decode()


NASTY = [
    None,
    True,
    -1,
    10**30,
    float("inf"),
    "",
    "x" * 1000,
    "\0",
    [],
    [None],
    [[]],
    {},
    {"a": 1},
    [{"a": 1}],
]


def test_whatever_is_in_a_field_is_refused_or_stored_and_breaks_nothing(carol, monkeypatch):
    monkeypatch.setattr(formats, "MOST_ROWS", 5000)
    rows = entries()
    samples = [of(slug, rows) for slug in ("A", "yoga", "bird-dog", "lunge", "weak-deep-core")]
    tried = [(row, {name: value}) for row in samples for name in row for value in NASTY]
    for row, name in ((of("bird-dog", rows), "doses"), (of("lunge", rows), "rungs")):
        part = row[name][0]
        tried += [(row, {name: [part | {field: value}]}) for field in part for value in NASTY]
    tried = [
        row | {"slug": f"x{number}", "title" if "title" in row else "name": f"X {number}"} | fields
        for number, (row, fields) in enumerate(tried)
    ]

    taken = _not_refused(_not_refused(tried, carol), carol)  # some name others that are refused
    written(_with_infinity(taken), carol)

    assert len(tried) > 1000
    assert 30 < len(taken) < 200


def _not_refused(rows, by):
    run = checked(_with_infinity(rows), by)
    return [rows[change.row - 1] for change in run.changes if change.outcome != "refused"]


def _with_infinity(rows):
    return json.dumps(rows).replace("Infinity", "1e999").encode()


# Who, and at what cost


def test_everybody_at_the_desk_exports_and_only_curators_import(as_curator, as_reviewer, as_alice):
    for suffix, kind in (("json", "application/json"), ("csv", "text/csv")):
        file = as_reviewer.get(EXPORT, {"format": suffix})
        assert file["Content-Type"] == kind
        assert file["Content-Disposition"].endswith(f'.{suffix}"')
        assert file.content == files.exported(suffix)
    assert as_reviewer.get(EXPORT).status_code == 200
    assert [as_reviewer.get(IMPORT).status_code, as_reviewer.post(IMPORT).status_code] == [403, 403]
    assert as_reviewer.post(CONFIRM).status_code == 403
    assert [as_alice.get(url).status_code for url in (EXPORT, IMPORT)] == [302, 302]
    lists = [each.get("/admin/exercises/exercise/").content.decode() for each in (as_curator, as_reviewer)]
    assert [EXPORT in text for text in lists] == [True, True]
    assert [IMPORT in text for text in lists] == [True, False]


def test_a_dry_run_costs_eight_queries_and_some_for_the_rules_however_many_rows_differ(carol):
    def cost(count):
        rows = entries()
        yoga = of("yoga", rows)
        rows += [yoga | {"slug": f"yoga-{number}", "name": f"Yoga {number}"} for number in range(count)]
        data = json.dumps(rows).encode()
        with CaptureQueriesContext(connection) as captured:
            run = checked(data, carol)
        assert (len(run.to_write), run.faults) == (count, [])
        return len(captured)

    assert cost(0) == 8
    assert cost(2) == cost(50) <= 8 + 3 * 9  # nine constraints; each answer costs a savepoint here
