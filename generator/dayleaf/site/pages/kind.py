"""What a kind of page is: the producer of pages that have their layouts and addresses in common.

To add a kind, subclass `Kind` in a module of its own and add an instance to `registry.KINDS`; the
planner, the preview, the check of layouts, the sitemap, the masthead and the documents follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dayleaf.archive import urls
from dayleaf.site import views
from dayleaf.site.pages.producer import ALL, Batch, Context, Producer, PublishStage, Span
from dayleaf.site.products import Layout, LazyPage, Page

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from dayleaf.base.config import Config
    from dayleaf.site.exports import Collection, Export
    from dayleaf.site.products import DataFile, Product, View

__all__ = ["ALL", "Address", "Batch", "Context", "Kind", "PublishStage", "Span"]


class Address(NamedTuple):
    """An address in the sitemap."""

    path: str
    newest: str
    """The newest day that its page shows, by which a crawler knows whether to come again."""


@dataclass(frozen=True)
class Kind(Producer):
    """One kind of page. The defaults are those of a kind with one key."""

    exports: tuple[Export, ...] = ()
    """What stands beside its pages, in other formats."""

    pattern: ClassVar[re.Pattern[str]]
    """Matches the addresses of its pages, whole; its groups make the key, see `key_of`."""
    layouts: ClassVar[tuple[Layout, ...]] = ()
    entry: ClassVar[views.Link | None] = None
    """The masthead's entry for the kind; None for most."""
    section: ClassVar[str] = "none"
    """The masthead's entry that is current on these pages, by the name of the kind that has it."""

    # Where pages live

    def owns(self, path: str, config: Config | None) -> bool:
        """Tell whether a file, or an address, can be a page or an export of this kind."""
        return self.key(urls.address(path)) is not None

    def key(self, path: str) -> str | None:
        """Return the key that an address belongs to, a page's or an export's; None if none.

        That an address has a key does not say that the archive has such a page.
        """
        match = self.pattern.fullmatch(path)
        if match:
            return self.key_of(match)
        pages = (page for export in self.exports if (page := export.page(path)) is not None)
        matches = filter(None, map(self.pattern.fullmatch, pages))
        return next(map(self.key_of, matches), None)

    def key_of(self, match: re.Match[str]) -> str | None:
        """Return the key of an address that the pattern matches; None refuses it after all."""
        return "-".join(match.groups())

    def listed(self, context: Context) -> Iterable[Address]:
        """Return the sitemap's entries."""
        return ()

    # Helpers for subclasses

    def page(
        self,
        path: str,
        view: View,
        *,
        title: str,
        description: str = "",
        structured: Markup | None = None,
        layout: int = 0,
    ) -> Page:
        """Return a page, made by the kind's first layout or another by its number."""
        info = views.PageInfo(title, path, self.section, description, structured)
        return Page(info, self.layouts[layout], view)

    def beside(self, collection: Collection, context: Context) -> Iterator[Product]:
        """Yield the exports that stand beside a page."""
        for export in self.exports:
            yield export.make(collection, context.config)

    def lazily_beside(self, page: str, collect: partial[Collection]) -> Iterator[LazyPage]:
        """Yield the exports beside a page, of the papers that a function collects."""
        for place, export in enumerate(self.exports):
            yield LazyPage(export.path(page), partial(self._export, place, collect))

    def _export(
        self, place: int, collect: partial[Collection], *, context: Context
    ) -> Page | DataFile:
        return self.exports[place].make(collect(context=context), context.config)
