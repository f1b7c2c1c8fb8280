"""Parses one file in a child process, so that a hostile one can cost some seconds of it and nothing else."""

from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
from pathlib import Path

from .activity import MAX_BYTES, Activity, NotReadable

WALL_CLOCK_S = 20
_PROJECT = Path(__file__).parents[2]


def read_isolated(content: bytes, *, now: dt.datetime) -> Activity:
    """Return the activity in the file or raise NotReadable, whatever the file does to the parser."""
    if len(content) > MAX_BYTES:
        raise NotReadable("too_large")
    try:
        child = subprocess.run(
            [sys.executable, "-m", "backpain.activity_files", now.isoformat()],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_PROJECT,
            env={},  # the database's address and the secret key are not the parser's business
            timeout=WALL_CLOCK_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotReadable("too_complex") from error
    return _answer_of(child)


def _answer_of(child: subprocess.CompletedProcess[bytes]) -> Activity:
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise NotReadable("too_complex")
    if child.returncode:
        raise NotReadable("damaged")
    answer = json.loads(child.stdout)
    activity = Activity.from_json(answer["activity"]) if answer["activity"] else None
    if activity is None or answer["refusal"]:
        raise NotReadable(answer["refusal"], activity)
    return activity
