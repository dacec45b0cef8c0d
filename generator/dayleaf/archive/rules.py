"""The site's own rules: who is who, where papers have appeared, and which topics they belong to.

Rules follow from three files of the site (`authors.toml`, `venues.toml`, the topics of
`site.toml`). They are applied to each record where its rows are made, in the processes that read;
where they have changed, the catalog applies them anew to the rows that it has.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dayleaf.archive import people, topics, venues
from dayleaf.base import config as settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dayleaf.archive.venues import Appearance
    from dayleaf.base.config import Config, Topic
    from dayleaf.base.own_formats import OwnFormat

VENUE, TOPIC, WITH = "venue", "topic", "with"
"""The systems of memberships by rules; the last one is that of resources."""
APART = (VENUE, WITH)
"""Those that are no categories."""


class RuleSources(NamedTuple):
    """What rules are made from: small, for it travels with every batch of the reading."""

    authors: str = ""
    """The text of `authors.toml`."""
    venues: str = ""
    """The text of the site's own `venues.toml`."""
    topics: tuple[Topic, ...] = ()
    formats: tuple[OwnFormat, ...] = ()
    """How digests of the site's own forms are read: others mean to read all digests again."""

    @property
    def fingerprint(self) -> str:
        """Tells these rules from others."""
        return _fingerprint(tuple(self))

    @property
    def reading(self) -> str:
        """Tells how digests are read from other ways; empty where only Dayleaf's readers do."""
        return _fingerprint(self.formats) if self.formats else ""


def _fingerprint(value: object) -> str:
    return hashlib.blake2b(repr(value).encode(), digest_size=12).hexdigest()


class Membership(NamedTuple):
    """What a paper belongs to: a category, a topic, a venue."""

    system: str
    """`arxiv`, `msc`, `acm`, `topic`, `venue`, `with`, or `other` for text that is no code."""
    code: str
    """Of a venue `cvpr/2024`, or `cvpr` where nobody says the year."""
    label: str
    """As the digest has it; `CVPR 2024`."""
    part: str = ""
    """`workshop` or `challenge`; empty for the venue proper, and for all that is no venue."""
    notes: str = ""
    """`oral, best paper`."""


class Rules(NamedTuple):
    """Rules, ready to be applied."""

    people: people.People
    venues: venues.Known
    recogniser: venues.Recogniser
    topics: topics.Matcher

    def memberships(
        self,
        title: str,
        abstract: str | None,
        comment: str | None,
        journal: str | None,
        *,
        slugs: Sequence[str],
        codes: Sequence[str],
        resources: Iterable[str],
    ) -> list[Membership]:
        """Return a paper's memberships: venues, topics and resources."""
        appeared = self.recogniser.appearances(comment, journal)
        memberships = list(map(self._at, appeared))
        at = {each.venue for each in appeared}.union(each.code for each in memberships)
        topics = self.topics.match(title, abstract, slugs=slugs, codes=codes, venues=at)
        memberships += (Membership(TOPIC, topic.slug, topic.title) for topic in topics)
        memberships += (Membership(WITH, sort, sort) for sort in resources)
        return memberships

    def _at(self, appearance: Appearance) -> Membership:
        name = self.venues[appearance.venue].name
        code = f"{appearance.venue}/{appearance.year}" if appearance.year else appearance.venue
        label = f"{name} {appearance.year}" if appearance.year else name
        return Membership(VENUE, code, label, appearance.part, ", ".join(appearance.notes))


def sources(config: Config) -> RuleSources:
    """Return the sources of a site's rules. Raises ConfigError for a mistake in them."""
    authors = settings.beside(config.site, people.FILE) or ""
    known = settings.beside(config.site, venues.FILE) or ""
    # Where a topic stands in its file files no paper otherwise.
    topics = tuple(topic._replace(line=0) for topic in config.topics)
    sources = RuleSources(authors, known, topics, config.formats)
    rules(sources)
    return sources


@lru_cache(maxsize=2)
def rules(sources: RuleSources) -> Rules:
    """Return rules, made once in a process. Raises ConfigError with the line of a mistake."""
    known = venues.known(sources.venues)
    return Rules(
        people.parse(sources.authors),
        known,
        venues.Recogniser(known),
        topics.Matcher(sources.topics),
    )
