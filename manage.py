#!/usr/bin/env python
"""Django's command line."""

import os
import sys
from pathlib import Path

VENV_PYTHON = Path(__file__).resolve().parent / ".venv" / "bin" / "python"


def main() -> None:
    """Run the named management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backpain.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        # `make setup` installs into .venv; a plain `python manage.py ...` finds its way there.
        if Path(sys.executable) == VENV_PYTHON or not VENV_PYTHON.exists():
            raise SystemExit("Django is not installed. Run `make setup` first.") from None
        os.execv(VENV_PYTHON, [str(VENV_PYTHON), *sys.argv])
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
