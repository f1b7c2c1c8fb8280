"""The child of `read_isolated`: a file on standard input, the time as argument, JSON on standard output."""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
from typing import Any

from .activity import NotReadable
from .reader import read

CPU_S = 10
MEMORY_BYTES = 512 * 1024 * 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    json.dump(_answer(sys.stdin.buffer.read(), now=dt.datetime.fromisoformat(sys.argv[1])), sys.stdout)


def _answer(content: bytes, *, now: dt.datetime) -> dict[str, Any]:
    try:
        return {"refusal": None, "activity": read(content, now=now).as_json()}
    except NotReadable as error:
        return {"refusal": error.code, "activity": error.readable.as_json() if error.readable else None}
    except MemoryError:
        return {"refusal": "too_complex", "activity": None}


main()
