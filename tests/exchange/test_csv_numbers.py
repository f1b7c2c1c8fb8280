"""Numbers, distances, durations and scores as tables write them."""

import pytest

from backpain.exchange.formats.numbers import Marks, Unreadable, distance_m, duration_s, score


def mark_of(*texts):
    marks = Marks()
    for text in texts:
        marks.add(text)
    return marks.mark


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["8.2", "5"], "."),
        (["8,2", "5"], ","),
        (["1.234,5"], ","),
        (["1,234.5"], "."),
        (["1,234,567"], "."),
        (["0,123"], ","),
        (["5,123", "8,25"], ","),
        (["5,123", "10,004"], "?,"),
        (["5.123"], "?."),
        (["1200", "", "x"], "."),
    ],
)
def test_a_column_tells_its_decimal_mark(texts, mark):
    assert mark_of(*texts) == mark


@pytest.mark.parametrize(
    ("text", "unit", "mark", "metres"),
    [
        ("8.2", "km", ".", 8200),
        ("8,25", "km", ",", 8250),
        ("3.1", "mi", ".", 4988.97),
        ("1,234.5", "m", ".", 1234.5),
        ("1.234,5", "m", ",", 1234.5),
        ("12 345", "m", ".", 12345),
        ("12\u202f345,6", "m", ",", 12345.6),
        ("8.2 km", "mi", ".", 8200),
        ("5123m", "km", ".", 5123),
        ("5,123", "km", "?,", 5123),
        ("5,123", "m", "?,", 5123),
        ("5.123", "m", "?.", 5123),
        ("'8.2", "km", ".", 8200),
    ],
)
def test_reads_distances(text, unit, mark, metres):
    assert distance_m(text, unit, mark) == pytest.approx(metres, abs=0.01)


@pytest.mark.parametrize(
    "text", ["far", "8.2 min", "8.2.1", "nan", "inf", "1e5", "0x10", "8 miles or so", "km", "१2x"]
)
def test_refuses_what_is_no_distance(text):
    with pytest.raises(Unreadable):
        distance_m(text, "km", ".")


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("47:12", "clock", 2832),
        ("0:47:12", "clock", 2832),
        ("1:02:03", "clock", 3723),
        ("00:47:12.5", "clock", 2832.5),
        ("1:02", "hm", 3720),
        ("1:02:03", "hm", 3723),
        ("2832", "s", 2832),
        ("47", "min", 2820),
        ("47.2", "min", 2832),
        ("0.75", "h", 2700),
        ("47 min", "s", 2820),
        ("1h 2m 3s", "min", 3723),
        ("1h02m", "clock", 3720),
    ],
)
def test_reads_durations(text, unit, seconds):
    assert duration_s(text, unit, ".") == seconds


@pytest.mark.parametrize(
    "text", ["long", "1:02:03:04", "47;12", "", "12", "1 h 2", "9" * 400 + ":00", "9" * 400 + " h"]
)
def test_refuses_what_is_no_duration(text):
    with pytest.raises(Unreadable):
        duration_s(text, "clock", ".")


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0), (" 3 ", 3), ("3.0", 3), ("10", 10), ("3/10", 3), ("3,0", 3)]
)
def test_reads_scores(text, value):
    assert score(text) == value


@pytest.mark.parametrize("text", ["11", "-1", "2.5", "3/5", "mild", "1000"])
def test_refuses_what_is_no_score(text):
    with pytest.raises(Unreadable):
        score(text)
