"""The tables of the five articles and of the rules, written out once more, to compare the catalogue with.

EXERCISES: slug -> kind, each side, equipment, {source: (sets, amount, unit, seconds held)}.
LADDERS: slug -> rungs as (exercise, unit, sets, start, step, cap).
"""

NO_NUMBER = (None, None, "", None)
B_LIST = ((3, 3), (8, 12), "reps", None)


def _d(low, high, held=None):
    return ((2, 3), (low, high), "reps", held)


def _once(low, high, unit):
    return (None, (low, high), unit, None)


EXERCISES = {
    "forearm-plank": ("hold", False, "", {"A": _once(20, 30, "s"), "E": NO_NUMBER}),
    "high-plank-shoulder-taps": ("reps", True, "", {"D": _d(10, 12)}),
    "high-plank-leg-lifts": ("reps", True, "", {"B": B_LIST}),
    "high-plank-limb-raises": ("reps", True, "", {"B": B_LIST}),
    "side-plank": (
        "hold",
        True,
        "",
        {"C": _once(15, 20, "s"), "D": ((2, 3), (20, 40), "s", None), "E": NO_NUMBER},
    ),
    "modified-side-plank-lifts": ("reps", True, "", {"B": B_LIST}),
    "bird-dog": ("reps", True, "", {"C": _once(30, 30, "s"), "D": _d(8, 10, (3, 5))}),
    "quadruped-limb-raises": ("reps", True, "", {"B": B_LIST}),
    "dead-bug": ("reps", True, "", {"D": _d(8, 10)}),
    "beetle": ("reps", True, "", {"B": B_LIST}),
    "v-up": ("reps", False, "", {"B": B_LIST}),
    "glute-bridge": (
        "reps",
        False,
        "",
        {
            "A": _once(12, 15, "reps"),
            "C": _once(10, 10, "reps"),
            "D": _d(12, 15),
            "E": (None, None, "", (3, 3)),
            "P": ((2, 2), (10, 30), "s", None),
        },
    ),
    "single-leg-bridge": ("reps", True, "", {"B": B_LIST}),
    "superman": ("reps", False, "", {"B": B_LIST}),
    "superman-hold": ("reps", False, "", {"D": _d(10, 12, (3, 5))}),
    "superman-pull": ("reps", False, "", {"B": B_LIST}),
    "locust-pose": ("hold", False, "", {"E": _once(30, 30, "s")}),
    "ball-back-extension": ("reps", False, "stability-ball", {"E": NO_NUMBER}),
    "ball-reverse-leg-raise": ("reps", False, "stability-ball", {"E": NO_NUMBER}),
    "side-lying-leg-raise": ("reps", True, "", {"C": _once(10, 10, "reps")}),
    "single-leg-balance": ("reps", True, "", {"C": _once(10, 10, "reps")}),
    "single-leg-balance-reach": ("reps", True, "", {"B": B_LIST}),
    "single-leg-squat": ("reps", True, "", {"C": _once(10, 10, "reps")}),
    "single-leg-deadlift": ("reps", True, "", {"B": B_LIST, "D": _d(8, 10)}),
    "single-leg-jump-squat": ("reps", True, "", {"B": B_LIST}),
    "reverse-lunge-rotation": ("reps", True, "", {"D": _d(8, 10)}),
    "cat-cow": (
        "flow",
        False,
        "",
        {"A": _once(8, 10, "rounds"), "B": NO_NUMBER, "C": _once(5, 10, "reps"), "D": _once(1, 2, "min")},
    ),
    "lying-figure-4": ("hold", True, "", {"B": NO_NUMBER, "P": _once(20, 30, "s")}),
    "supine-twist": ("hold", True, "", {"B": NO_NUMBER, "P": _once(20, 30, "s")}),
    "hip-flexor-stretch": ("hold", True, "", {"D": ((2, 3), (20, 30), "s", None)}),
    "back-roller": ("flow", False, "back-roller", {"E": NO_NUMBER}),
    "yoga": ("flow", False, "", {"E": NO_NUMBER}),
    "walking-break": ("flow", False, "", {"C": NO_NUMBER}),
    "knee-plank": ("hold", False, "", {"P": _once(15, 30, "s")}),
    "modified-side-plank": ("hold", True, "", {"P": _once(15, 30, "s")}),
}

B_NUMBERS = {
    "superman": 1,
    "beetle": 2,
    "single-leg-balance-reach": 3,
    "high-plank-leg-lifts": 4,
    "single-leg-bridge": 5,
    "modified-side-plank-lifts": 6,
    "quadruped-limb-raises": 7,
    "superman-pull": 8,
    "single-leg-deadlift": 9,
    "high-plank-limb-raises": 10,
    "v-up": 11,
    "single-leg-jump-squat": 12,
    "cat-cow": 13,
    "lying-figure-4": 14,
    "supine-twist": 15,
}

LADDERS = {
    "back-extension": [
        ("superman", "reps", 3, 8, 2, 12),
        ("superman-hold", "reps", 2, 10, 2, 12),
        ("superman-pull", "reps", 2, 8, 2, 12),
        ("locust-pose", "s", 2, 10, 5, 30),
        ("ball-back-extension", "reps", 2, 8, 2, 12),
        ("ball-reverse-leg-raise", "reps", 2, 8, 2, 12),
    ],
    "anti-extension": [
        ("beetle", "reps", 3, 8, 2, 12),
        ("dead-bug", "reps", 2, 8, 2, 12),
        ("v-up", "reps", 2, 8, 2, 12),
    ],
    "single-leg": [
        ("single-leg-balance", "reps", 3, 10, 2, 12),
        ("single-leg-balance-reach", "reps", 2, 8, 2, 12),
        ("single-leg-squat", "reps", 2, 8, 2, 12),
        ("single-leg-deadlift", "reps", 2, 8, 2, 10),
        ("single-leg-jump-squat", "reps", 2, 6, 1, 12),
    ],
    "front-plank": [
        ("knee-plank", "s", 3, 15, 5, 30),
        ("forearm-plank", "s", 2, 20, 5, 60),
        ("high-plank-leg-lifts", "reps", 2, 8, 2, 12),
        ("high-plank-shoulder-taps", "reps", 2, 10, 2, 12),
        ("high-plank-limb-raises", "reps", 2, 8, 2, 12),
    ],
    "bridge": [
        ("glute-bridge", "reps", 3, 10, 2, 15),
        ("glute-bridge", "s", 2, 10, 5, 30),
        ("single-leg-bridge", "reps", 2, 8, 2, 12),
    ],
    "side-plank": [
        ("modified-side-plank", "s", 2, 15, 5, 30),
        ("modified-side-plank-lifts", "reps", 2, 8, 2, 12),
        ("side-plank", "s", 2, 15, 5, 40),
    ],
    "quadruped": [("quadruped-limb-raises", "reps", 2, 8, 2, 12), ("bird-dog", "reps", 2, 8, 2, 12)],
    "hip-abductor": [("side-lying-leg-raise", "reps", 3, 10, 2, 15)],
    "lunge": [("reverse-lunge-rotation", "reps", 2, 8, 2, 10)],
}
