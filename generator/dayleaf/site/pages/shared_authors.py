"""The pages that authors with few papers share, readable without a script.

Most names of an archive stand on a paper or two. A page and a file for each of them would be two
thirds of a large site's files, mostly frame. So authors with fewer papers than `authors.minimum`
stand together, each at an anchor of their own: `people/03f2.html#ada-quill`. Which page that is
follows from the slug alone, so the address stays; authors with more papers stand there as well, as
a line that leads to their page, because papers from before link there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import people, urls
from dayleaf.catalog import reads
from dayleaf.site.pages import author
from dayleaf.site.pages.author import AuthorPage
from dayleaf.site.pages.kind import Batch, Context, Kind, PublishStage, Span
from dayleaf.site.products import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dayleaf.catalog import ListedAuthor, ListedRow
    from dayleaf.catalog.reads import Fact
    from dayleaf.site.products import Page, Product

_AT_ONCE = 256
"""Pages that one process makes in one go."""
_COST = 0.06
"""Milliseconds that an author takes."""


class SharedAuthor(NamedTuple):
    """An author on a shared page."""

    id: str
    """The slug, `ada-quill`: the fragment of the address."""
    name: str
    count: int  # type: ignore[assignment]  # nobody counts in a view
    path: str | None
    """The author's own page; None for one who has none."""
    author: AuthorPage | None
    """What a page of their own would show, circles apart; None for one who has that page."""


class PeoplePage(NamedTuple):
    """`people` in people.html: authors whom nothing joins but a page."""

    authors: tuple[SharedAuthor, ...]
    """By family name."""


@dataclass(frozen=True)
class SharedAuthorsKind(Kind):
    """The shared pages, where there are any; a key is a page, `03f2`."""

    name: ClassVar[str] = "shared authors"
    pattern: ClassVar[re.Pattern[str]] = re.compile(rf"{urls.PEOPLE}([0-9a-f]{{4}})\.html")
    stage: ClassVar[PublishStage] = PublishStage.LEAVES
    layouts: ClassVar[tuple[Layout, ...]] = (
        Layout("people.html", "people", PeoplePage, "`/people/03f2.html`, authors with few papers"),
    )

    def batches(self, context: Context) -> Iterator[Batch]:
        """Divide the pages evenly, as the authors are."""
        if context.minimum > 1:
            step = min(_AT_ONCE, context.shared_pages)
            cost = context.catalog.author_count() * _COST * step / context.shared_pages
            for first in range(0, context.shared_pages, step):
                yield Batch(Span.through(f"{first:04x}", f"{first + step - 1:04x}"), cost)

    def touched(self, context: Context, facts: list[Fact]) -> set[str]:
        """Return the pages of the authors whose papers have changed."""
        if context.minimum <= 1:
            return set()
        return {
            urls.shared_page(urls.shared_place(fact.key), context.shared_pages)
            for fact in facts
            if fact.topic == reads.AUTHOR
        }

    def make(
        self, context: Context, spans: tuple[Span, ...]
    ) -> Iterator[tuple[str, Iterator[Product]]]:
        """Yield the pages within some spans, whose authors are read in one go."""
        if context.minimum <= 1:
            return
        known = people.parse(context.catalog.rule_sources().authors)
        each = urls.SHARED_PLACES // context.shared_pages
        for span in spans:
            first, last = int(span.first, 16), int(span.end.rstrip("\x00"), 16)
            everybody, few = context.catalog.sharing(
                first * each, (last + 1) * each, minimum=context.minimum
            )
            everybody.sort(key=lambda pair: pair[0] // each)
            for page, group in groupby(everybody, key=lambda pair: pair[0] // each):
                key = f"{page:04x}"
                yield (
                    key,
                    iter((self._page(context, key, list(map(itemgetter(1), group)), few, known),)),
                )

    def _page(
        self,
        context: Context,
        key: str,
        sharing: list[ListedAuthor],
        few: dict[str, list[tuple[str, ListedRow]]],
        known: people.People,
    ) -> Page:
        authors = (_shared(context, each, few.get(each.slug), known) for each in sharing)
        view = PeoplePage(tuple(authors))
        return self.page(urls.shared(key), view, title="Authors with few papers")


def _shared(
    context: Context,
    person: ListedAuthor,
    signed: list[tuple[str, ListedRow]] | None,
    known: people.People,
) -> SharedAuthor:
    slug, name, _, count = person
    if signed is None:
        return SharedAuthor(slug, name, count, urls.author(slug), None)
    view = author.of(context, slug, signed, known.person(slug))
    return SharedAuthor(slug, view.name, count, None, view)


SHARED_AUTHORS = SharedAuthorsKind()
