"""The keeper's topics: which papers belong to each.

A word or phrase is found in title or abstract as whole words, in this order, next to each other.
Case, accents and Greek letters are folded as in search, formulas and TeX are read as text, and
everything that is neither letter nor figure separates words: `few shot` finds `few-shot`, and vice
versa. A star at the end stands for any ending: `transformer*` finds transformers too.

Words that digests file papers under are topics too, each under the code that `code` gives it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import names, taxonomy
from dayleaf.archive.words import indexed
from dayleaf.text import to_plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dayleaf.base.config import Topic

_APART = re.compile(r"[^\w]+|_+")
_SIGNS = {code: " " for code in range(128) if not chr(code).isalnum()}
"""The same of ASCII, for `translate`, in a fifth of the time."""
_ANY_ENDING = "*"
_SIGNED = re.compile(r"\w[+#*!^=\u2032]+(?!\w)|(?<!\w)\.(?=\w)")
"""Signs that make another word of a word: `C++`, `Q*`, `.NET`."""
_CODE = re.compile(r"(?P<plain>.+)-[0-9a-f]{8}\Z")


@lru_cache(maxsize=1 << 12)
def code(label: str) -> str:
    """Return the code of a topic: the slug of its name, and a hash where signs tell it apart.

    `C` has the code `c`; those of `C++` and `C#` begin so. Case, accents and spaces do not count.
    """
    plain = names.slug(label)
    if not _SIGNED.search(label):
        return plain
    spelled = " ".join(label.casefold().split())
    return f"{plain}-{hashlib.blake2b(spelled.encode(), digest_size=4).hexdigest()}"


def plain_code(signed: str) -> str | None:
    """Return the code that a topic with signs once had, without the hash; None without one."""
    match = _CODE.match(signed)
    return match["plain"] if match else None


class _Search(NamedTuple):
    topic: Topic
    all: frozenset[str]
    any: frozenset[str]
    none: frozenset[str]
    authors: frozenset[str]
    """Slugs."""
    categories: frozenset[str]
    venues: frozenset[str]
    """`cvpr`, `cvpr/2024`."""


class Matcher:
    """Knows what papers belong to some topics."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._wanted = [
            _Search(
                topic,
                frozenset(map(_sought, topic.all)),
                frozenset(map(_sought, topic.any)),
                frozenset(map(_sought, topic.none)),
                frozenset(map(names.slug, topic.authors)),
                frozenset(map(taxonomy.canonical, topic.categories)),
                frozenset("/".join(venue.lower().rsplit(" ", 1)) for venue in topic.venues),
            )
            for topic in topics
        ]
        # A phrase is looked for where the text has its first word; of a word's beginning every
        # text has to be asked.
        self._phrases: defaultdict[str, list[str]] = defaultdict(list)
        self._beginnings: list[str] = []
        for phrase in frozenset().union(
            *(each.all | each.any | each.none for each in self._wanted)
        ):
            first, _, rest = phrase[1:].partition(" ")
            if rest or phrase.endswith(" "):
                self._phrases[first].append(phrase)
            else:
                self._beginnings.append(phrase)

    def match(
        self,
        title: str,
        abstract: str | None,
        *,
        slugs: Collection[str],
        codes: Collection[str],
        venues: Collection[str],
    ) -> list[Topic]:
        """Return the topics that a paper belongs to, in their order.

        `slugs` are its authors', `codes` its categories, `venues` where it appeared: `cvpr` and
        `cvpr/2024`.
        """
        if not self._wanted:
            return []
        text = folded(f"{to_plain(title)} . {to_plain(abstract or '')}")
        phrases = {phrase for phrase in self._beginnings if phrase in text}
        for word in self._phrases.keys() & set(text.split()):
            phrases.update(phrase for phrase in self._phrases[word] if phrase in text)
        return [
            search.topic
            for search in self._wanted
            if (not search.any or not search.any.isdisjoint(phrases))
            and search.all <= phrases
            and search.none.isdisjoint(phrases)
            and (not search.authors or not search.authors.isdisjoint(slugs))
            and (not search.categories or not search.categories.isdisjoint(codes))
            and (not search.venues or not search.venues.isdisjoint(venues))
        ]


def folded(text: str) -> str:
    """Return the words of a text, folded, with a space before and behind each."""
    plain = indexed(" ".join(text.split())).casefold()
    if plain.isascii():
        return f" {' '.join(plain.translate(_SIGNS).split())} "
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return f" {' '.join(_APART.sub(' ', plain).split())} "


def _sought(phrase: str) -> str:
    """Return the searched form of a phrase: between spaces, open at the end where it has a star.

    >>> _sought("Few-shot"), _sought("transformer*")
    (' few shot ', ' transformer')
    """
    words = folded(to_plain(phrase.removesuffix(_ANY_ENDING)))
    return words[:-1] if phrase.endswith(_ANY_ENDING) else words
