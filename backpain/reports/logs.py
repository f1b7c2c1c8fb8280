"""Keeps secret links out of the logs: whoever reads a log must not be able to open what a runner shared."""

import logging
import re

# Whatever follows, because mail programs add full stops and brackets to a link that works without them.
SECRET_PATHS = re.compile(r"(/(?:shared|calendar)/)[^\s\"']+", re.IGNORECASE)


class SecretlessFormatter(logging.Formatter):
    """Leaves the secret part out of every line, those of a traceback too."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRET_PATHS.sub(r"\1...", super().format(record))
