"""Telephone numbers for emergencies and for advice, by country.

112: EU emergency number, also EEA and Switzerland. 999/111: United Kingdom. 911: United States, Canada.
000: Australia. 111: New Zealand. Elsewhere nothing is claimed and the page names them all.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Numbers:
    emergency: str
    advice_line: str = ""


_EUROPE = [
    *("AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"),
    *("IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
]
_NUMBERS = {
    **dict.fromkeys(_EUROPE, Numbers(emergency="112")),
    "GB": Numbers(emergency="999", advice_line="111"),
    "US": Numbers(emergency="911"),
    "CA": Numbers(emergency="911"),
    "AU": Numbers(emergency="000"),
    "NZ": Numbers(emergency="111"),
}


def numbers_in(country: str) -> Numbers | None:
    """Return the numbers to call in a country (ISO 3166 code), or None where we know none."""
    return _NUMBERS.get(country)
