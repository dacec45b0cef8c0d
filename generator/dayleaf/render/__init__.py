"""Pages -> bytes, through the layouts. The only user of Jinja; `faults` explains mistakes.

Autoescape is on for every layout and an unknown variable is an error: what reaches a page is either
escaped here or was made safe by `dayleaf.text`.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import sys
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import meta

from dayleaf.archive import urls
from dayleaf.base import program
from dayleaf.base.errors import Finding, LayoutError
from dayleaf.render import faults
from dayleaf.render.environment import ADDRESSES, Environment
from dayleaf.render.fast import CodeCache, templates
from dayleaf.render.volume_links import VolumeLinks
from dayleaf.site import views
from dayleaf.site.pages import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dayleaf.base.config import Config
    from dayleaf.site.products import Page

__all__ = ["Renderer", "builtin_layouts", "folders", "plural", "thousands"]

_PACKAGE = Path(__file__).parents[1]
_UP = "../"
_PIECES = 200
"""Pieces of a page that are joined in one go: a paper on its day is one, most pages have fewer."""
_ENDINGS = (".html", ".xml")
_PLAIN = jinja2.Environment(autoescape=True)
"""Reads which layouts are named, and makes no page."""


def builtin_layouts() -> Path:
    """Return the folder of the layouts that come with Dayleaf.

    They lie inside an installed package, and at the top of a checkout.
    """
    installed = _PACKAGE / "layouts"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "layouts"


def folders(config: Config) -> list[Path]:
    """List the folders in which a layout or asset is looked for, the site's own first."""
    candidates = [config.layouts, builtin_layouts()]
    return [folder for folder in dict.fromkeys(candidates) if folder.is_dir()]


def thousands(number: int) -> str:
    """`192108` gives `192,108`."""
    return f"{number:,}"


def plural(number: int, noun: str) -> str:
    """`plural(1204, "paper")` gives `1,204 papers`."""
    if number == 1:
        return f"1 {noun}"
    many = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"
    return f"{number:,} {many}"


class _LayoutLoader(jinja2.FileSystemLoader):
    """Reads each layout once, so that all that is compiled from it agrees.

    `dayleaf/day.html` is the one that comes with Dayleaf, for a site's own to extend.
    """

    def __init__(self, folders: list[str]) -> None:
        super().__init__(folders)
        self._builtin = jinja2.FileSystemLoader(str(builtin_layouts()))
        self._read: dict[str, tuple[str, str, Callable[[], bool]]] = {}

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return text and file of a layout."""
        if template not in self._read:
            if template.startswith(faults.BUILTIN):
                name = template.removeprefix(faults.BUILTIN)
                self._read[template] = self._builtin.get_source(environment, name)
            else:
                self._read[template] = super().get_source(environment, template)
        return self._read[template]

    def sources(self) -> Iterable[tuple[str, tuple[str, str, Callable[[], bool]]]]:
        """Return the layouts that were read, by name."""
        return self._read.items()


class Renderer:
    """The layouts of one site, compiled once; without `fast` by Jinja alone.

    With `cache`, a folder, they are kept there.
    """

    def __init__(
        self, config: Config, *, about: bool, fast: bool = True, cache: Path | None = None
    ) -> None:
        self._folders = folders(config)
        self._own = config.layouts
        self._links = VolumeLinks(config)
        self._loader = _LayoutLoader([str(folder) for folder in self._folders])
        self._environment = Environment(
            loader=self._loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters["thousands"] = thousands
        self._environment.globals.update(
            plural=plural,
            urls=ADDRESSES,
            site=views.Site(
                config.title,
                config.description,
                config.language,
                config.base_url,
                about,
                tuple(views.Entry(name, *link) for name, link in registry.entries()),
                config.offline,
            ),
        )
        self._codes = CodeCache(cache, self._whole()) if cache else None
        self._template = templates(self._environment, fast=fast, cache=self._codes)
        self._followed: set[str] = set()
        """Layouts that come to an end."""

    def render(self, page: Page) -> bytes:
        """Render one page. Raises LayoutError, naming layout, line and variable."""
        variables = self._variables(page)
        root = str(variables["root"])
        name = page.layout.file
        if name not in self._followed and not (self._codes and self._codes.holds(name, root)):
            self._followed.update(faults.follow(self._environment, [name]))
        try:
            layout = self._template(page.layout.file, root)
            data = _encoded(layout.root_render_func(layout.new_context(variables)))
        except Exception:  # noqa: BLE001 - whatever it is, the layouts as written explain it
            data = self._explained(page, variables).encode()
        if not data or data.isspace():
            fault = f"makes an empty page of /{page.path}"
            raise LayoutError(Finding(fault, file=f"layouts/{page.layout.file}"))
        data = self._links.lead(data, page.path, anywhere=page.layout.anywhere)
        return _near(data, page.path, urls.root(page.path))

    def all_variables(self, page: Page) -> dict[str, object]:
        """Return all that a page's layout gets to see, what is the page's own first."""
        everywhere = {name: self._environment.globals[name] for name in ("site", "urls")}
        return {page.layout.variable: page.view, **self._variables(page), **everywhere}

    def _variables(self, page: Page) -> dict[str, object]:
        root = self._links.root(page.path, anywhere=page.layout.anywhere)
        return {"page": page.info, "root": root, page.layout.variable: page.view}

    def _explained(self, page: Page, variables: dict[str, object]) -> str:
        """Render by the layouts as they are written. Raises LayoutError for a mistake there."""
        try:
            return self._environment.get_template(page.layout.file).render(variables)
        except Exception as error:
            fault = faults.explain(error, page, self._folders)
            if fault is None:  # no layout has a part in it: a mistake of ours keeps its traceback
                raise
            raise fault from error

    def read(self) -> None:
        """Read every layout now: this renderer does not see later edits."""
        for name in self._loader.list_templates():
            # Using an unreadable one reports the error.
            with contextlib.suppress(jinja2.TemplateError, UnicodeDecodeError, OSError):
                if name.endswith(_ENDINGS):
                    self._loader.get_source(self._environment, name)

    def check(self) -> None:
        """Check every layout. Raises LayoutError for a mistake."""
        faults.check(self._environment, self._own)

    def _whole(self) -> str:
        """Return the fingerprint of all that compiled layouts follow from."""
        self.read()
        parts = [
            jinja2.__version__,
            sys.version,
            program.fingerprint(),
            str(self._environment.globals["site"]),
        ]
        parts += [f"{name}\n{source}" for name, (source, _, _) in sorted(self._loader.sources())]
        return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()

    def fingerprint(self, layout: str) -> str:
        """Return the fingerprint of a layout and all that it extends, includes or imports."""
        fingerprint = hashlib.blake2b(digest_size=12)
        for name, _, source in self._parts(layout):
            fingerprint.update(f"{name}\n{source}\n".encode())
        return fingerprint.hexdigest()

    def files(self, layout: str) -> list[tuple[str, Path]]:
        """List a layout and all that it extends, includes or imports, with their files."""
        files: list[tuple[str, Path]] = []
        with contextlib.suppress(jinja2.TemplateError):  # as far as they can be read
            files.extend((name, Path(file)) for name, file, _ in self._parts(layout))
        return files

    def _parts(self, layout: str) -> Iterator[tuple[str, str, str]]:
        """Yield name, file and source of a layout and of all that it takes in."""
        waiting, seen = [layout], set[str]()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            source, file, _ = self._loader.get_source(self._environment, name)
            yield name, file, source
            waiting += _taken_in(source)


@lru_cache(maxsize=128)
def _taken_in(source: str) -> tuple[str, ...]:
    """List what a layout extends, includes or imports, from its text."""
    named = meta.find_referenced_templates(_PLAIN.parse(source))
    return tuple(sorted(other for other in named if other))


def _encoded(pieces: Iterator[str]) -> bytes:
    """Return a page that comes in pieces; of a long one many pieces, never all, are held as text.

    One rare character in a text makes each of its characters take four bytes.
    """
    chunks: list[bytes] = []
    while some := list(islice(pieces, _PIECES)):
        chunks.append("".join(some).encode())
    return b"".join(chunks)


def _near(data: bytes, path: str, root: str) -> bytes:
    """Return a page whose links into its own folder do not lead by way of the site's root.

    Names link to names 400,000 times in a large archive. Text is no link: its `<` is escaped.
    """
    folder, inside, _ = path.partition("/")
    if not inside or not root.startswith(_UP):
        return data
    here = root.removeprefix(_UP)
    own, near = f"<a href={root}{folder}/>".encode(), f"<a href={here or './'}>".encode()
    return _into(f"{root}{folder}/").sub(f"<a href={here}".encode(), data.replace(own, near))


@lru_cache(maxsize=256)
def _into(folder: str) -> re.Pattern[bytes]:
    """Match the beginning of a link to something in a folder."""
    return re.compile(rf"<a href={re.escape(folder)}(?=\w)".encode())
