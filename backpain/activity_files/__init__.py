"""Reads what a watch or phone recorded: bytes in, activities or one clear refusal out. Knows no Django.

`Readers` reads many files, `read_isolated` one. The parsers are not imported here: they run in child processes only.
"""

from .activity import MAX_BYTES, Activity, NotReadable
from .readers import Readers, Reading, read_isolated
from .sentences import SENTENCES

__all__ = ["MAX_BYTES", "SENTENCES", "Activity", "NotReadable", "Readers", "Reading", "read_isolated"]
