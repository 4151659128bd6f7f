"""The language inside "[...]" of ARM templates: reading, evaluating and printing it, and its table of functions."""
