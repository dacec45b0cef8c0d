"""Faults as they are met, each kept once with its first place and its count.

It owns the order: whatever the order in which faults are noted and ledgers are joined, the outcome
is the same. It never words a message.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from dayleaf.commands.check.audit import Fault


class Trouble(NamedTuple):
    """Where a fault shows first, by path and then by link, and how often it does."""

    page: bytes
    link: bytes
    """What the page says: the address, the id. Empty where the fault is not in a page."""
    times: int


@dataclass(frozen=True, slots=True)
class FaultLedger:
    """The one value here that is filled in as work goes on.

    A site with one wrong link in its footer has a fault in every page; by what is missing, it is
    one entry, so memory stays flat.
    """

    troubles: dict[tuple[Fault, bytes], Trouble] = field(default_factory=dict)
    """By the fault and what it is about: the missing file, say."""

    def note(
        self, fault: Fault, about: bytes, *, page: bytes, link: bytes = b"", times: int = 1
    ) -> None:
        """Add `times` more of a fault, met in `page`."""
        known = self.troubles.get((fault, about))
        if known is not None:
            page, link = min(known[:2], (page, link))
            times += known.times
        self.troubles[fault, about] = Trouble(page, link, times)

    def join(self, other: FaultLedger) -> None:
        """Add everything that `other` holds."""
        for (fault, about), trouble in other.troubles.items():
            self.note(fault, about, page=trouble.page, link=trouble.link, times=trouble.times)
