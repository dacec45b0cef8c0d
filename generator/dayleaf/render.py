"""Drafts -> bytes, through the layouts. The only user of Jinja.

Autoescape is on for every layout and an unknown variable is an error: what reaches a page is either
escaped here or was made safe by `dayleaf.text`.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import meta, nodes
from jinja2.compiler import CodeGenerator
from markupsafe import escape

from dayleaf import urls, views
from dayleaf.errors import LayoutError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.compiler import Frame

    from dayleaf.config import Config
    from dayleaf.pages import Draft

COMMON = ("site", "page", "root")
"""Variables that every layout has."""
VIEWS = {
    "home.html": "home",
    "day.html": "day",
    "month.html": "month",
    "year.html": "year",
    "days.html": "days",
    "categories.html": "categories",
    "category.html": "category",
    "author.html": "author",
    "authors.html": "authors",
    "names.html": "names",
    "search.html": "search",
    "about.html": "about",
    "404.html": "missing",
    "feed.xml": "feed",
    "opensearch.xml": "opensearch",
}
"""Every layout that makes pages, and the name of its own variable."""

_PACKAGE = Path(__file__).parent
_signs = re.compile("[&<>\"']").search
_UNDEFINED = re.compile(r"'(?P<name>[^']+)' is undefined|has no attribute '(?P<attribute>[^']+)'")


def builtin_layouts() -> Path:
    """Return the folder of the layouts that come with Dayleaf.

    They lie inside an installed package, and at the top of a checkout.
    """
    installed = _PACKAGE / "layouts"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "layouts"


def folders(config: Config) -> list[Path]:
    """List the folders in which a layout or asset is looked for, the site's own first."""
    found = [config.layouts, builtin_layouts()]
    return [folder for folder in dict.fromkeys(found) if folder.is_dir()]


def thousands(number: int) -> str:
    """`192108` gives `192,108`."""
    return f"{number:,}"


def plural(number: int, noun: str) -> str:
    """`plural(1204, "paper")` gives `1,204 papers`."""
    if number == 1:
        return f"1 {noun}"
    many = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"
    return f"{number:,} {many}"


def escape_text(value: object) -> str:
    """Escape for HTML, as markupsafe does, but give a plain string.

    Layouts print some twenty million values for a large archive, nearly all of them free of signs
    to escape: to look is cheaper than to wrap each in Markup, only to join them at once.
    """
    return value if type(value) is str and not _signs(value) else str(escape(value))


class _CodeGenerator(CodeGenerator):
    """Compiles `{{ … }}` to a call of `escape_text`."""

    # Jinja types a part of `finalize` as Any.
    def _output_child_pre(  # type: ignore[explicit-any]
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escape_text(")


class _Environment(jinja2.Environment):
    code_generator_class = _CodeGenerator
    escape_text = staticmethod(escape_text)


class Renderer:
    """The layouts of one site, compiled once."""

    def __init__(self, config: Config, *, about: bool) -> None:
        self._folders = folders(config)
        self._base_path = urls.base_path(config.base_url)
        self._loader = jinja2.FileSystemLoader([str(folder) for folder in self._folders])
        self._environment = _Environment(
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
            site=views.Site(
                config.title, config.description, config.language, config.base_url, about
            ),
        )

    def render(self, draft: Draft) -> bytes:
        """Render one page. Raises LayoutError, naming layout, line and variable."""
        page = draft.page
        # Hosts show 404.html in place of any address, so it can only link from the top.
        root = self._base_path if draft.layout == "404.html" else urls.root(page.path)
        try:
            layout = self._environment.get_template(draft.layout)
            text = layout.render({"page": page, "root": root, draft.name: draft.view})
        except jinja2.TemplateError as error:
            raise self._explain(error, draft) from error
        return text.encode()

    def check(self) -> None:
        """Compile every layout, and look for variables that no page has.

        Raises LayoutError. What a static look cannot see, such as a misspelt attribute inside a
        loop, is found while rendering, which also happens before anything is published.
        """
        for name in sorted(self._environment.list_templates(extensions=["html", "xml"])):
            known = {*COMMON, *self._environment.globals}
            known |= {VIEWS[name]} if name in VIEWS else set(VIEWS.values())
            try:
                source, file, _ = self._loader.get_source(self._environment, name)
                self._environment.get_template(name)
                tree = self._environment.parse(source)
            except jinja2.TemplateSyntaxError as error:
                raise self._explain(error, None) from None
            except UnicodeDecodeError as error:
                message = f"layouts/{name}: expected UTF-8, found {error.reason}"
                raise LayoutError(message) from None
            if name.startswith("partials/"):
                continue  # sees what the including layout has set
            known |= _defined(tree)
            for variable in sorted(meta.find_undeclared_variables(tree) - known):
                line = next((n.lineno for n in tree.find_all(nodes.Name) if n.name == variable), 1)
                hint = _nearest(variable, known)
                message = (
                    f"{_shown(Path(file or name))}:{line}: unknown variable {variable!r}; {hint}"
                )
                raise LayoutError(message)

    def fingerprint(self, layout: str) -> str:
        """Return what stands for a layout and all that it extends, includes or imports."""
        mark = hashlib.blake2b(digest_size=12)
        waiting, seen = [layout], set[str]()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            source, _, _ = self._loader.get_source(self._environment, name)
            mark.update(f"{name}\n{source}\n".encode())
            referenced = meta.find_referenced_templates(self._environment.parse(source))
            waiting += sorted(other for other in referenced if other)
        return mark.hexdigest()

    def _explain(self, error: jinja2.TemplateError, draft: Draft | None) -> LayoutError:
        """Say where in which layout an error stands."""
        if isinstance(error, jinja2.TemplateNotFound):
            return LayoutError(f"layouts/{error.name}: expected a layout of this name, found none")
        if isinstance(error, jinja2.TemplateSyntaxError):
            place = f"{_shown(Path(error.filename or error.name or '?'))}:{error.lineno}"
            return LayoutError(f"{place}: {error.message}")
        place = "?"
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename.startswith(tuple(str(folder) for folder in self._folders)):
                place = f"{_shown(Path(frame.filename))}:{frame.lineno}"
        message = f"{place}: {error.message}"
        match = _UNDEFINED.search(error.message or "")
        if match and draft:
            name = match["name"] or match["attribute"]
            known = {*COMMON, draft.name} if match["name"] else _attributes()
            message = f"{place}: unknown variable {name!r}; {_nearest(name, known)}"
        if draft:
            message += f" (while rendering /{draft.page.path})"
        return LayoutError(message)


def _defined(tree: nodes.Template) -> set[str]:
    """Return the names that a layout itself defines; a block sees those of the top level too."""
    found = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    found |= {macro.name for macro in tree.find_all(nodes.Macro)}
    found |= {imported.target for imported in tree.find_all(nodes.Import)}
    for imported in tree.find_all(nodes.FromImport):
        found |= {name if isinstance(name, str) else name[1] for name in imported.names}
    return found


def _attributes() -> set[str]:
    """Return the names of the fields of all views."""
    return {
        field
        for view in vars(views).values()
        if isinstance(view, type) and issubclass(view, tuple)
        for field in getattr(view, "_fields", ())
    }


def _nearest(name: str, known: Iterable[str]) -> str:
    """Suggest the known name that is most like another."""
    ordered = sorted(known)
    near = difflib.get_close_matches(name, ordered, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(ordered[:12])}"


def _shown(file: Path) -> str:
    """Return a layout's path as its author knows it, `layouts/day.html`."""
    parts = file.parts
    if "layouts" in parts:
        start = len(parts) - 1 - parts[::-1].index("layouts")
        return "/".join(parts[start:])
    return str(file)
