"""What a paper has several of, packed into one text each: authors, memberships, extras.

SQLite and the processes that read pass a text along faster than a list. No other module knows how
these texts are made up.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache, partial
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple, NewType

from dayleaf.archive.model import Extras, Score, SummarySection
from dayleaf.archive.resources import resources as find_resources
from dayleaf.archive.rules import TOPIC, VENUE, Membership
from dayleaf.archive.topics import code as topic_code
from dayleaf.text import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dayleaf.archive.model import Categories

Packed = NewType("Packed", str)
"""Authors: name TAB slug, a line each. Memberships: system TAB code TAB label TAB part TAB notes, a
line each, without the end that is empty or follows. Extras: JSON. Empty where there are none."""
BETWEEN = "\n"
"""Parts two authors or memberships."""
OTHER = "other"
"""Stands in the place of a system for text that is no code."""


AUTHORS_AS_JSON = r"""
    CASE authors WHEN '' THEN '{}' ELSE '{"' || replace(replace(replace(replace(
        authors, '\', '\\'), '"', '\"'), char(9), '":"'), char(10), '","') || '"}' END
"""
"""In SQL: the column `authors` as an object of slugs by name, in which a name may stand twice."""
NUMBER_OF_AUTHORS = "(length(authors) - length(replace(authors, char(10), '')) + 1)"
"""In SQL, of a paper that has any."""


class Authorship(NamedTuple):
    """An author of a paper."""

    name: str
    """As the paper spells it."""
    slug: str


def pack_authors(spelled: Iterable[str], slugs: Iterable[str]) -> Packed:
    """Pack authors, in the paper's order."""
    return Packed("\n".join(map("\t".join, zip(spelled, slugs, strict=True))))


# There are millions of them: this takes half of what a call of the class does.
_authorship = partial(tuple.__new__, Authorship)


def authors(packed: Packed) -> list[Authorship]:
    """Return the authors of a paper, in its order."""
    return [_authorship(line.split("\t", 1)) for line in packed.split("\n")] if packed else []


def names(packed: Packed) -> list[str]:
    """Return the names of a paper's authors, in its order."""
    return [line.partition("\t")[0] for line in packed.split("\n")] if packed else []


def slugs(packed: Packed) -> list[str]:
    """Return the slugs of a paper's authors, in its order."""
    return [line.partition("\t")[2] for line in packed.split("\n")] if packed else []


def frequent_authors(papers: Iterable[Packed], *, most: int) -> list[tuple[str, str, int]]:
    """Return slug, spelling and papers of those who stand on several of some papers.

    The most frequent come first, then by slug, at most so many; each goes by the first spelling.
    """
    lines: Counter[str] = Counter()
    for packed in papers:
        lines.update(iter(dict.fromkeys(packed.split("\n"))))
    totals: dict[str, int] = {}
    names: dict[str, str] = {}
    for line, count in lines.items():
        name, _, slug = line.partition("\t")
        if slug in totals:
            totals[slug] += count
        elif slug:
            totals[slug], names[slug] = count, name
    regular = [(-count, slug) for slug, count in totals.items() if count > 1]
    return [(slug, names[slug], -count) for count, slug in nsmallest(most, regular)]


def pack_memberships(listed: Iterable[Membership]) -> Packed:
    """Pack categories, or memberships by rules; omits labels that equal the code."""
    return Packed("\n".join(map(_line, listed)))


def _line(membership: Membership) -> str:
    if membership.system == VENUE:
        return "\t".join(membership)
    system, code, label, *_ = membership
    return f"{system}\t{code}" + (f"\t{label}" if label != code else "")


@lru_cache(maxsize=1 << 13)
def pack_categories(categories: Categories, topics: tuple[str, ...] = ()) -> Packed:
    """Pack categories, with the words that a digest files the paper under."""
    listed = [Membership("arxiv", code, code) for code in categories.arxiv]
    listed += [Membership("msc", code, code) for code in categories.msc]
    listed += [Membership("acm", code, code) for code in categories.acm]
    labels = {topic_code(label): label for label in reversed(topics)}
    listed += [Membership(TOPIC, code, labels[code]) for code in reversed(labels) if code]
    listed += [Membership(OTHER, "", " ".join(text.split())) for text in categories.other]
    return pack_memberships(listed)


@lru_cache(maxsize=1 << 13)
def memberships(packed: Packed) -> tuple[Membership, ...]:
    """Return memberships, in their order."""
    parsed: list[Membership] = []
    for line in packed.split("\n") if packed else ():
        system, code, *rest = line.split("\t")
        parsed.append(Membership(system, code, *(rest or (code,))))
    return tuple(parsed)


@lru_cache(maxsize=1 << 12)
def venues(packed: Packed) -> tuple[Membership, ...]:
    """Return a paper's venues, whole venues before parts of others."""
    appeared = (membership for membership in memberships(packed) if membership.system == VENUE)
    return tuple(sorted(appeared, key=lambda membership: bool(membership.part)))


def only(system: str, packed: Packed) -> Packed:
    """Return the memberships of one system."""
    return pack_memberships(each for each in memberships(packed) if each.system == system)


def codes(packed: Packed) -> list[tuple[str, str]]:
    """List system and code of memberships; text that is no code has none.

    A year of a venue is two of them, `cvpr/2024` and `cvpr`.
    """
    pairs: dict[tuple[str, str], None] = {}
    for membership in memberships(packed):
        if membership.system == OTHER:
            continue
        pairs[membership.system, membership.code] = None
        if membership.system == VENUE:
            pairs[membership.system, membership.code.partition("/")[0]] = None
    return list(pairs)


def pack_resources(*texts: str | None) -> str | None:
    """Find and pack what some texts lead to: sort and address, a line each; None for most."""
    addresses = find_resources(*texts)
    return "\n".join(map(" ".join, addresses)) if addresses else None


def resources(packed: str | None) -> dict[str, str]:
    """Return a paper's resources: sort -> address."""
    lines = packed.split("\n") if packed else ()
    return dict(line.split(" ", 1) for line in lines)


def pack_extras(extras: Extras | None) -> str | None:
    """Pack extras; None where there are none."""
    if extras is None or extras == Extras():
        return None
    return cleaned(json.dumps(extras, ensure_ascii=False, separators=(",", ":")))


def extras(packed: str | None) -> Extras:
    """Return the digest's additions to a paper: summaries, scores, links."""
    if packed is None:
        return Extras()
    sections, version, code, links, scores, others, announced = json.loads(packed)
    return Extras(
        tuple(SummarySection(*entry) for entry in sections),
        version,
        code,
        tuple((label, address) for label, address in links),
        tuple(Score(*entry) for entry in scores),
        others,
        announced,
    )
