"""Validate, preview, expand and reproducibly package Azure Marketplace offers."""

__version__ = "0.1.0"
