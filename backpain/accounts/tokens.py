"""Tokens of secret links and of the API. A token is shown once and never stored: what is kept is its hash."""

import hashlib
import secrets

TOKEN_BYTES = 32  # 256 random bits cannot be guessed, so the hash needs neither salt nor slowness
PIN_DIGITS = 6
API_PREFIX = "backpain_"  # by which people and scanners of published code know one for what it is


def new_token() -> str:
    """Return a token for a URL, of 43 letters, digits, "-" and "_"."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_api_token() -> str:
    return API_PREFIX + new_token()


def hash_of(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal, which is what the database knows of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_pin() -> str:
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"
