"""Makes pages when they are asked for, from the catalog and the layouts, as a build does.

It has the catalog and the compiled layouts, and one page is made at a time, so that none is ever
made from half of a change. What it keeps is bounded: the last pages, and what they show. A page
that a mistake in a layout has spoilt is shown as the last layouts made it that could.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from dayleaf import render
from dayleaf.base import config as settings
from dayleaf.base.errors import DayleafError, LayoutError
from dayleaf.build import fit
from dayleaf.catalog import Catalog
from dayleaf.preview.origin import Origin, describe
from dayleaf.search import producer as shards
from dayleaf.site.pages import Context, planner
from dayleaf.site.products import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dayleaf.base.config import Config
    from dayleaf.site.products import DataFile

_PAGES = 24
_RENDERED = 48
_WEIGHT = 32_000_000
"""Bytes of pages that are kept."""

Value = TypeVar("Value")


class RenderedPage(NamedTuple):
    """A page as the preview serves it."""

    data: bytes
    fingerprint: str
    whole: bool
    """False for a page that could not be made at all, of which there is no good one."""


class FailedPage(NamedTuple):
    """A page that could not be made, and why."""

    path: str
    error: Exception


class _CachedPage(NamedTuple):
    page: Page | DataFile
    seconds: float
    """What it took to ask the catalog."""


class PageRenderer:
    """Makes the pages of one site."""

    def __init__(
        self, tell: Callable[[Exception | None, str], None], begin: Callable[[str, str], None]
    ) -> None:
        """`tell` is called with what is wrong with the page at a path, or None.

        `begin` is called with path and layout of a page that is about to be made.
        """
        self._tell = tell
        self._begin = begin
        self._catalog: Catalog | None = None
        self._layouts: _Layouts | None = None
        self._resolved: Config | None = None
        """The settings with a number in place of `auto`, which follows from the catalog."""
        self._good: dict[str, render.Renderer] = {}
        """The last renderer that made a page of each layout."""
        self._cached = _Recent[_CachedPage](_PAGES)
        self._made = _Recent[RenderedPage](_RENDERED)
        self._failed: FailedPage | None = None
        self._latest: str | None = None
        """The page asked for last, which is made anew before it is asked for again."""

    def use(self, config: Config, *, search: bool) -> None:
        """Take these settings, and the layouts as they are now; make pages by them from now on."""
        layouts = _Layouts.read(config, search=search)
        if not self._layouts or layouts.own() != self._layouts.own():
            self._cached.clear()
        self._layouts = layouts
        self._resolved = None
        self._made.clear()

    def open(self, file: Path) -> None:
        """Read from this catalog from now on, as it is now."""
        catalog = Catalog(file, beside_writers=True)
        if self._catalog:
            self._catalog.close()
        self._catalog = catalog
        self._resolved = None
        self._cached.clear()
        self._made.clear()

    def ahead(self) -> None:
        """Make the pages anew that will be asked for: the one that failed, and the one shown."""
        if self._failed:
            path, self._failed = self._failed.path, None
            self._page(path)
            if self._failed is None:
                self._tell(None, path)
        if self._latest is not None:
            self._page(self._latest)

    def page(self, path: str) -> RenderedPage | None:
        """Return the page at an address; None where there is none."""
        self._latest = path
        return self._page(path)

    def origin(self, path: str) -> Origin | None:
        """Describe the origin of the page at an address; None if no layout makes it."""
        cached = self._find(path)
        if cached is None or self._layouts is None or not isinstance(cached.page, Page):
            return None
        renderer, since, data = self._layouts.renderer, time.perf_counter(), b""
        self._begin(path, cached.page.layout.file)
        with contextlib.suppress(LayoutError):  # the overlay says what is wrong
            data = renderer.render(cached.page)
        times = cached.seconds, time.perf_counter() - since
        files = renderer.files(cached.page.layout.file)
        variables = renderer.all_variables(cached.page)
        return describe(path, files, variables, self._layouts.config, size=len(data), times=times)

    def check(self) -> None:
        """Look over all layouts. Raises LayoutError at the first mistake."""
        if self._layouts:
            config = self._layouts.config
            about = (config.site / settings.ABOUT).is_file()
            render.Renderer(config, about=about).check()

    def _page(self, path: str) -> RenderedPage | None:
        made = self._made.get(path)
        if made is None:
            try:
                cached = self._find(path)
                if cached is None:
                    return None
                made = self._make(path, cached.page)
            except Exception as error:  # noqa: BLE001 - the preview outlives mistakes of ours too
                self._blame(FailedPage(path, error))
                made = RenderedPage(b"", "", whole=False)
            self._made.put(path, made, weight=len(made.data))
        return made

    def _find(self, path: str) -> _CachedPage | None:
        cached = self._cached.get(path)
        if cached is None and self._catalog and self._layouts:
            since = time.perf_counter()
            config, search, about = self._layouts.own()
            if self._resolved is None:
                self._resolved = fit.resolved(config, self._catalog, search=search)
            context = Context(self._catalog, self._resolved, search, about, shards.cached)
            page = planner.find(path, context)
            if page is None:
                return None
            cached = _CachedPage(page, time.perf_counter() - since)
            self._cached.put(path, cached)
        return cached

    def _make(self, path: str, page: Page | DataFile) -> RenderedPage:
        """Make a page, or where that fails show what the last good layouts make of it."""
        if not isinstance(page, Page):
            return _made(page.data)
        assert self._layouts is not None  # noqa: S101 - whatever was found was found by them
        self._begin(path, page.layout.file)
        try:
            data = self._layouts.renderer.render(page)
        except DayleafError as error:
            self._blame(FailedPage(path, error))
            good = self._good.get(page.layout.file)
            if good is None:
                return RenderedPage(b"", "", whole=False)
            return _made(good.render(page))
        self._good[page.layout.file] = self._layouts.renderer
        if self._failed and self._failed.path == path:
            self._failed = None
            self._tell(None, path)
        return _made(data)

    def _blame(self, failed: FailedPage) -> None:
        self._failed = failed
        self._tell(failed.error, failed.path)


class _Layouts(NamedTuple):
    """The layouts as they were at one moment, and what else pages are made by."""

    config: Config
    renderer: render.Renderer
    search: bool
    about: str | None
    """The site's own prose, which is a page."""

    @classmethod
    def read(cls, config: Config, *, search: bool) -> _Layouts:
        try:
            about = settings.about(config)
        except (OSError, UnicodeDecodeError):
            about = None
        renderer = render.Renderer(config, about=about is not None)
        renderer.read()
        return cls(config, renderer, search, about)

    def own(self) -> tuple[Config, bool, str | None]:
        """Return what pages show besides the catalog."""
        return self.config, self.search, self.about


class _Recent(Generic[Value]):
    """Some values by path, those used last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[str, tuple[Value, int]] = OrderedDict()
        self._weight = 0

    def get(self, path: str) -> Value | None:
        if path not in self._values:
            return None
        self._values.move_to_end(path)
        return self._values[path][0]

    def put(self, path: str, value: Value, *, weight: int = 0) -> None:
        self._values[path] = value, weight
        self._weight += weight
        while len(self._values) > self._most or (self._weight > _WEIGHT and len(self._values) > 1):
            _, (_, gone) = self._values.popitem(last=False)
            self._weight -= gone

    def clear(self) -> None:
        self._values.clear()
        self._weight = 0


def _made(data: bytes) -> RenderedPage:
    return RenderedPage(data, hashlib.blake2b(data, digest_size=8).hexdigest(), whole=True)
