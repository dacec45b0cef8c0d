"""Makes pages when they are asked for, from the catalog and the layouts, as a build does.

One thread of its own has the catalog and the compiled layouts, so that no page is ever made from
half of a change. What it keeps is bounded: the last pages, and what they show. A page that a
mistake in a layout has spoilt is shown as the last layouts made it that could.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from dayleaf import config as settings
from dayleaf import render
from dayleaf.catalog import Catalog
from dayleaf.drafts import Draft
from dayleaf.errors import DayleafError, LayoutError
from dayleaf.pages import Context, planner
from dayleaf.preview.origin import Origin, describe

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dayleaf.config import Config
    from dayleaf.drafts import Raw

_DRAFTS = 24
_MADE = 48
_WEIGHT = 32_000_000
"""Bytes of pages that are kept."""

Value = TypeVar("Value")


class Made(NamedTuple):
    """A page as it is served."""

    data: bytes
    fingerprint: str
    whole: bool
    """False for a page that could not be made at all, of which there is no good one."""


class Fault(NamedTuple):
    """A page that could not be made, and why."""

    path: str
    error: Exception


class _Found(NamedTuple):
    page: Draft | Raw
    seconds: float
    """What it took to ask the catalog."""


class Press:
    """Makes the pages of one site. Every method may be called from any thread, and waits."""

    def __init__(self, tell: Callable[[Fault | None], None]) -> None:
        """`tell` is called, in the press's own thread, with what is wrong with a page, or None."""
        self._thread = ThreadPoolExecutor(1, "preview-press")
        self._tell = tell
        self._catalog: Catalog | None = None
        self._layouts: _Layouts | None = None
        self._good: dict[str, render.Renderer] = {}
        """The last renderer that made a page of each layout."""
        self._found = _Recent[_Found](_DRAFTS)
        self._made = _Recent[Made](_MADE)
        self._fault: Fault | None = None
        self._latest: str | None = None
        """The page asked for last, which is made anew before it is asked for again."""

    def use(self, config: Config, *, search: bool) -> None:
        """Take these settings, and the layouts as they are now; make pages by them from now on."""
        layouts = _Layouts.read(config, search=search)
        self._thread.submit(self._use, layouts).result()
        if self._latest is not None:
            self._thread.submit(self._page, self._latest)

    def open(self, file: Path) -> None:
        """Read from this catalog from now on, as it is now."""
        self._thread.submit(self._open, file).result()
        if self._latest is not None:
            self._thread.submit(self._page, self._latest)

    def page(self, path: str) -> Made | None:
        """Return the page at an address; None where there is none."""
        self._latest = path
        return self._thread.submit(self._page, path).result()

    def origin(self, path: str) -> Origin | None:
        """Tell what makes the page at an address; None where no layout does."""
        return self._thread.submit(self._origin, path).result()

    def close(self) -> None:
        """Let go of everything."""
        self._thread.submit(self._close).result()
        self._thread.shutdown(cancel_futures=True)

    # In the press's own thread

    def _use(self, layouts: _Layouts) -> None:
        if not self._layouts or layouts.own() != self._layouts.own():
            self._found.clear()
        self._layouts = layouts
        self._made.clear()
        self._try_again()

    def _open(self, file: Path) -> None:
        catalog = Catalog(file, beside_writers=True)
        if self._catalog:
            self._catalog.close()
        self._catalog = catalog
        self._found.clear()
        self._made.clear()
        self._try_again()

    def _close(self) -> None:
        if self._catalog:
            self._catalog.close()
        self._catalog = None

    def _try_again(self) -> None:
        """Make the page anew that could not be made, to see whether it can now."""
        if self._fault:
            path, self._fault = self._fault.path, None
            self._page(path)
            if self._fault is None:
                self._tell(None)

    def _page(self, path: str) -> Made | None:
        made = self._made.get(path)
        if made is None:
            try:
                found = self._find(path)
                if found is None:
                    return None
                made = self._make(path, found.page)
            except Exception as error:  # noqa: BLE001 - the preview outlives mistakes of ours too
                self._blame(Fault(path, error))
                made = Made(b"", "", whole=False)
            self._made.put(path, made, weight=len(made.data))
        return made

    def _find(self, path: str) -> _Found | None:
        found = self._found.get(path)
        if found is None and self._catalog and self._layouts:
            since = time.perf_counter()
            page = planner.find(path, Context(self._catalog, *self._layouts.own()))
            if page is None:
                return None
            found = _Found(page, time.perf_counter() - since)
            self._found.put(path, found)
        return found

    def _make(self, path: str, page: Draft | Raw) -> Made:
        """Make a page, or where that fails show what the last good layouts make of it."""
        if not isinstance(page, Draft):
            return _made(page.data)
        assert self._layouts is not None  # noqa: S101 - whatever was found was found by them
        try:
            data = self._layouts.renderer.render(page)
        except DayleafError as error:
            self._blame(Fault(path, error))
            good = self._good.get(page.layout.file)
            if good is None:
                return Made(b"", "", whole=False)
            return _made(good.render(page))
        self._good[page.layout.file] = self._layouts.renderer
        if self._fault and self._fault.path == path:
            self._fault = None
            self._tell(None)
        return _made(data)

    def _blame(self, fault: Fault) -> None:
        self._fault = fault
        self._tell(fault)

    def _origin(self, path: str) -> Origin | None:
        found = self._find(path)
        if found is None or self._layouts is None or not isinstance(found.page, Draft):
            return None
        renderer, since, data = self._layouts.renderer, time.perf_counter(), b""
        with contextlib.suppress(LayoutError):  # the overlay says what is wrong
            data = renderer.render(found.page)
        times = found.seconds, time.perf_counter() - since
        files, given = renderer.files(found.page.layout.file), renderer.given(found.page)
        return describe(path, files, given, self._layouts.config, size=len(data), times=times)


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


def _made(data: bytes) -> Made:
    return Made(data, hashlib.blake2b(data, digest_size=8).hexdigest(), whole=True)
