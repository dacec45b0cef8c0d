r"""Which macro of TeX's text mode is read how: one table, from the 486 that the archive holds.

A macro that is not in it is shown as its source.
"""

from __future__ import annotations

from dayleaf.text import handlers, numbers
from dayleaf.text.handlers import Handler
from dayleaf.text.state import TextState
from dayleaf.text.symbols import LETTER_ACCENTS, LETTERS, SYMBOLS
from dayleaf.text.tokens import (
    BOLD,
    CAPS,
    CODE,
    EMPH,
    ITALIC,
    STRIKE,
    SUB,
    SUP,
    UNDERLINE,
)

_STYLES = {
    "textbf": BOLD, "textit": ITALIC, "textsl": ITALIC, "emph": EMPH, "texttt": CODE,
    "textsc": CAPS, "underline": UNDERLINE, "uline": UNDERLINE, "ul": UNDERLINE, "sout": STRIKE,
    "st": STRIKE, "textsuperscript": SUP, "textsubscript": SUB,
}  # fmt: skip
# These act on the rest of the group they stand in: {\bf so}. Without a group they do nothing.
_DECLARATIONS = {
    "bf": BOLD, "bfseries": BOLD, "it": ITALIC, "itshape": ITALIC, "sl": ITALIC, "slshape": ITALIC,
    "em": EMPH, "tt": CODE, "ttfamily": CODE, "sc": CAPS, "scshape": CAPS,
}  # fmt: skip
_WORDS = {
    "ie": "i.e.", "eg": "e.g.", "Ie": "I.e.", "Eg": "E.g.", "IE": "i.e.", "EG": "e.g.",
    "ieno": "i.e", "egno": "e.g", "etc": "etc.", "etal": "et al.", "wrt": "w.r.t.", "vs": "vs.",
    "aka": "a.k.a.", "iid": "i.i.d.", "cf": "cf.", "viz": "viz.", "onedot": ".", "sota": "SOTA",
}  # fmt: skip
_JOINING = """lq textquoteleft textquotedblleft guillemotleft guillemetleft
    textendash textemdash textquotesingle hyp slash""".split()
# The argument is what is to be read.
_CONTENT = """text textrm textsf textup textmd textnormal textls textlf mbox hbox fbox hl
    ensuremath mathrm mathbf mathit mathsf mathtt mathcal mathbb mathop bm boldsymbol uppercase
    lowercase MakeUppercase ac acp acs acl acf Ac gls glspl Gls Glspl acrshort acrlong acrfull
    acronym num red blue green magenta cyan orange purple black centerline center rm sf
    sffamily upshape normalfont title keyword rev revision revise new add added edit changes
    changed""".split()
_NOTHING = """noindent indent small footnotesize scriptsize tiny large Large LARGE huge Huge
    normalsize centering sloppy protect xspace boldmath unboldmath newpage clearpage bigskip
    medskip smallskip vfill linebreak nolinebreak break nobreak allowbreak leavevmode unskip
    ignorespaces relax maketitle expandafter null strut displaystyle textstyle limits left right
    big Big bigg Bigg bigl bigr selectfont""".split()
_NOTHING_WITH = """color label footnotemark vspace vspace* thispagestyle pagestyle urlstyle
    hypersetup phantom hphantom vphantom fontsize bibliographystyle definecolor""".split()
_SPACES = """par newline hspace hspace* quad qquad enspace space thinspace hfill
    nobreakspace""".split()
_REFERENCES = """cite citep citet citealp citealt citeauthor citeyear citenum citeyearpar
    shortcite parencite textcite autocite footcite Cite Citep Citet ref eqref autoref cref Cref
    pageref nameref secref figref tabref""".split()

_HANDLERS: dict[str, Handler] = {
    **{name: handlers.symbol(char, joins=name in _JOINING) for name, char in SYMBOLS.items()},
    **{name: handlers.letter(char) for name, char in LETTERS.items()},
    **{name: handlers.word(written) for name, written in _WORDS.items()},
    **{name: handlers.style(style, declares=False) for name, style in _STYLES.items()},
    **{name: handlers.style(style, declares=True) for name, style in _DECLARATIONS.items()},
    **dict.fromkeys(LETTER_ACCENTS, handlers.letter_accent),
    **dict.fromkeys(_CONTENT, handlers.content),
    **dict.fromkeys(_NOTHING, handlers.nothing),
    **dict.fromkeys(_NOTHING_WITH, handlers.nothing_with),
    **dict.fromkeys(_SPACES, handlers.space),
    **dict.fromkeys(_REFERENCES, handlers.reference),
    **dict.fromkeys(["url", "Url", "burl", "path", "nolinkurl"], handlers.url),
    **dict.fromkeys(["href", "Href", "hyperlink", "hyperref"], handlers.href),
    **dict.fromkeys(["textcolor", "colorbox", "scalebox", "raisebox"], handlers.second),
    **dict.fromkeys(
        ["footnote", "thanks", "footnotetext", "freefootnote"], handlers.surrounded(" (", ")")
    ),
    **dict.fromkeys(["enquote", "say", "doublequote", "textquote"], handlers.surrounded("“", "”")),
    **dict.fromkeys(["keywords", "Keywords"], handlers.surrounded(" Keywords: ", "")),
    "ang": handlers.surrounded("", "°"),
    **dict.fromkeys(["begin", "end"], handlers.environment),
    **dict.fromkeys(["SI", "qty"], numbers.quantity),
    **dict.fromkeys(["romannumeral", "lowerromannumeral", "rom", "Rmnum"], numbers.roman),
    "si": numbers.unit,
    "texorpdfstring": handlers.first,
    "verb": handlers.verbatim,
    "def": handlers.definition,
    **dict.fromkeys(["frac", "nicefrac", "sfrac", "flatfrac", "tfrac", "dfrac"], handlers.fraction),
    "ce": handlers.matter,
}


def macro(state: TextState, name: str, pos: int) -> int:
    r"""Read the macro `\name`, with its star if it has one, that ends before `pos`; where next."""
    handler = _HANDLERS.get(name) or _HANDLERS.get(name.removesuffix("*")) or handlers.unknown
    return handler(state, name, pos)
