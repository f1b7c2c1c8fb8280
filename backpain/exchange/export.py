"""The account as one file to take along: `restore` brings it into another account."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string

from backpain.accounts.models import User

from .formats import archives, tables
from .formats.archives import Account
from .formats.tables import TABLES


def archive_of(runner: User) -> bytes:
    """Return the account as a ZIP; nothing in it says when it was made, so the same account gives the same one."""
    account = Account(runner)
    context = {"product": settings.PRODUCT_NAME, "tables": TABLES.items()}
    files = {
        archives.README: render_to_string("exchange/readme.txt", context).encode(),
        archives.HISTORY: history_of(account),
        archives.ACCOUNT: archives.written_account(account.data),
    }
    for name, table in TABLES.items():
        files[f"{archives.TABLES}/{name}.csv"] = tables.written(table, account)
    return archives.zipped(files)


def history_of(account: Account) -> bytes:
    """Return history.json, the history contract."""
    return archives.written_history(account.history)
