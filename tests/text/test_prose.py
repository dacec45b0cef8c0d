"""The site's own pages: Markdown, without HTML and without unsafe links."""

from __future__ import annotations

import pytest

from dayleaf.text.prose import prose


def test_markdown_becomes_html() -> None:
    html = prose(
        "# Leaves\n\n*One* [page](about.html) and `code`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert "<h1>Leaves</h1>" in html
    assert '<em>One</em> <a href="about.html">page</a> and <code>code</code>' in html
    assert "<td>2</td>" in html


def test_html_is_shown_not_obeyed() -> None:
    html = prose("<script>alert(1)</script>\n\nand <b onclick=x>so</b>\n")
    assert "<script" not in html
    assert "<b " not in html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//example.org/x",
        "file:///etc/passwd",
    ],
)
def test_an_unsafe_link_is_none(target: str) -> None:
    html = prose(f"[x]({target}) ![y]({target}) <{target}>\n")
    assert "<a " not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    "target",
    ["https://example.org/a?b=c", "mailto:oak@example.org", "/about/", "#here", "a/b.html"],
)
def test_a_safe_link_is_one(target: str) -> None:
    assert f'<a href="{target}">x</a>' in prose(f"[x]({target})\n")
