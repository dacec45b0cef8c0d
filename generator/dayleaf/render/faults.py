"""Mistakes in layouts and their places, before and during rendering."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import meta, nodes

from dayleaf.base.errors import Finding, LayoutError, nearest
from dayleaf.site import views
from dayleaf.site.pages import registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dayleaf.site.products import Page

BUILTIN = "dayleaf/"
"""Before a layout's name: that of Dayleaf, not the one that stands in for it."""
_NAMING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
_NAME = re.compile(r"""{%[-+]?\s*(?:extends|include|import|from)\s+["'](?P<name>[^"']+)["']""")
_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
COMMON = ("site", "page", "root", "urls", "plural")
"""Variables and functions that every layout has."""
_UNDEFINED = re.compile(r"'(?P<name>[^']+)' is undefined|has no attribute '(?P<attribute>[^']+)'")
_NOTHING = re.compile(r"'None' has no attribute '(?P<attribute>[^']+)'")


def check(environment: jinja2.Environment, own: Path) -> None:
    """Compile every layout and look for names that mean nothing; `own` is the site's own folder.

    Raises LayoutError. What a static look cannot see, such as a misspelt attribute inside a loop,
    is found while rendering, which also happens before anything is published.
    """
    listed = environment.list_templates(extensions=["html", "xml"])
    # An editor's own files begin with a dot.
    names = sorted(name for name in listed if not name.rpartition("/")[2].startswith("."))
    reached = follow(environment, names)
    names = [*names, *sorted(name for name in reached if name.startswith(BUILTIN))]
    trees = {name: _parse(environment, name) for name in names}
    asked = {other for tree in trees.values() for other in meta.find_referenced_templates(tree)}
    for name, tree in trees.items():
        file = _file(environment, name)
        for node in tree.find_all(_NAMING):
            _check_reference(node, file, names)
        _check_blocks(tree, trees, file)
        if not name.removeprefix(BUILTIN).startswith(
            "partials/"
        ):  # which see what the including layout has set
            _check_variables(tree, name, file)
        known = registry.layouts()
        if name.startswith(BUILTIN):
            continue
        if name not in known and name not in asked and file.is_relative_to(own):
            unused, hint = "a layout that no page and no other layout uses", nearest(name, known)
            raise LayoutError(Finding(unused, advice=hint, file=shown(file)), ((str(file), 1),))


def follow(environment: jinja2.Environment, names: Iterable[str]) -> list[str]:
    """Return some layouts and all that they name, each once.

    Raises LayoutError where layouts lead in a circle: compiling them would never end.
    """
    ends: dict[str, dict[str, int]] = {}
    for name in names:
        _follow(environment, [name], ends)
    return list(ends)


def _follow(
    environment: jinja2.Environment, chain: list[str], ends: dict[str, dict[str, int]]
) -> None:
    name = chain[-1]
    if name in ends:
        return
    references = _named(environment, name)
    if references is None:
        return  # naming or compiling it reports the error
    for other, line in references.items():
        if other in chain:
            circle = " → ".join([*chain[chain.index(other) :], other])
            raise _fault(
                _file(environment, name),
                line,
                f"a circle: {circle}",
                expected="layouts that come to an end",
                advice=f"what comes with Dayleaf is {BUILTIN}{name}" if other == name else "",
            )
        _follow(environment, [*chain, other], ends)
    ends[name] = references


def _named(environment: jinja2.Environment, name: str) -> dict[str, int] | None:
    """Return the layouts that a layout names, with their lines; None if it cannot be read."""
    try:
        source = environment.loader.get_source(environment, name)[0] if environment.loader else ""
    except (jinja2.TemplateError, UnicodeDecodeError):
        return None
    plain = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source)
    return {
        match["name"]: plain.count("\n", 0, match.start()) + 1 for match in _NAME.finditer(plain)
    }


def explain(error: Exception, page: Page | None, folders: Iterable[Path]) -> LayoutError | None:
    """Say in which layout, on which line, an error stands; None where none has a part in it."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        file = Path(error.filename or error.name or "?")
        return _fault(file, error.lineno, str(error.message))
    starts = tuple(str(folder) for folder in folders)
    places = tuple(
        (frame.filename, frame.lineno or 1)
        for frame in reversed(traceback.extract_tb(error.__traceback__))
        if frame.filename.startswith(starts)
    )
    if not places:
        return None
    at, line = places[0]
    finding = _say(error, page)._replace(file=shown(Path(at)), line=line)
    # The layout that a designer has in hand may be further up: a macro is blamed for its caller.
    above = dict.fromkeys(f"{shown(Path(file))}:{line}" for file, line in places[1:])
    path = page.path if page else ""
    return LayoutError(finding, tuple(dict.fromkeys(places)), callers=tuple(above), page=path)


def _fault(
    file: Path, line: int, what: str, *, advice: str = "", expected: str = ""
) -> LayoutError:
    finding = Finding(what, expected, advice, file=shown(file), line=line)
    return LayoutError(finding, ((str(file), line),))


def shown(file: Path) -> str:
    """Return a layout's path as its author knows it, `layouts/day.html`."""
    parts = file.parts
    if "layouts" in parts:
        start = len(parts) - 1 - parts[::-1].index("layouts")
        return "/".join(parts[start:])
    return str(file)


def _parse(environment: jinja2.Environment, name: str) -> nodes.Template:
    loader = environment.loader
    try:
        source = loader.get_source(environment, name)[0] if loader else ""
        environment.get_template(name)
        return environment.parse(source, name, str(_file(environment, name)))
    except jinja2.TemplateSyntaxError as error:
        raise explain(error, None, ()) or error from None
    except UnicodeDecodeError as error:
        raise LayoutError(Finding(error.reason, "UTF-8", file=f"layouts/{name}")) from None


def _file(environment: jinja2.Environment, name: str) -> Path:
    loader = environment.loader
    return Path(loader.get_source(environment, name)[1] or name) if loader else Path(name)


def _check_reference(node: nodes.Node, file: Path, names: list[str]) -> None:
    """Look whether the layout that a statement names exists."""
    template = getattr(node, "template", None)
    if isinstance(template, nodes.Const) and template.value not in names:
        hint = nearest(str(template.value), sorted(names))
        fault = f"there is no layout {template.value!r}"
        raise _fault(file, node.lineno, fault, advice=hint)


def _check_blocks(tree: nodes.Template, trees: dict[str, nodes.Template], file: Path) -> None:
    """Check that the blocks of a layout exist in the layout that it extends."""
    extends = next(tree.find_all(nodes.Extends), None)
    if extends is None or not isinstance(extends.template, nodes.Const):
        return
    known: set[str] = set()
    parent: nodes.Template | None = trees[extends.template.value]
    while parent is not None:
        known |= {block.name for block in parent.find_all(nodes.Block)}
        above = next(parent.find_all(nodes.Extends), None)
        constant = above is not None and isinstance(above.template, nodes.Const)
        parent = trees[above.template.value] if above and constant else None  # type: ignore[attr-defined]
    for block in tree.body:
        if isinstance(block, nodes.Block) and block.name not in known:
            fault, hint = f"unknown block {block.name!r}", nearest(block.name, sorted(known))
            raise _fault(file, block.lineno, fault, advice=hint)


def _check_variables(tree: nodes.Template, name: str, file: Path) -> None:
    """Look whether the variables that a layout prints exist."""
    layouts = registry.layouts()
    name = name.removeprefix(BUILTIN)
    possible = [layouts[name]] if name in layouts else layouts.values()
    own = {layout.variable for layout in possible}
    known = {*COMMON, *own, *_defined(tree)}
    builtin = set(jinja2.defaults.DEFAULT_NAMESPACE)
    for variable in sorted(meta.find_undeclared_variables(tree) - known - builtin):
        line = next((n.lineno for n in tree.find_all(nodes.Name) if n.name == variable), 1)
        fault, hint = f"unknown variable {variable!r}", nearest(variable, sorted(known))
        raise _fault(file, line, fault, advice=hint)


def _defined(tree: nodes.Template) -> set[str]:
    """Return the names that a layout itself defines; a block sees those of the top level too."""
    defined = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    defined |= {macro.name for macro in tree.find_all(nodes.Macro)}
    defined |= {imported.target for imported in tree.find_all(nodes.Import)}
    for imported in tree.find_all(nodes.FromImport):
        defined |= {name if isinstance(name, str) else name[1] for name in imported.names}
    return defined


def _say(error: Exception, page: Page | None) -> Finding:
    """Put an error of Jinja's, or of an expression, into words."""
    text = getattr(error, "message", None) or str(error)
    if match := _NOTHING.search(text):
        wanted = match["attribute"]
        fault = f"{wanted!r} is asked of nothing (None) here"
        return Finding(fault, advice="put {% if %} around it")
    match = _UNDEFINED.search(text)
    if isinstance(error, jinja2.UndefinedError) and match and page:
        name = match["name"] or match["attribute"]
        known = {*COMMON, page.layout.variable} if match["name"] else _attributes() - {name}
        return Finding(f"unknown variable {name!r}", advice=nearest(name, sorted(known)))
    if isinstance(error, jinja2.TemplateNotFound):
        return Finding(f"there is no layout {error.name!r}")
    if isinstance(error, jinja2.TemplateError):
        return Finding(text)
    if isinstance(error, MemoryError):
        return Finding("it takes more memory than there is for it")
    return Finding(f"{type(error).__name__}: {text}")


def _attributes() -> set[str]:
    """Return the names of the fields of all views."""
    own = (layout.view for layout in registry.layouts().values())
    return {
        field
        for view in (*vars(views).values(), *own)
        if isinstance(view, type) and issubclass(view, tuple)
        for field in getattr(view, "_fields", ())
    }
