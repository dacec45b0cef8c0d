"""Dayleaf turns an archive of daily paper digests into a searchable static site."""

__version__ = "0.1.0"
