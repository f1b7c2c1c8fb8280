"""Reads what a watch or phone recorded: bytes in, an Activity or one clear refusal out. Knows no Django.

`read_isolated` is the way in. The parsers are not imported here: they run in the child process only.
"""

from .activity import MAX_BYTES, Activity, NotReadable
from .isolated import read_isolated
from .sentences import SENTENCES

__all__ = ["MAX_BYTES", "SENTENCES", "Activity", "NotReadable", "read_isolated"]
