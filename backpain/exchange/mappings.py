"""What runners said of the columns of their tables, so that nobody is asked twice about the same headings."""

from __future__ import annotations

from django.db import transaction

from backpain.accounts.models import User

from .formats.csv import Table
from .formats.guesses import guess, known, left_open
from .formats.mapping import ColumnMapping
from .models import CsvMapping


def mapping_for(runner: User, table: Table) -> ColumnMapping | None:
    """Return what a table's columns mean, as remembered or as its tracker has them; None where it has to be asked."""
    mapping = _remembered(runner, table) or known(table)
    return mapping if mapping and not left_open(table, mapping) else None


def suggested(runner: User, table: Table) -> ColumnMapping:
    """Return what to show first where it is asked."""
    return _remembered(runner, table) or known(table) or guess(table)


@transaction.atomic
def remember(*, runner: User, table: Table, mapping: ColumnMapping) -> None:
    """Keep what the columns of tables with these headings mean, in place of what was said before."""
    CsvMapping.objects.update_or_create(
        runner=runner, header_hash=table.header_hash, defaults={"mapping": mapping.as_json()}
    )


def _remembered(runner: User, table: Table) -> ColumnMapping | None:
    rows = CsvMapping.objects.filter(runner=runner, header_hash=table.header_hash)
    mapping = rows.values_list("mapping", flat=True).first()
    return ColumnMapping.from_json(mapping) if mapping else None
