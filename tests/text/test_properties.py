"""What holds for every text, however broken or hostile."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from dayleaf.text import to_html, to_plain
from dayleaf.text.maths import formula
from dayleaf.text.scanner import scan
from dayleaf.text.tokens import TokenType
from tests.patience import ends
from tests.text.markup import CONTROL, assert_safe, seen

PIECES = [
    "$", "$$", "\\(", "\\)", "\\[", "\\]", "{", "}", "[", "]", "^", "_", "~", "&", "&lt;",
    "&#x202e;", "\\", "\\\\", "\\$", "\\%", "\\'", '\\"', "\\'e", "\\c{", "`", "``", "'", "''",
    '"', "-", "--", "---", "<", ">", "<b>", "</math>", "<script>", "\\textbf{", "\\bf ", "\\emph",
    "\\texttt{", "\\url{", "\\href{", "\\href{https://example.org}{", "javascript:alert(1)",
    "https://", "http://a", "www.", "www.example.org", "github.com/a", "a.github.io",
    "arXiv:2112.10046", "10.1234/a", "://", "\\cite{", "\\footnote{", "\\ours", "\\ours{}",
    "\\item", "\\begin{align}", "\\end{align}", "\\begin{", "\\verb|", "|", "\\SI{",
    "\\textcolor{red}{", "\\texorpdfstring{", "\\romannumeral", "\\def\\a{", "\\a", "\\frac",
    "\\frac{a}{b}", "\\sqrt[3]{x}", "\\text{", "\\mathbf{x}", "\\left(", "\\right)",
    "\\hspace{9em}", "\\unicode{x3c}", "\\unicode{x202e}", "\\color{", "\\class{a}{",
    "\\style{a:b}{", "x", "n", "5", "10", " and ", " ", "\n", "\u0000", "\u007f", "\u202e",
    "\ud800", "\u00a0", "é", "中", "🍃", ",", ".", ")", "(", ";",
]  # fmt: skip

texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.text())
formulas = st.lists(st.sampled_from(PIECES), max_size=15).map("".join)
words = st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=12)


@given(texts)
def test_html_is_well_formed_and_safe(text: str) -> None:
    html = to_html(text)
    assert isinstance(html, Markup)
    assert_safe(html)


@given(texts)
def test_html_without_links_has_none_and_says_the_same(text: str) -> None:
    html = to_html(text, links=False)
    assert_safe(html)
    assert "<a " not in html
    assert seen(html) == seen(to_html(text))


@given(texts)
def test_plain_text_is_one_clean_line(text: str) -> None:
    plain = to_plain(text)
    assert not CONTROL.search(plain)
    assert plain == plain.strip()
    assert "  " not in plain


@given(formulas)
def test_a_formula_is_safe_whatever_it_holds(source: str) -> None:
    """It goes to the converter unguarded by the scanner's rules for what a formula is."""
    found = formula(f"${source}$".encode("utf-8", "replace").decode())
    html = CONTROL.sub("", found.html)  # these are gone before the scanner starts
    assert_safe(html)


@given(words, st.data())
def test_both_forms_say_the_same(parts: list[str], data: st.DataObject) -> None:
    """Formulas and what is raised or lowered aside: plain text is what the HTML shows."""
    marks = ["\\textbf{", "{\\em ", "\\url{https://a.org/", "\\footnote{", "{", "\\ours{", "$"]
    text = " ".join(
        f"{mark}{part}}}" if (mark := data.draw(st.sampled_from(marks))) != "$" else part
        for part in parts
    )
    assert to_plain(text) == " ".join(seen(to_html(text)).split())


@given(words, st.sampled_from(PIECES))
def test_words_never_vanish(parts: list[str], piece: str) -> None:
    """Whatever stands between them, all words can be found again in both forms, in order."""
    text = f" {piece} ".join(f"Z{part}z" for part in parts)
    if piece in {"\\color{", "\\begin{", "\\textcolor{red}{"} or "verb" in piece:
        return  # unclosed here, so nothing that could be an argument
    for form in (seen(to_html(text)), to_plain(text)):
        assert re.findall("Z[a-h]+z", form) == [f"Z{part}z" for part in parts]


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "Zs"])))
def test_a_text_without_special_signs_is_only_escaped(text: str) -> None:
    line = " ".join(text.split(" ")).strip()
    if line.isprintable() and "  " not in line:
        assert to_html(text) == escape(line)
        assert to_plain(text) == line


@given(texts)
def test_styles_nest(text: str) -> None:
    """Every style that is opened is closed, the last first."""
    open_styles: list[str] = []
    for kind, content in scan(text.replace("\n", " ")):
        if kind is TokenType.OPEN:
            open_styles.append(content)
        elif kind is TokenType.LINK:
            assert "link" not in open_styles
            open_styles.append("link")
        elif kind is TokenType.CLOSE:
            assert open_styles.pop() == content
    assert not open_styles


@given(texts)
def test_the_same_text_gives_the_same_bytes(text: str) -> None:
    """No state is left behind by what was converted before."""
    first = to_html(text)
    to_html("\\textbf{``$\\def\\a{b}\\a$")
    formula.cache_clear()
    assert to_html(text) == first


@pytest.mark.parametrize("piece", sorted(set(PIECES) - {"\ud800"}), ids=ascii)
def test_time_grows_with_the_length(piece: str) -> None:
    """What grows with the square of 400,000 signs takes hours; here they take two seconds."""
    text = piece * (400_000 // len(piece))
    with ends():
        to_html(text)
        to_plain(text)


@pytest.mark.parametrize(
    "piece",
    [
        "http://a.b/[TODO]/",
        "10.1109/[TODO]/",
        "github.com/TODO/",
        "www.",
        "http://ada@a.b/",
        "$$x$$,",
    ],
)
def test_what_leads_nowhere_is_read_once(piece: str) -> None:
    """An address that is none is not read again from each sign within it."""
    with ends():
        to_html(piece * (400_000 // len(piece)))


NESTS = [
    ("{", "}"), ("\\sqrt{", "}"), ("x^{", "}"), ("\\left(", "\\right)"), ("\\frac{", "}{b}"),
    ("\\binom{", "}{b}"), ("\\hat{", "}"), ("\\sideset{a}{b}{", "}"), ("\\displaystyle ", ""),
    ("\\begin{matrix}", "\\end{matrix}"), ("\\xrightarrow{", "}"), ("\\text{", "}"),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "closing"), NESTS)
def test_deep_formulas_end(opening: str, closing: str) -> None:
    """No formula takes time that doubles with each level, and none is too deep to be refused."""
    with ends():
        for depth in (5, 15, 24, 60, 90):
            assert_safe(to_html(f"${opening * depth}x{closing * depth}$"))


DEEP = [
    ("\\textbf{", "}"), ("\\ours{", "}"), ("\\textsuperscript{", "}"), ("x_{", "}"),
    ("\\url{", "}"), ("\\href{a.org}{", "}"), ("\\footnote{", "}"), ("\\cite{", "}"),
    ("{\\bf ", "}"), ("{", "}"), ("\\texorpdfstring{", "}{a}"), ("\\frac{", "}{a}"),
    ("\\SI{5}{", "}"), ("\\ce{", "}"), ("\\def\\x{", "}"), ("\\bf", ""), ("$\\text{", "}$"),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "closing"), DEEP)
def test_deep_groups_end(opening: str, closing: str) -> None:
    """Groups within each other take time in proportion to their length, and nothing is lost."""
    text = "{" + opening * 20_000 + "acorn" + closing * 20_000 + "}"
    with ends():
        html, plain = to_html(text), to_plain(text)
    assert_safe(html)
    assert "acorn" in plain or opening in {"\\cite{", "\\def\\x{"}


def test_a_formula_has_a_greatest_length() -> None:
    """What goes on and on is no formula, and is not searched to the end of a long text."""
    for opening, closing in (("$", "$"), ("\\(", "\\)"), ("$$", "$$")):
        assert "<math" in to_html(f"{opening}{'x+' * 500}x{closing}")
        assert "<math" not in to_html(f"{opening}{'x+' * 1_000}x{closing}")
