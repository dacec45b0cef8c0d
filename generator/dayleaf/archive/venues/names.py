"""Finding names of venues in a text, by their words."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive.venues import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dayleaf.archive.venues.known import KnownVenue

_WORD = re.compile(r"[^\W\d_]+|\d+|&")
# Words that names have or lack as their writers like: they are passed over in names and texts.
_PASSED = frozenset(
    "a an the of on in for and & ieee ieeecvf cvf rsj embs iapr ieeersj eurasip annual st nd rd th"
    " society isca mdpi elsevier springer".split()
)
_PUBLISHERS = ("MDPI", "Springer", "Elsevier")
_SHORT_FORMS = {
    "trans": "transactions", "conf": "conference", "proc": "proceedings",
    "int": "international", "intl": "international", "j": "journal", "symp": "symposium",
    "lett": "letters", "mag": "magazine", "interventions": "intervention",
}  # fmt: skip
_SHORTEST_PART = 2
"""Letters of a word that an abbreviation with a full stop must have kept."""
_STRICT = 3
"""Letters up to which a name counts only where a venue must stand."""
_START = 3
"""First letters of a name's first word, by which it is looked up where that is abbreviated."""
_NEAR = 12
"""Letters between a name in full and its abbreviation."""
_APART = 40
"""Letters between two names of one venue that speak of two appearances."""
_HEAD = 120
"""Letters before an abbreviation in brackets among which the name in full stands."""
_UNBROKEN = re.compile(r"[^;()\[\]]*")


class VenueName(NamedTuple):
    """A name of a venue, to be recognised."""

    words: tuple[str, ...]
    venue: str
    written: str
    """As an abbreviation is written, of a name of one word; else empty."""
    strict: bool
    """Whether it counts only where a venue must stand."""
    owner: str
    """What has to stand before it, `IEEE`, of a name that would be too short without it."""


class Word(NamedTuple):
    """A word of a text, in its usual form."""

    word: str
    start: int
    end: int


class NameMatch(NamedTuple):
    """A name in a text."""

    venue: str
    start: int
    end: int


class Finder:
    """Finds names."""

    def __init__(self, venues: Iterable[KnownVenue]) -> None:
        names = [name for venue in venues for name in _names(venue)]
        # Longest first; of one name in two ways the way that asks for less.
        names.sort(key=lambda n: (-len(n.words), n.strict, n.venue, n.written))
        self._single: defaultdict[str, list[VenueName]] = defaultdict(list)
        self._pairs: defaultdict[tuple[str, str], list[VenueName]] = defaultdict(list)
        self._starts: defaultdict[str, list[VenueName]] = defaultdict(list)
        for name in names:
            if len(name.words) > 1:
                self._pairs[name.words[0], name.words[1]].append(name)
                self._starts[name.words[0][:_START]].append(name)
            else:
                self._single[name.words[0]].append(name)
        self._first = frozenset(name.words[0] for name in names)

    def may_hold(self, text: str) -> bool:
        """Tell whether a text is worth a closer look."""
        return any(
            word.word in self._first
            or word.word[:-1] in self._single
            or (text[word.end : word.end + 1] == "." and word.word[:_START] in self._starts)
            for word in _words(text)
        )

    def find(self, text: str) -> list[NameMatch]:
        """List the names in a sentence; several of one venue, one behind the other, are one."""
        words = list(_words(text))
        matches: list[NameMatch] = []
        place = 0
        while place < len(words):
            place += self._take(text, words, place, matches) or 1
        return matches

    def _take(self, text: str, words: list[Word], place: int, matches: list[NameMatch]) -> int:
        """Add the name that stands at a place; return how many words it takes."""
        for name in self._candidates(text, words, place):
            if not _matches(name, words, place, text):
                continue
            start, end = words[place].start, words[place + len(name.words) - 1].end
            if _is_of_another(name, text, start, matches):
                continue
            if not _may_stand(name, text, start, end):
                continue
            last = matches[-1] if matches else None
            if last and last.venue == name.venue and not _are_two(text[last.end : start]):
                matches[-1] = last._replace(end=end)
            else:
                matches.append(NameMatch(name.venue, start, end))
            return len(name.words)
        return 0

    def _candidates(self, text: str, words: list[Word], place: int) -> Iterator[VenueName]:
        """Yield the names that may begin at a place, the longest first."""
        first = words[place]
        following = words[place + 1] if place + 1 < len(words) else None
        if following:
            dots = (text[word.end : word.end + 1] == "." for word in (first, following))
            if any(dots) and first.end - first.start >= _START:
                yield from self._starts.get(first.word[:_START], ())
            else:
                yield from self._pairs.get((first.word, following.word), ())
        single = self._single.get(first.word)
        if single:
            yield from single
        elif first.word.endswith("w"):
            yield from self._single.get(first.word[:-1], ())


def _names(venue: KnownVenue) -> Iterator[VenueName]:
    """Yield the names of a venue."""
    for name in dict.fromkeys((venue.name, venue.title, *venue.aliases, *venue.words)):
        words = tuple(word.word for word in _words(name))
        if not words:
            continue
        joined = "".join(name.split())
        brief = len(words) == 1 or (len(joined) <= _STRICT + 1 and len(words) <= _STRICT)
        strict = name in venue.words or (brief and len(joined) <= _STRICT)
        owner, _, rest = name.partition(" ")
        alone = len(words) == 1 or owner in _PUBLISHERS
        owner = owner if alone and owner.lower() in _PASSED else ""
        written = "".join(rest.split()) if owner else joined if brief else ""
        yield VenueName(words, venue.slug, written, strict and not owner, owner)


def _words(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if word not in _PASSED:
            yield Word(_SHORT_FORMS.get(word, word), match.start(), match.end())


def _matches(name: VenueName, words: list[Word], place: int, text: str) -> bool:
    """Tell whether a name stands at a place."""
    size = len(name.words)
    if place + size > len(words):
        return False
    for wanted, word in zip(name.words, words[place : place + size], strict=True):
        if word.word != wanted and not _is_form_of(wanted, word, text, alone=size == 1):
            return False
    stands = text[words[place].start : words[place + size - 1].end]
    if not _UNBROKEN.fullmatch(stands):
        return False
    if not name.written:
        return True
    if name.strict or len(name.written) <= _STRICT:
        return stands.replace(" ", "") in {f"{name.written}{more}" for more in ("", "W", "w")}
    return not (stands.islower() and len(name.written) <= _STRICT + 1)


def _is_form_of(wanted: str, word: Word, text: str, *, alone: bool) -> bool:
    """Tell whether a word abbreviates one of a longer name, or is a name with a W for workshop."""
    if alone:
        return word.word == f"{wanted}w"
    if text[word.end : word.end + 1] != "." or word.end - word.start < _SHORTEST_PART:
        return False
    return wanted.startswith(text[word.start : word.end].lower())


def _may_stand(name: VenueName, text: str, start: int, end: int) -> bool:
    """Tell whether a name is not part of an address, a longer name, or an ordinary word."""
    before = text[:start]
    if before[-1:] in {"_", "#"} or "://" in before.rpartition(" ")[2]:
        return False
    if wording.ADDRESS.match(text, end) or (not name.written and wording.GOES_ON.match(text, end)):
        return False
    if name.owner:
        return before.upper().endswith(f"{name.owner.upper()} ")
    if not name.strict:
        return True
    if any(map(str.isupper, name.written[1:])):
        if year_at(text, end) or wording.OWNER.search(before):
            return True
    elif not wording.ENDS.match(text, end):
        return False
    return bool(wording.BEGINS.fullmatch(before) or wording.STANDS.search(before))


def _is_of_another(name: VenueName, text: str, start: int, earlier: list[NameMatch]) -> bool:
    """Tell whether a short name in brackets abbreviates the name of something else before them."""
    if not name.written or len(name.written) > _STRICT or text[start - 1 : start] != "(":
        return False
    if earlier and earlier[-1].venue == name.venue and start - earlier[-1].end < _NEAR:
        return False
    return bool(wording.MEETING.search(text, max(0, start - _HEAD), start))


def _are_two(between: str) -> bool:
    """Tell whether two names of one venue, by what stands between them, are two appearances."""
    return len(between) > _APART or ("and" in between and bool(wording.YEAR_BEFORE.search(between)))


_CENTURY = 80
"""Years of two figures from which on they are of the last century."""
_LATEST = 35


def year_at(text: str, place: int) -> str:
    """Return the year that stands directly behind a name, `2024` for `'24`; empty if none does."""
    if match := wording.YEAR_AFTER.match(text, place):
        return match[1]
    if match := wording.SHORT_YEAR_AFTER.match(text, place):
        if int(match[1]) <= _LATEST:
            return f"20{match[1]}"
        return f"19{match[1]}" if int(match[1]) >= _CENTURY else ""
    return ""


def year_end(text: str, place: int) -> int:
    """Return the end of the year behind a name, or the place itself."""
    match = wording.YEAR_AFTER.match(text, place) or wording.SHORT_YEAR_AFTER.match(text, place)
    return match.end() if match else place
