"""The charts of Progress, one a module: a log and a period to a drawing with its words and tables."""
