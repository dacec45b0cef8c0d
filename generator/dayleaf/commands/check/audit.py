"""What a check finds, as values: faults, findings and the report.

It owns the words of the report's vocabulary. It never looks at a site.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong, in the words that the report prints."""

    BROKEN_LINK = "broken link"
    """The address that is linked to does not exist."""
    BROKEN_ANCHOR = "broken anchor"
    """The page exists, no element in it has the id."""
    NOT_A_FILE = "not a file"
    """The link names a folder without the slash at its end: only some hosts forgive that."""
    OUTSIDE = "outside the site"
    """The link climbs above the site's root or leaves its base path."""
    FLOATING = "relative link"
    """A relative link in `404.html`, which hosts serve for addresses at any depth."""
    UNSAFE = "unsafe link"
    """A link that runs code: `javascript:`."""
    DUPLICATE_ID = "duplicate id"
    FOREIGN = "foreign address"
    """A sitemap lists an address that does not begin with the site's base URL."""
    SITEMAP_LIMIT = "sitemap limit"
    """A sitemap lists more, or is larger, than the sitemap protocol allows."""
    MALFORMED = "malformed"
    """A page or feed breaks off inside a tag, or is not well-formed XML or JSON."""
    UNREADABLE = "unreadable"
    """A file or folder that the check could not look into, or that no host can serve."""
    HOST_LIMIT = "host limit"
    COLLISION = "name collision"
    """Two names in one folder that differ only in case or in their Unicode form."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing wrong with the site, named at the first page where it shows."""

    page: str
    """Path of the file, relative to the root, with `/`; `.` where the whole site is meant."""
    kind: Fault
    detail: str
    """What was linked, what is missing, and what may have been meant."""
    times: int = 1
    """How many links, ids or files share this finding, the one that is named included."""

    def __str__(self) -> str:
        more = "" if self.times == 1 else f" ({self.times:,} times in all)"
        return f"{self.page}: {self.kind}: {self.detail}{more}"


@dataclass(frozen=True, slots=True)
class Audit:
    """What was looked at and what was found."""

    pages: int
    """HTML files."""
    links: int
    """Links that lead into the site, as often as they stand there."""
    anchors: int
    """Those of them that name an id in a page."""
    external: int
    """Links that lead elsewhere and were not followed."""
    ids: int
    """The ids in all pages."""
    files: int
    bytes: int
    findings: tuple[Violation, ...]
    """Sorted by page, kind and detail; empty for a clean site."""

    def summary(self) -> str:
        """Return the whole report in one line."""
        outcome = f"{len(self.findings):,} findings" if self.findings else "nothing found"
        return (
            f"{self.pages:,} pages, {self.links:,} links, {self.anchors:,} of them to anchors, "
            f"{self.ids:,} ids; {self.files:,} files of {self.bytes / 1e6:,.1f} MB: {outcome}"
        )
