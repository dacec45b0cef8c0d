"""Where a paper has appeared, from what its comment and its journal reference say.

Both are free text: "Accepted at CVPR 2024 (oral)", "ICCV'23 Workshop", "to appear in IEEE TPAMI".
A name counts unless the words around it say that the paper has not appeared there: "submitted to",
"under review", "an earlier version at", or that the name stands for a data set or a template.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive.venues import wording
from dayleaf.archive.venues.names import Finder, year_at, year_end

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from dayleaf.archive.venues.known import KnownVenue
    from dayleaf.archive.venues.names import NameMatch

WORKSHOP, CHALLENGE = "workshop", "challenge"
# How far around a name its part, notes and year are looked for, in letters.
_WORKSHOP_BEFORE, _WORKSHOP_AFTER = 140, 110
_CHALLENGE_BEFORE, _CHALLENGE_AFTER = 80, 60
_NOTES_BEFORE, _NOTES_AFTER = 60, 90
_YEAR_BEFORE = 90


class Appearance(NamedTuple):
    """A paper at a venue."""

    venue: str
    """Its slug."""
    year: str
    """`2024`; empty where nobody says."""
    part: str = ""
    """WORKSHOP or CHALLENGE; empty for the venue proper."""
    notes: tuple[str, ...] = ()
    """`oral`, `best paper`."""


class Recogniser:
    """Knows where papers have appeared."""

    def __init__(self, venues: Mapping[str, KnownVenue]) -> None:
        self._venues = venues
        self._finder = Finder(venues.values())

    def appearances(self, comment: str | None, journal: str | None) -> tuple[Appearance, ...]:
        """Return a paper's appearances, in the order of the texts."""
        appearances: list[Appearance] = []
        for appearance in self._read(comment, reference=False) if comment else ():
            _join(appearances, appearance)
        referred = list(self._read(journal, reference=True)) if journal else []
        for appearance in referred:
            _join(appearances, appearance)
        years = wording.YEAR_ELSEWHERE.findall(journal or "")
        if years and not referred:  # volume and pages alone, of the journal that the comment names
            appearances = [
                each._replace(year=years[-1]) if self._is_journal(each) and not each.year else each
                for each in appearances
            ]
        return tuple(appearances)

    def _is_journal(self, appearance: Appearance) -> bool:
        return self._venues[appearance.venue].kind == "journal"

    def _read(self, text: str, *, reference: bool) -> Iterator[Appearance]:
        if not self._finder.may_hold(text):
            return
        text = wording.SPIE.sub("SPIE ", wording.MARKUP.sub("", text))
        text = " ".join(wording.PUBLISHER.sub("Springer", text).split())
        for sentence in [text] if reference else _sentences(text):
            yield from self._of_sentence(sentence, reference=reference)

    def _of_sentence(self, text: str, *, reference: bool) -> Iterator[Appearance]:
        matches = self._finder.find(text)
        appearances: list[Appearance] = []
        for place, match in enumerate(matches):
            before = matches[place - 1].end if place else 0
            after = matches[place + 1].start if place + 1 < len(matches) else len(text)
            if after < len(text) and text[match.end : after].strip() == ":":
                continue  # Findings of the Association for Computational Linguistics: EMNLP
            if not reference and not _has_appeared(text[: match.start]):
                continue
            if wording.NOT_AFTER.match(wording.TRACK.sub("", text[match.end : after])):
                continue
            appearances.append(self._appearance(text, match, before, after, last=reference))
        years = {appearance.year for appearance in appearances if appearance.year}
        year = years.pop() if len(years) == 1 else ""
        # A workshop and what it is held at have one year between them.
        for appearance in appearances:
            yield appearance if appearance.year else appearance._replace(year=year)

    def _appearance(
        self, text: str, match: NameMatch, before: int, after: int, *, last: bool
    ) -> Appearance:
        """Return what stands of a name between two others.

        If no year stands beside it, the first behind it is taken, or the last.
        """
        head, tail = text[before : match.start], text[match.end : after]
        if before:  # words joined to the name before belong to that name
            cut = wording.COORDINATE.search(head)
            head = head[cut.end() :] if cut else ""
        if after < len(text) and (
            cut := wording.COORDINATE.search(tail, year_end(text, match.end) - match.end)
        ):
            tail = tail[: cut.start()]
        notes = tuple(
            note
            for note, way in wording.NOTES
            if way.search(head[-_NOTES_BEFORE:]) or way.search(tail[:_NOTES_AFTER])
        )
        year = _year(text, match, head, tail, last=last)
        return Appearance(match.venue, year, self._part(text, match, head, tail), notes)

    def _part(self, text: str, match: NameMatch, head: str, tail: str) -> str:
        venue = self._venues[match.venue]
        if venue.kind != "conference":
            return ""
        glued = text[match.end - 1] in "Ww" and venue.name[-1] not in "Ww"
        own = any(map(wording.WORKSHOP.search, (venue.title, *venue.aliases)))
        if (
            glued
            or (not own and wording.WORKSHOP.search(text, match.start, match.end))
            or wording.GLUED.match(text, match.end)
            or wording.WORKSHOP.search(head[-_WORKSHOP_BEFORE:])
            or wording.WORKSHOP.search(tail[:_WORKSHOP_AFTER])
        ):
            return WORKSHOP
        near = tail[:_CHALLENGE_AFTER].partition(",")[0]
        challenge = wording.CHALLENGE.search(head[-_CHALLENGE_BEFORE:])
        return CHALLENGE if challenge or wording.CHALLENGE.search(near) else ""


def _has_appeared(head: str) -> bool:
    """Tell whether the words before a name allow that the paper has appeared there."""
    if wording.ANOTHER.search(head):
        return False
    return _last(wording.NEGATIVE, head) <= _last(wording.POSITIVE, head)


def _year(text: str, match: NameMatch, head: str, tail: str, *, last: bool) -> str:
    """Return the year of an appearance, beside its name or else in its sentence."""
    if year := year_at(text, match.end):
        return year
    inside = wording.YEAR_BEFORE.findall(text[match.start : match.end])
    before = wording.YEAR_BEFORE.findall(head[-_YEAR_BEFORE:])
    later = wording.YEAR_ELSEWHERE.findall(tail)
    ordered = [*inside[:1], *before[-1:], *(later[-1:] if last else later[:1])]
    return ordered[0] if ordered else ""


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for match in wording.SENTENCE.finditer(text):
        if match[0][0] == "." and wording.ABBREVIATED.search(text[start : match.start()]):
            continue
        yield text[start : match.start()]
        start = match.end()
    yield text[start:]


def _last(way: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in way.finditer(text)), default=-1)


def _join(appearances: list[Appearance], new: Appearance) -> None:
    """Add an appearance, or what it says of one that is known."""
    for place, other in enumerate(appearances):
        if other.venue == new.venue and (not other.year or new.year in {"", other.year}):
            notes = tuple(dict.fromkeys((*other.notes, *new.notes)))
            year, part = other.year or new.year, other.part or new.part
            appearances[place] = Appearance(new.venue, year, part, notes)
            return
    appearances.append(new)
