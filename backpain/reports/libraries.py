"""What WeasyPrint needs besides Python packages. Knows nothing of Django: the set-up asks it too."""

from __future__ import annotations

import functools
from ctypes.util import find_library

LIBRARIES = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")


@functools.cache
def can_make_pdfs() -> bool:
    """Tell whether this machine has the libraries that WeasyPrint opens."""
    return all(find_library(name) for name in LIBRARIES)
