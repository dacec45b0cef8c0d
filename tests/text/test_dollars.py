"""Which dollar signs are money, variables of shells, or signs behind an amount."""

from __future__ import annotations

import pytest

from dayleaf.text import to_html, to_plain


@pytest.mark.parametrize(
    "text",
    [
        "The queue $/PR is down but $/session is up.",
        "Rates in $/h, $/day and $/kWh.",
        "First set $HOME and $PATH, then begin.",
        "In $HOME/$USER, $PATH:$HOME and $MY_HOME and $X.",
        "For $a in $b, or $(date) and $(time).",
        "A berth costs between 5$ and 10$ a day.",
        "It costs 5$, 10$ or 20$; 10$ for one, 20$ for two.",
        "A budget of 3$k and 4$k more, or 3$k to 4$k, 3$M-4$M.",
        "C$ and A$ rates",
        "$1 and $2",
    ],
)
def test_signs_that_open_no_formula_stand_as_written(text: str) -> None:
    assert to_plain(text) == text
    assert to_html(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("From $1M to $2M ($x$ lamps).", "From $1M to $2M (x lamps)."),
        ("$2M, $x$ lamps at $1 [$y$]", "$2M, x lamps at $1 [y]"),
    ],
)
def test_a_formula_behind_an_amount_is_one(text: str, plain: str) -> None:
    assert to_plain(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "$x$ and $y$", "$ x $", "$x $ and $y $", "3$k$ lamps", "$O(n log n)$", "$ \\alpha$",
        "$n = 5$ for $m$", "$x \\text{ for } y $", "$f: X \\to Y $", "$2n+1 $", "2$D$ and 3$D$",
        "100$\\mu$m to 5$\\mu$m", "10$\\times$20", "2$k-1$ lamps", "$a/b$/c", "$n$th",
    ],
)  # fmt: skip
def test_formulas_are_formulas_still(text: str) -> None:
    assert "$" not in to_plain(text)
