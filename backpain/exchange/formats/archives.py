"""The account archive: what is in it, and how it is written so that the same account gives the same bytes.

`history.json` is the history contract. `account.json` has what the contract has no place for, in a format of
its own: account.schema.json. Neither holds an e-mail address, a password, a token, a position or the time of
the export.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from backpain.accounts.archive import consents_data, settings_data
from backpain.accounts.models import User
from backpain.plan.archive import plan_data
from backpain.training.archive import log_data
from backpain.training.history import history_data

FORMAT, VERSION = "backpain-account", 1
HISTORY, ACCOUNT, README, TABLES = "history.json", "account.json", "README.txt", "csv"
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first a ZIP can say

type Data = dict[str, Any]


class Account:
    """Everything of a runner's account that is taken along, read from the database when it is asked for."""

    def __init__(self, runner: User) -> None:
        self.runner = runner

    @cached_property
    def history(self) -> Data:
        return history_data(self.runner)

    @cached_property
    def log(self) -> Data:
        return log_data(self.runner)

    @cached_property
    def plan(self) -> Data:
        return plan_data(self.runner)

    @cached_property
    def consents(self) -> list[Data]:
        return consents_data(self.runner)

    @property
    def data(self) -> Data:
        """Return what stands in account.json."""
        own = {"settings": settings_data(self.runner), "consents": self.consents}
        return {"format": FORMAT, "version": VERSION, **own, **self.log, **self.plan}


def written_history(data: Data) -> bytes:
    """Return a history as the command export_history prints it."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def written_account(data: Data) -> bytes:
    return f"{_in_lines(data, levels=2)}\n".encode()


def _in_lines(data: Any, *, levels: int) -> str:
    """Return JSON with every row on a line of its own, for the eye and for tools that compare lines."""
    if isinstance(data, list):
        return f"[{','.join(f'\n{in_json(row)}' for row in data)}\n]"
    if isinstance(data, dict) and levels:
        rows = (f"\n{in_json(name)}: {_in_lines(part, levels=levels - 1)}" for name, part in data.items())
        return f"{{{','.join(rows)}\n}}"
    return in_json(data)


def in_json(value: Any) -> str:
    """Return a value on one line; databases keep the fields of an object in orders of their own."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=in_text)


def in_text(value: Any) -> str:
    """Return a day, an instant or a uuid as text."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of files by name, which says nothing of when and where it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, NO_TIME)
            member.create_system, member.external_attr = 3, 0o600 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return made.getvalue()
