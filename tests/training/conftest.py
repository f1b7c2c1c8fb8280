import pytest

from tests.catalogue import put_catalogue

FULL_NO = (
    "saddle_numbness bladder_change bowel_change sexual_change both_legs foot_drop_or_weakness major_injury "
    "chest_or_tearing_pain one_leg_nerve fever very_unwell cancer_ever weight_loss unrelenting_night_pain "
    "band_pain lump_or_deformity flank_or_urine minor_injury impact_pain_one_spot one_sided_sacral "
    "bone_pain_at_rest past_stress_fracture periods_absent low_energy_intake pregnant_or_postpartum"
).split()


@pytest.fixture
def catalogue(db):
    """The shipped exercises and ladders."""
    put_catalogue()


@pytest.fixture
def a_run():
    """What the run form posts for a run of 14 March 2026."""
    return {
        "uuid": "6a9b7d58-6b0c-4f67-9d1e-0c2f3a6b1d11",
        "started_at": "2026-03-14T08:00",
        "distance": "8.2",
        "duration": "47:12",
        "pain_before": "1",
        "pain_during": "2",
        "pain_after": "1",
        "sites": ["low-back-left"],
        "note": "windy",
    }


@pytest.fixture
def all_no():
    """Every question that is always asked, answered with no."""
    return dict.fromkeys(FULL_NO, "no")
