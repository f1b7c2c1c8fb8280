"""Mutated files of every format that comes in: `make fuzz` reads thousands, the suite a few."""
