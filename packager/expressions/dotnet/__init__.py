"""Behaviour of .NET that the language takes over: formats of numbers and dates, durations, order of texts."""
