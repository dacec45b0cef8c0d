"""Layouts lose what browsers do not need, and nothing else."""

from __future__ import annotations

import itertools
import re
import traceback
from pathlib import Path
from urllib.parse import urljoin

import html5lib
import jinja2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dayleaf.render import lean
from dayleaf.render.environment import Environment
from dayleaf.render.lean import html
from dayleaf.render.lean.judge import PLAIN
from tests.test_golden import built

VALUES: dict[str, object] = {
    "root": "../",
    "x": {"path": "2021/", "id": "a b='\"><c>`", "title": "t"},
    "yes": True,
    "no": "",
    "items": ["one", "two"],
}


def render(layout: str, x: object = None, **others: str) -> str:
    """Render a layout as a page, after it was trimmed."""
    loader = jinja2.DictLoader({"page.html": layout} | {f"{n}.html": t for n, t in others.items()})
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("page.html").render(VALUES | ({"x": x} if x else {}))


def written(layout: str, x: object = None) -> str:
    """Render a layout as it is written."""
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(layout).render(VALUES | ({"x": x} if x else {}))


@pytest.mark.parametrize(
    ("layout", "page"),
    [
        # White space goes where blocks begin or end, and is one sign elsewhere inside a block.
        ("<main>\n  <h1> A  B </h1>\n  text\n</main>\n", "<main><h1>A B</h1>text</main>"),
        ("<div><a>a</a>\n    <b>b</b>  c</div>", "<div><a>a</a> <b>b</b> c</div>"),
        ("<a>a</a>\n    <b>b</b>", "<a>a</a>\n    <b>b</b>"),  # who knows where this is printed
        ("<div>a <!-- b --> c</div>", "<div>a c</div>"),
        ("<p>a\xa0 b</p>", "<p>a\xa0 b</p>"),
        ("<div>{{ root }}\n  <b></b>\n{{ root }}</div>", "<div>../ <b></b>\n../</div>"),
        ("<ul>\n{% for i in items %}\n  <li>\n{{ i }}\n</li>\n{% endfor %}\n</ul>",
         "<ul><li>one<li>two</ul>"),
        ("<svg>\n <g> <path/>\n</g>\n</svg> <svg></svg>", "<svg><g><path/></g></svg> <svg></svg>"),
        ("<p>a <select>\n <option>b</option>\n</select> c</p>",
         "<p>a <select><option>b</select> c</p>"),
        # It stays where it is shown.
        ("<pre>\n  a <b> c </b>\n</pre>", "<pre>\n  a <b> c </b>\n</pre>"),
        ("<textarea>\n  <p>a</p>  </textarea>", "<textarea>\n  <p>a</p>  </textarea>"),
        ("<script>\n  '<p class=\"a\">  </p>' // <b>\n</script>",
         "<script>\n  '<p class=\"a\">  </p>' // <b>\n</script>"),
        ("<style>\n  a  {b: c}\n</style>", "<style>\n  a  {b: c}\n</style>"),
        ('<div style="white-space: pre">  a  </div>', '<div style="white-space: pre">  a  </div>'),
        ("<div>a{{ '  ' }}b</div>", "<div>a  b</div>"),
        # End tags go where what follows says as much.
        ("<div><p>a</p><p>b</p></div>", "<div><p>a<p>b</div>"),
        ("<p>a</p> b", "<p>a</p>b"),
        ("<a><p>a</p></a>", "<a><p>a</p></a>"),
        ("<p>a</p><span>b</span>", "<p>a</p><span>b</span>"),
        ("<p>a</p></div><b>", "<p>a</p></div><b>"),
        ("<p>a</p>{{ root }}", "<p>a</p>../"),
        ("<div><p>a</p>{% if yes %}<p>b</p>{% endif %}</div>", "<div><p>a<p>b</div>"),
        ("<div><p>a</p>{% if yes %}b{% endif %}</div>", "<div><p>a</p>b</div>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a<dd>b</dl>"),
        ("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
         "<table><thead><tr><th>a<tbody><tr><td>b</table>"),
        ("<!doctype html>\n<html>\n<head>\n</head>\n<body>\n<p>a</p>\n</body>\n</html>\n",
         "<!doctype html><html><head><body><p>a"),
        # Quotes go around values that cannot need them.
        ("""<a class="b" id='c' title="d e" hidden="" lang="f=">""",
         """<a class=b id=c title="d e" hidden="" lang="f=">"""),
        ('<a href="{{ root }}{{ x.path }}">', "<a href=../2021/>"),
        ('<a href="{{ root }}{{ x.path }}" id="{{ x.path }}">', "<a href=../2021/ id=2021/>"),
        ('<a href="{{ root }}a" title="{{ x.title }}">', '<a href=../a title="t">'),
        ('<a href="b"{% if yes %} class="c d"{% endif %}>', '<a href=b class="c d">'),
        ('<a href="b"{{ x.path }}>', '<a href="b"2021/>'),
        ('<a class="b{% if yes %} c{% endif %}">', '<a class="b c">'),
        ('<a href="b"title="c">', '<a href="b"title=c>'),
        ('<img src="a"/><img src="b" /><path d="c"/><path d="c" />',
         '<img src=a><img src=b><path d="c"/><path d=c />'),
        ('<a\n  class="b"\n  id="c"\n>', "<a class=b id=c>"),
        # Comments go, but for those that somebody reads.
        ("<div>a<!-- b -->c<!--! d --><!--[if e]><![endif]--></div>",
         "<div>ac<!--! d --><!--[if e]><![endif]--></div>"),
        # What cannot be followed stays as it is written.
        ("<div{% if yes %}>{% endif %} a  </div>", "<div> a  </div>"),
        ("<h{{ 1 }}>  a  </h{{ 1 }}>", "<h1>  a  </h1>"),
        ("{% if yes %}<div>{% endif %}  <p>a</p>{% if yes %}</div>{% endif %}",
         "<div>  <p>a</p></div>"),
        ("<!-- {{ x.title }} --><p>  a</p>", "<!-- t --><p>  a</p>"),
        ("{% filter upper %}<p>  a</p>{% endfilter %}", "<P>  A</P>"),
        ("{% raw %}<p>  {{ a }}  </p>{% endraw %}", "<p>{{ a }}</p>"),
    ],
)  # fmt: skip
def test_what_is_taken_away(layout: str, page: str) -> None:
    assert render(layout) == page


@pytest.mark.parametrize(
    ("layout", "page"),
    [
        ("<header>\n <b>a</b>\n <nav> <i>b</i>\n </nav>\n <b>c</b> </header>\n <main>d</main>",
         "<header><b>a</b> <nav><i>b</i></nav> <b>c</b></header> <main>d</main>"),
        ("<div>a</div>\n <p>b</p>\n <footer>c</footer>", "<div>a</div><p>b <footer>c</footer>"),
        ("<article> <p>a</p> {% if no %}<aside>b</aside>{% endif %} <p>c</p> </article>",
         "<article><p>a <p>c</article>"),
    ],
)  # fmt: skip
def test_words_stay_apart_where_a_browser_knows_no_newer_blocks(layout: str, page: str) -> None:
    """Those in terminals take `<header>`, `<nav>` and their like for text."""
    assert render(layout) == page


@pytest.mark.parametrize(
    "layout",
    [
        '<a id="{{ x.id }}" title="b">',
        '<a id="#{{ x.id }}" title="b">',
        '<a id="{{ root }}{{ x.id }}">',
        '<a id="{{ no.id or no }}" title="b">',
        '{% set x = {"id": no} %}<a id="{{ x.id }}" title="b">',
        '{% set x = {"id": "<&amp;>"|safe} %}<a id="{{ x.id }}" title="b">',
    ],
)
def test_no_value_gets_out_of_its_attribute(layout: str) -> None:
    """Whatever a digest says, and however a layout prints it."""
    assert tree(render(layout)) == tree(written(layout))


BASE = """<!doctype html><html><title>{% block title %}{% endblock %}</title>
<body class="{% block c %}{% endblock %}"><main>{% block main %}{% endblock %}</main>
<pre>{% block code %}{% endblock %}"""


def test_blocks_are_trimmed_as_their_places_allow() -> None:
    page = render(
        '{% extends "base.html" %}{% block main %}\n  a   b <p>c</p>\n{% endblock %}'
        "{% block title %}  a   <p>  {% endblock %}{% block c %}a  b{% endblock %}"
        "{% block code %}  a  {% endblock %}",
        base=BASE,
    )
    assert page == (
        '<!doctype html><html><title>  a   <p>  </title><body class="a  b">'
        "<main> a b<p>c</p></main><pre>  a  "
    )


def test_a_macro_s_beginning_ends_a_paragraph() -> None:
    macros = "{% macro list() %}\n<ol>\n<li>a</li>\n</ol>\n{% endmacro %}"
    macros += "{% macro word() %}a{% endmacro %}"
    page = render(
        '{% from "macros.html" import list, word %}<div><p>a</p>\n{{ list() }}'
        "<p>b</p>\n{{ word() }}</div>",
        macros=macros,
    )
    assert page == "<div><p>a<ol><li>a</ol><p>b</p>a</div>"


def test_a_misspelt_variable_is_on_the_line_where_it_was_written() -> None:
    layout = "<div>\n\n  <!-- a\n -->\n  <p\n class='b'>\n\n{{ nothing.here }}</p></div>"
    with pytest.raises(jinja2.UndefinedError) as found:
        render(layout)
    assert 8 in [frame.lineno for frame in traceback.extract_tb(found.tb)]


# ---- The same tree ----
LOOSE = html.META | html.SHAPE | {"svg"} | html.BLOCK


def tree(page: str, path: str = "") -> list[tuple[str, str]]:
    """Return what a browser makes of a page, without white space that is not shown."""
    document = html5lib.parse(page, treebuilder="etree")
    found: list[tuple[str, str]] = []
    for token in html5lib.getTreeWalker("etree")(document):
        kind = token["type"]
        if kind in {"Characters", "SpaceCharacters"}:
            if found and found[-1][0] == "text":
                found[-1] = ("text", found[-1][1] + token["data"])
            else:
                found.append(("text", token["data"]))
        elif kind in {"StartTag", "EmptyTag"}:
            attributes = {name: value for (_, name), value in token["data"].items()}
            if path and "href" in attributes:
                attributes["href"] = urljoin(f"https://example.org/{path}", attributes["href"])
            found.append((f"start {token['name']}", str(sorted(attributes.items()))))
        if kind in {"EndTag", "EmptyTag"}:
            found.append((f"end {token['name']}", ""))
    return list(_shown(found))


def _shown(events: list[tuple[str, str]]) -> list[tuple[str, str]]:
    shown: list[tuple[str, str]] = []
    verbatim = 0
    for before, event, after in zip(
        [("", ""), *events], events, [*events[1:], ("", "")], strict=False
    ):
        if event[0].partition(" ")[2] in html.VERBATIM | html.RAW:
            verbatim += 1 if event[0].startswith("start") else -1
        if event[0] == "text" and not verbatim:
            event = ("text", _seen(event[1], before[0], after[0]))  # noqa: PLW2901
        if event != ("text", ""):
            shown.append(event)
    return shown


def _seen(text: str, before: str, after: str) -> str:
    names = [edge.partition(" ")[2] for edge in (before, after)]
    if not text.strip(html.SPACE) and LOOSE.issuperset(names):
        return ""
    text = "".join(
        " " if space else "".join(signs)
        for space, signs in itertools.groupby(text, key=lambda sign: sign in html.SPACE)
    )
    if names[0] in html.BLOCK or before == "start select":
        text = text.lstrip(" ")
    return text.rstrip(" ") if names[1] in html.BLOCK or after == "end select" else text


_spaces = st.sampled_from(["", "", " ", "\n  ", "  "])
_words = st.sampled_from(["", "a", "b c", "&amp;", "1 < 2", "\xa0", "<!-- d -->", "<br>"])
_values = st.sampled_from(["", "a", "b c", "d=e", "it's", "/f/", "&lt;", "<g>", "`"])
_attributes = st.lists(
    st.tuples(st.sampled_from(["class", "id", "title"]), _values),
    max_size=2,
    unique_by=lambda p: p[0],
)
_LINE = "a b span select textarea svg script title button".split()
_FLOW = [*_LINE, *"div p ul ol dl table h2 pre main details footer address section".split()]
_ONLY = {
    "table": ["thead", "tbody"],
    "thead": ["tr"],
    "tbody": ["tr"],
    "tr": ["td", "th"],
    "ul": ["li"],
    "ol": ["li"],
    "dl": ["dt", "dd"],
    "select": ["option"],
    "svg": ["g"],
    "g": ["g"],
}
"""What stands in elements in which not everything may stand."""
_ONCE = {"a", "button", "h2", "select"}
"""Elements that do not stand in themselves."""


@st.composite
def fragments(
    draw: st.DrawFn,
    parent: str = "main",
    depth: int = 5,
    *,
    line: bool = False,
    closed: bool = False,
) -> str:
    """Elements in elements, some without the end tag that HTML lets one leave out."""
    pieces = [draw(_spaces)]
    for _ in range(draw(st.integers(0, 3))):
        if depth and draw(st.booleans()):
            name = draw(st.sampled_from(_ONLY.get(parent, _LINE if line else _FLOW)))
            quoted = "".join(f' {key}="{value}"' for key, value in draw(_attributes))
            below = fragments(
                name, depth - 1, line=line or name in {"p", "h2", "pre"}, closed=closed
            )
            inside = draw(_words if name == "option" else below)
            if name in _ONCE and f"<{name}" in inside:
                continue
            may_lack_its_end = not closed and name in html.IMPLIED and parent in html.BLOCK
            end = "" if may_lack_its_end and draw(st.integers(0, 9)) == 0 else f"</{name}>"
            pieces.append(f"<{name}{quoted}>{inside}{end}")
        elif parent not in _ONLY:
            pieces.append(draw(_words))
        pieces.append(draw(_spaces))
    return "".join(pieces)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(fragments())
@example("<p>a<table><tr><td>b</table></p><div>c</div>")
@example("<p>a<div>b</div></p><div>c</div>")
@example("<p>a<p>b</p></p><p>c</p>")
@example("<ul><li>a<ul><li>b</ul></li><li>c</ul>")
@example("<div>a <hr> b</div>")
@example("<pre><!-- a -->\n  </pre>")
@example("<button><p>a<button>b</p></button><p>c")
def test_the_tree_stays_the_same(fragment: str) -> None:
    page = f"<!doctype html><html><body><main>{fragment}</main></body></html>"
    trimmed = render(page)
    assert tree(trimmed) == tree(page)
    assert len(trimmed) <= len(page)
    assert render(trimmed) == trimmed


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """Fragments on the ways and in the loops of a layout, side by side and in one another."""
    pieces = [draw(fragments(depth=3, closed=True))]
    for _ in range(draw(st.integers(1, 3))):
        inside = fragments(depth=2, closed=True)
        first, second = draw(inside), draw(st.one_of(layouts(), inside))
        pieces.append(
            draw(
                st.sampled_from(
                    [
                        f"{{% if yes %}}{first}{{% endif %}}{second}",
                        f"{{% if no %}}{first}{{% else %}}{second}{{% endif %}}",
                        f"{{% for one in items %}}{second}{{% endfor %}}{first}",
                        f"<div>{{% for a in no %}}{first}{{% else %}}{second}{{% endfor %}}</div>",
                        f"<ul>{{% for one in items %}}<li>{second}</li>{{% endfor %}}</ul>",
                        f"<p>{{{{ x.title }}}} {{% if yes %}}<b>a</b>{{% endif %}} </p>{second}",
                    ]
                )
            )
        )
    return "".join(pieces)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(layouts())
@example("<p>a</p>{% if no %}<p>b</p>{% endif %} c")
@example("<ul>{% for one in items %}<li>a</li> {% endfor %}</ul>b")
def test_the_tree_stays_the_same_whichever_way_is_taken(layout: str) -> None:
    page = f"<!doctype html><html><body><main>{layout}</main></body></html>"
    assert tree(render(page)) == tree(written(page))


# A carriage return that is written as such is a line end to HTML, written as a reference it is not.
@given(
    st.text(st.characters(exclude_characters="\r")),
    st.sampled_from(["{{ x.id }}", "#{{ x.id }}", "{{ root }}{{ x.id }}"]),
)
def test_no_text_gets_out_of_its_attribute(text: str, value: str) -> None:
    rest = "" if value.startswith("{{ root") else ' title="a"'
    layout = f'<main id="{value}"{rest}>b</main>'
    assert tree(render(layout, {"id": text})) == tree(written(layout, {"id": text}))


def test_the_document_lists_the_names_whose_values_lose_their_quotes() -> None:
    document = (Path(__file__).parents[2] / "docs/layouts.md").read_text(encoding="utf-8")
    _, _, sentence = document.partition("A value that prints a variable keeps its quotes")
    listed = re.findall(r"`([a-z_]+)`", sentence.partition(". Such")[0])
    assert sorted(listed) == sorted(PLAIN)


def test_every_golden_page_has_the_tree_that_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    golden, _ = built(tmp_path / "lean")
    monkeypatch.setattr(lean.Trimmer, "trim", lambda _, tree, __: tree)
    files, _ = built(tmp_path / "written")
    pages = [name for name in files if name.endswith(".html")]
    assert sum(len(files[name]) for name in pages) > sum(len(golden[name]) for name in pages)
    for name, data in files.items():
        if name in pages:
            assert tree(golden[name].decode(), name) == tree(data.decode(), name), name
        else:
            assert golden[name] == data, name
