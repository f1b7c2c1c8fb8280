"""The words runners have for the ground they run on."""

from __future__ import annotations

from .headings import plain

_WORDS = {
    "road": """
        road, street, asphalt, tarmac, pavement, concrete, strasse, route, rue, bitume, carretera, asfalto, strada, weg
    """,
    "trail": """
        trail, path, forest, gravel, dirt, grass, wald, waldweg, feldweg, schotter, gelande, sentier, chemin, foret,
        sendero, monte, sentiero, sterrato, trilha, bospad, pad
    """,
    "track": "track, tartan, bahn, piste, pista, stadion, baan",
    "treadmill": "treadmill, indoor, laufband, tapis, tapis roulant, cinta, esteira, loopband",
    "mixed": "mixed, various, gemischt, mixte, mixto, misto, gemengd",
}
_SURFACE_OF = {plain(word): surface for surface, words in _WORDS.items() for word in words.split(",")}


def surface_named(word: str) -> str:
    """Return the surface as a run has it, empty for a word we do not know."""
    return _SURFACE_OF.get(plain(word.replace("ß", "ss")), "")
