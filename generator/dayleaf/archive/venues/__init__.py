"""Venues: where papers have appeared.

venues.toml     the conferences and journals that are known
known.py        that file, and a site's own
appearances.py  a comment and a journal reference -> appearances
servers.py      which journals are servers of preprints
"""

from dayleaf.archive.venues.appearances import CHALLENGE, WORKSHOP, Appearance, Recogniser
from dayleaf.archive.venues.known import FILE, Known, KnownVenue, known
from dayleaf.archive.venues.servers import is_server

__all__ = [
    "CHALLENGE",
    "FILE",
    "WORKSHOP",
    "Appearance",
    "Known",
    "KnownVenue",
    "Recogniser",
    "is_server",
    "known",
]
