"""Keeps secret links and tokens out of the logs: whoever reads a log must not be able to open what is a runner's."""

import logging
import re

from backpain.accounts.tokens import API_PREFIX

# Whatever follows, because mail programs add full stops and brackets to a link that works without them.
SECRET_PATHS = re.compile(r"(/(?:shared|calendar)/)[^\s\"']+", re.IGNORECASE)
TOKENS = re.compile(rf"({API_PREFIX})[\w-]{{20,}}")


class SecretlessFormatter(logging.Formatter):
    """Leaves the secret part out of every line, those of a traceback too."""

    def format(self, record: logging.LogRecord) -> str:
        line = SECRET_PATHS.sub(r"\1...", super().format(record))
        return TOKENS.sub(r"\1...", line)
