"""The words for sports and surfaces, in many languages."""

import pytest

from backpain.exchange.formats.sports import sport_named
from backpain.exchange.formats.surfaces import surface_named


@pytest.mark.parametrize(
    "word",
    "Run|Running|RUNNING|Lauf|Laufen|Course à pied|Carrera|Correr|Corsa|Corrida|Hardlopen|Hardloopsessie|Bieganie|"
    "Löpning|ランニング|ラン|跑步|Бег|Забег|달리기|Lari|Run/Walk|street_running".split("|"),
)
def test_a_run_is_a_run_in_every_language(word):
    assert sport_named(word) == ("run", "")


@pytest.mark.parametrize(
    ("word", "surface"),
    [
        ("Trail Run", "trail"),
        ("TrailRun", "trail"),
        ("trail_running", "trail"),
        ("Trail", "trail"),
        ("Treadmill Running", "treadmill"),
        ("Treadmill", "treadmill"),
        ("Treadmill workout", "treadmill"),
        ("Cinta de correr", "treadmill"),
        ("VirtualRun", "treadmill"),
        ("Laufbandtraining", "treadmill"),
        ("Course à pied sur tapis roulant", "treadmill"),
        ("Corsa su tapis roulant", "treadmill"),
        ("Corrida em esteira", "treadmill"),
        ("Track Running", "track"),
        ("트레일 러닝", "trail"),
    ],
)
def test_the_kind_of_run_tells_the_surface(word, surface):
    assert sport_named(word) == ("run", surface)


@pytest.mark.parametrize(
    ("word", "sport"),
    [
        ("Walk", "walk"),
        ("Nordic Walking", "walk"),
        ("Wanderung", "walk"),
        ("Randonnée", "walk"),
        ("Radfahrt", "ride"),
        ("Indoor Cycling", "ride"),
        ("Vélo", "ride"),
        ("Open Water Swimming", "swim"),
        ("Natation", "swim"),
        ("Yoga", "other"),
        ("Strength Training", "other"),
        ("Cross-country Skiing", "other"),
        ("Langlauf", "unknown"),
        ("Schlittschuhlaufen", "unknown"),
        ("Course de vélo", "unknown"),
        ("Trail ride", "ride"),
        ("Treadmill walking", "walk"),
        ("Marche sur tapis de course", "walk"),
        ("Laufband Gehen", "walk"),
        ("Volta de bicicleta", "ride"),
        ("Virtuele fietsrit", "ride"),
        ("Nuotata", "swim"),
        ("Treino", "other"),
        ("Golf course", "unknown"),
        ("Ski run", "unknown"),
        ("Rennen", "unknown"),  # a race, of whatever
        ("", "unknown"),
        ("Quidditch", "unknown"),
    ],
)
def test_what_is_no_run_for_sure_is_none(word, sport):
    assert sport_named(word) == (sport, "")


@pytest.mark.parametrize(
    ("word", "surface"),
    [
        ("Asphalt", "road"),
        ("Straße", "road"),
        ("forest", "trail"),
        ("Wald", "trail"),
        ("Piste", "track"),
        ("Laufband", "treadmill"),
        ("mixed", "mixed"),
        ("lava", ""),
        ("", ""),
    ],
)
def test_reads_surfaces(word, surface):
    assert surface_named(word) == surface
