import datetime as dt
import logging
import re
import zlib

import pytest
import time_machine
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from backpain.charts import PainPoint, Words, Zones, pain_chart
from backpain.exercises.models import Ladder
from backpain.plan.models import MoveAnswer
from backpain.reports import jobs, pdf, tasks
from backpain.reports.contents import Options
from backpain.reports.drawing import fixed
from backpain.reports.report import report_of
from backpain.training.questions import QUESTIONS
from tests.benchmarks.long_log import write_long_log
from tests.conftest import NOON
from tests.factories import RunFactory, UserFactory
from tests.pages import fill_log

pytestmark = pytest.mark.usefixtures("at_noon")

FIRST, LAST = dt.date(2025, 12, 29), dt.date(2026, 3, 16)
ALL = Options(with_name=True, with_screening=True, with_notes=True)
PAPERS = ("a4", "letter")


def report(runner, *, first=FIRST, options=ALL):
    return report_of(runner, first=first, last=LAST, options=options, today=LAST)


def made(runner):
    return pdf.pdf_of(report(runner), made_on=LAST, paper="a4")


def inside(document: bytes) -> bytes:
    """Return what a PDF holds, unpacked."""
    found = [document]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.S):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found)


@pytest.fixture(scope="module")
def crowded(django_db_setup, django_db_blocker):
    """The most a report can hold: three years, long notes, care, forms, declined steps, yeses."""
    with django_db_blocker.unblock(), time_machine.travel(NOON, tick=False), transaction.atomic():
        whole = report(crowd(UserFactory(name="Alice", birth_year=1990)), first=dt.date(2023, 3, 20))
        transaction.set_rollback(True)
    return whole


def crowd(alice):
    """Fill every part of a runner's log."""
    fill_log(alice, now=NOON)
    write_long_log(runner=alice, runs=600, now=NOON)
    alice.runs.filter(on__gte=LAST - dt.timedelta(days=60)).update(
        note="It hurt low down on the left after the hill, " * 8, sites=["low-back-left", "buttock-right"]
    )
    for n, form in enumerate(("peg", "psfs")):
        answers = {"Put on socks": 3, "Run for half an hour without stopping": 5, "Lift my daughter": 2}
        answers = {"pain": 5, "enjoyment": 4, "activity": 6} if form == "peg" else answers
        for days in (70, 10):
            alice.questionnaires.create(
                form=form, on=LAST - dt.timedelta(days + n), answers=answers, entered_at=NOON
            )
    for days in range(5):
        alice.care.create(
            on=LAST - dt.timedelta(days),
            who="Physiotherapist",
            assessed=True,
            note="Tight on the left, strong enough, come back in four weeks. " * 6,
            entered_at=NOON,
        )
    for n, row in enumerate(alice.advice.order_by("-pk")[:3]):
        MoveAnswer.objects.create(
            runner=alice,
            advice=row,
            ladder=Ladder.objects.order_by("pk")[n],
            answer="declined",
            because="hurts",
            note="It pulls in my left buttock for a day",
            answered_at=NOON,
        )
    alice.screenings.create(
        at=NOON,
        on=LAST,
        kind="full",
        entered_at=NOON,
        answers=dict.fromkeys(QUESTIONS, "no") | {"fever": "yes", "weight_loss": "unsure"},
    )
    return alice


class TestDrawing:
    def chart(self, *scores):
        return pain_chart(
            [
                PainPoint(
                    on=dt.date(2026, 3, 2) + dt.timedelta(2 * n),
                    before=1,
                    during=score,
                    after=score,
                    next_morning=None,
                    href="",
                    label="",
                )
                for n, score in enumerate(scores)
            ],
            first=dt.date(2026, 3, 2),
            last=dt.date(2026, 3, 11),
            zones=Zones(low=2, raised=5),
            words=Words(label="Pain & runs", tick=lambda on, _unit: str(on)),
            trend=[[(dt.date(2026, 3, 2), 2.0), (dt.date(2026, 3, 4), 4.0)]],
        )

    def test_stays_empty(self):
        assert fixed("", width=800) == ""

    def test_has_no_percentages_and_one_picture(self):
        drawn = fixed(self.chart(1, 4, 7), width=840)

        assert "%" not in drawn
        assert drawn.count("<svg") == 1
        assert "<title>Pain &amp; runs</title>" in drawn

    def test_puts_a_run_where_its_day_is(self):
        drawn = fixed(self.chart(1), width=840)  # ten days on 800 px: the middle of the first is at 40

        assert '<circle class="pt p-ok" cx="40.0"' in drawn

    def test_stretches_lines_to_the_width(self):
        drawn = fixed(self.chart(1), width=840)

        assert re.search(r'class="trend" [^>]*d="M40\.0 \d+\.\dL200\.0 ', drawn)
        assert "vector-effect" not in drawn


@pytest.mark.any_database
class TestPdf:
    @pytest.mark.parametrize("paper", PAPERS)
    def test_is_one_small_page_however_much_there_is(self, crowded, paper):
        document = pdf.laid_out(crowded, made_on=LAST, paper=paper)

        assert len(document.pages) == 1
        assert len(document.write_pdf(**pdf.TAGGED)) < 300_000

    @pytest.mark.parametrize("paper", PAPERS)
    def test_is_one_page_without_an_entry(self, alice, paper):
        assert len(pdf.laid_out(report(alice), made_on=LAST, paper=paper).pages) == 1

    def test_is_tagged_has_a_language_and_its_letters_inside(self, alice, ran):
        ran((5, 5, 3), (3, 5, 2), (1, 5, 1))

        held = inside(made(alice))

        assert b"/MarkInfo" in held and b"/StructTreeRoot" in held
        assert b"/Lang (en)" in held
        assert b"pdfuaid" in held
        assert b"/FontFile" in held and b"Figtree" in held
        assert b"/Figure" in held and b"/Alt" in held

    def test_asks_for_nothing_but_our_own_files(self, alice, ran, monkeypatch, caplog):
        import urllib.request

        def refuse(*_arguments, **_options):
            raise AssertionError("no network")

        monkeypatch.setattr(urllib.request.OpenerDirector, "open", refuse)
        ran((5, 5, 3))

        with caplog.at_level(logging.ERROR, logger="weasyprint"):
            made(alice)

        assert caplog.records == []

    @pytest.mark.parametrize(
        "url", ["file:///etc/passwd", "https://example.org/a.css", f"{pdf.OWN}../../../x.css"]
    )
    def test_gets_nothing_from_elsewhere(self, url):
        with pytest.raises(Exception, match=r"."):
            pdf._own_files().fetch(url)

    def test_has_the_numbers_of_the_page(self, alice, ran):
        ran(*[(days, 5, days % 4) for days in range(2, 40, 3)])

        page = pdf.html_of(report(alice), made_on=LAST)

        assert len(re.findall(r'class="pt ', page)) == 13
        assert ">13</td><td>1.5</td><td>3</td>" in page
        assert "<a " not in page

    def test_styles_every_picture_of_its_own(self, alice, ran):
        ran((5, 5, 3))

        page = pdf.html_of(report(alice), made_on=LAST)

        assert page.count("<style>") == page.count("<svg") > 0


def ask(client, **chosen):
    return client.post("/report/pdf/", {"weeks": "12", "paper": "a4"} | chosen)


def work():
    """Do what the background worker would."""
    for row in DBTaskResult.objects.filter(task_path="backpain.reports.tasks.make_pdf"):
        kept = row.args_kwargs
        row.task.func(*kept["args"], **kept["kwargs"])
        row.delete()


class TestAsking:
    def test_says_that_it_is_being_made(self, as_alice, alice):
        response = ask(as_alice)

        assert response.status_code == 302
        page = as_alice.get(response["Location"]).content.decode()
        assert "Your PDF is being made." in page
        assert 'hx-trigger="every 1s"' in page

    def test_hands_it_out_when_it_is_made(self, as_alice, alice):
        RunFactory(runner=alice, pain_after=3)
        where = ask(as_alice)["Location"]
        work()

        assert "Your PDF is ready." in as_alice.get(where, headers={"HX-Request": "true"}).content.decode()
        response = as_alice.get(f"{where}file/")
        assert response.content.startswith(b"%PDF-")
        assert response["Content-Disposition"] == 'attachment; filename="report.pdf"'
        assert "no-store" in response["Cache-Control"]

    def test_answers_the_page_that_asks_again_only_when_there_is_news(self, as_alice, alice, at_noon):
        where = ask(as_alice)["Location"]
        again = {"headers": {"HX-Request": "true"}}

        assert as_alice.get(where, **again).status_code == 204
        at_noon.shift(dt.timedelta(seconds=61))
        page = as_alice.get(where, **again).content.decode()
        assert "takes longer than usual" in page
        assert "hx-trigger" not in page

    def test_stops_asking_when_it_is_made(self, as_alice, alice):
        where = ask(as_alice)["Location"]
        work()

        assert "hx-trigger" not in as_alice.get(where).content.decode().partition("<main")[2]

    def test_has_no_file_before_it_is_made(self, as_alice, alice):
        assert as_alice.get(f"{ask(as_alice)['Location']}file/").status_code == 404

    def test_is_nothing_to_a_stranger(self, as_alice, as_bob, alice, bob):
        where = ask(as_alice)["Location"]
        work()

        assert as_bob.get(where).status_code == 404
        assert as_bob.get(f"{where}file/").status_code == 404

    def test_is_gone_after_an_hour(self, as_alice, alice, at_noon):
        where = ask(as_alice)["Location"]
        work()
        (forget,) = DBTaskResult.objects.filter(task_path="backpain.reports.tasks.forget_pdf")

        assert forget.run_after == NOON + jobs.KEPT
        tasks.forget_pdf.func(*forget.args_kwargs["args"])
        assert as_alice.get(f"{where}file/").status_code == 404

    def test_takes_the_place_of_the_one_before(self, as_alice, alice):
        before, _newer = ask(as_alice)["Location"], ask(as_alice)
        work()

        assert as_alice.get(before).status_code == 404
        assert alice.pdfs.count() == 1

    def test_says_that_it_failed(self, as_alice, alice, monkeypatch):
        def breaks(*_arguments, **_options):
            raise OSError("no pango")

        monkeypatch.setattr(pdf, "pdf_of", breaks)
        where = ask(as_alice)["Location"]
        with pytest.raises(OSError, match="no pango"):
            work()

        assert "could not be made" in as_alice.get(where).content.decode()

    def test_refuses_days_that_cannot_be(self, as_alice, alice):
        assert ask(as_alice, weeks="dates", first="2026-03-20").status_code == 422
        assert ask(as_alice, paper="a3").status_code == 422
        assert DBTaskResult.objects.count() == 0

    def test_is_off_where_the_machine_lacks_what_it_needs(self, as_alice, alice, monkeypatch):
        monkeypatch.setattr("backpain.reports.views.can_make_pdfs", lambda: False)

        assert ask(as_alice).status_code == 404
        page = as_alice.get("/report/page/", {"weeks": "4"}).content.decode()
        assert "This server cannot make PDFs" in page
        assert "Make a PDF" not in page

    def test_suggests_the_paper_of_the_country(self, as_alice, alice):
        alice.country = "US"
        alice.save()

        page = as_alice.get("/report/page/", {"weeks": "4"}).content.decode()

        assert '<option value="letter" selected>' in page
