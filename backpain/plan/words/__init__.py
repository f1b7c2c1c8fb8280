"""What the coach says, rule by rule; `wording.py` puts an advice together."""
