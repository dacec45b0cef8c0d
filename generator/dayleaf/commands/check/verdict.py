"""From faults to findings: the words of each message, and what may have been meant instead.

It owns every sentence that the report prints about a link. It reads no file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from dayleaf.commands.check.address import INDEX
from dayleaf.commands.check.audit import Fault, Violation
from dayleaf.commands.check.ledger import FaultLedger, Trouble
from dayleaf.commands.check.scan import SITEMAP_ADDRESSES, SITEMAP_BYTES

_LONGEST: Final = 200
_LIKENESS: Final = 0.8
_NEIGHBOURS: Final = 2
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_SENTENCES: Final = {
    Fault.BROKEN_LINK: "`{link}` leads to {about}, which does not exist{hint}",
    Fault.BROKEN_ANCHOR: "no element of {page} has the id `{name}`{hint}",
    Fault.NOT_A_FILE: "`{link}` names the folder /{about} without the slash at its end; add it",
    Fault.OUTSIDE: "`{link}` leads out of the site, whose root is {base}",
    Fault.FLOATING: "`{link}` is relative, but this page is served for addresses at any depth; "
    "begin it with {base}",
    Fault.UNSAFE: "`{link}` runs code; use a button and a script",
    Fault.DUPLICATE_ID: "more than one element has the id `{name}`",
    Fault.FOREIGN: "the sitemap lists `{link}`, which does not begin with the site's base URL",
    Fault.SITEMAP_LIMIT: f"{{about}}; sitemaps hold {SITEMAP_ADDRESSES:,} in {SITEMAP_BYTES:,} "
    "at most: split it, and list the parts in an index",
    Fault.COLLISION: "{about} is the same name on many file systems: one of the two would be lost",
}
"""What else there is says all of it in what it is about."""


def findings(
    ledger: FaultLedger, *, files: Sequence[bytes], ids: Mapping[int, bytes], base: bytes
) -> tuple[Violation, ...]:
    """Word everything in `ledger`.

    `files` is sorted; `ids` are by a page's place among them; `base` is the site's base path.
    """
    words = _Words(files, ids, base)
    return tuple(
        sorted(
            Violation(
                _show(trouble.page), fault, words.detail(fault, about, trouble), trouble.times
            )
            for (fault, about), trouble in ledger.troubles.items()
        )
    )


@dataclass(frozen=True)
class _Words:
    """Words faults for one site. Without slots, for the cached property."""

    files: Sequence[bytes]
    ids: Mapping[int, bytes]
    base: bytes

    @cached_property
    def folded(self) -> Mapping[bytes, bytes]:
        """Every path by its lower case; made only once a link is broken."""
        return {path.lower(): path for path in self.files}

    def detail(self, fault: Fault, about: bytes, trouble: Trouble) -> str:
        """Return the message: what was linked, what is missing, what may have been meant."""
        page, _, name = about.partition(b"\0")
        hint = ""
        if fault is Fault.BROKEN_LINK:
            hint = self.meant(about)
        elif fault is Fault.BROKEN_ANCHOR:
            hint = self.near_id(page, name)
        return _SENTENCES.get(fault, "{about}").format(
            link=_show(trouble.link),
            about=_show(about),
            page=_show(page),
            name=_show(name),
            base=_show(self.base),
            hint=hint,
        )

    def meant(self, path: bytes) -> str:
        """Guess at the file that was meant by a missing one."""
        if other := self.folded.get(path.lower()):
            return f"; {_show(other)} does: case counts"
        folder = path.removesuffix(INDEX)
        stem = folder.removesuffix(b"/")
        for other in (stem, stem + b".html", stem.removesuffix(b".html") + b"/" + INDEX):
            if self.number(other) is not None:
                return f"; {_show(other)} does"
        if folder != path and self.files[self.at(folder)].startswith(folder):
            return f"; the folder has no {INDEX.decode()}"
        return _nearest(self.files, path)

    def near_id(self, page: bytes, fragment: bytes) -> str:
        """Guess at the id that was meant by a missing one."""
        number = self.number(page)
        blob = b"" if number is None else self.ids.get(number, b"")
        return _nearest(sorted(blob.split(b"\0")), fragment)

    def at(self, path: bytes) -> int:
        """Return the place of `path` among the files, or of the last file if it comes after all."""
        return min(bisect_left(self.files, path), len(self.files) - 1)

    def number(self, path: bytes) -> int | None:
        """Return the number of a file, None where there is none."""
        place = self.at(path)
        return place if self.files[place] == path else None


def _nearest(names: Sequence[bytes], wanted: bytes) -> str:
    """Name the likest of the names that sort beside `wanted`, if one is like it at all.

    Only neighbours are looked at: with 250,000 names, a search through all takes a second a link.
    """
    place = bisect_left(names, wanted)
    before, after = names[max(0, place - _NEIGHBOURS) : place], names[place : place + _NEIGHBOURS]
    beside = (*reversed(before), *after)  # of equals, the first is taken: the one just before
    likest = max(beside, key=lambda name: _likeness(name, wanted), default=b"")
    return f"; the nearest is {_show(likest)}" if _likeness(likest, wanted) >= _LIKENESS else ""


def _likeness(name: bytes, other: bytes) -> float:
    """Return the share of two names that is a common beginning or end, from 0 to 1."""
    longer = max(len(name), len(other))
    head = _common(name, other)
    return (head + _common(name[head:][::-1], other[head:][::-1])) / longer if longer else 0


def _common(name: bytes, other: bytes) -> int:
    """Return the length of the common beginning."""
    pairs = enumerate(zip(name, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(name), len(other)))


def _show(text: bytes) -> str:
    """Return bytes from a page or a file name as one line of text of bounded length."""
    line = _CONTROL.sub(lambda c: f"\\x{ord(c[0]):02x}", text.decode(errors="backslashreplace"))
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
