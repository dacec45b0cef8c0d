"""HTML without MathML, for feed readers; and what HTML has no element within."""

from __future__ import annotations

import pytest
from hypothesis import given

from dayleaf.text import to_html
from tests.text.markup import assert_safe
from tests.text.test_properties import texts


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (r"$9.47\times10^{-3}$ A", "9.47×10<sup>−3</sup> A"),
        (r"$\frac{a^2}{b_1}$", "a<sup>2</sup>/b<sub>1</sub>"),
        (r"$x_i^{k<2}$ & y", "x<sub>i</sub><sup>k&lt;2</sup> &amp; y"),
        (r"$\mathcal{O}(n\log n)$", "O(n log n)"),
        (r"$\sqrt[k]{x+1}$", "<sup>k</sup>√(x+1)"),
        (r"$^{\alpha_1}$", "<sup>α<sub>1</sub></sup>"),
        (r"\emph{so}, $<2$", "<em>so</em>, &lt;2"),
        (r"$\frac{1}$", r"<code>$\frac{1}$</code>"),
    ],
)
def test_formulas_are_text_with_what_is_raised_and_lowered(text: str, html: str) -> None:
    assert to_html(text, mathml=False) == html


@given(texts)
def test_it_is_safe_and_has_no_formulas(text: str) -> None:
    html = to_html(text, mathml=False)
    assert_safe(html)
    assert "<math" not in html


@pytest.mark.parametrize(
    "text",
    [
        r"$x_{\operatorname{\max}}$",
        r"$\underset{x}{\operatorname{\mathop{argmin}}}$",
        r"$\mathop{\max}_i y$",
    ],
)
def test_no_sign_of_a_formula_stands_within_another(text: str) -> None:
    """As the converter has it for a function within `operatorname`."""
    html = to_html(text)
    assert "<math" in html
    for tag in ("mi", "mo", "mn", "mtext"):
        for inner in html.split(f"<{tag}>")[1:]:
            assert inner.partition("<")[2].startswith(f"/{tag}>")
