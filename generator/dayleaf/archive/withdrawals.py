"""Whether a paper has been withdrawn, from its digest.

arXiv keeps the page of a withdrawn paper and has no PDF of its last version; the reason stands in
the comment, or in the place of the abstract (https://info.arxiv.org/help/withdraw.html).
"""

from __future__ import annotations

import re

_PAPER = (
    r"(?:paper|article|manuscript|submission|preprint|pre-print|version|report|work|note|draft"
    r"|study|document|entry|thesis|e-?print)"
)
_GONE = r"(?:withdrawn?|withdrew|retracted)"
# The same paper elsewhere, at a workshop: here it stands.
_HERE = r"\b(?! (?:from|at) (?!(?:the )?(?:arxiv|web|this)))"
_BEGINS = r"(?:\A|[.;:,(!] ?|pages,? )"
_SAYS = re.compile(
    # This paper has been (temporarily) withdrawn; the report was, needs to be.
    rf"(?:{_BEGINS}|admin note: |\b(?:so|thus|therefore|hence) )"
    r"(?:(?:this|the|our|it) )?(?:\w+ ){0,2}?"
    rf"(?:{_PAPER}|(?<=it)) ?(?:\([^)]*\) )?"
    rf"(?:(?:has been|have been|was|is|is being|will be|needs? to be|is to be|should be|must be) "
    rf"(?:\w+ ){{0,2}})?{_GONE}{_HERE}"
    # Withdrawn by the author; withdrawn due to an error.
    rf"|{_BEGINS}(?:withdrawn?|retracted|withdrawal|retraction)"
    rf"(?= (?:by|due|because|since|as|to|for|pending|until|this|the)\b|[.;)]|\Z)"
    rf"|\b{_GONE} by (?:the |its |all )?(?:\w+ )?(?:authors?|arxiv|submitter|admin\w*)\b",
    re.IGNORECASE,
)
# What authors write who ask for it: arXiv prints it because it was done.
_ASKS = re.compile(
    r"\b(?:we|i|authors?|hence|thus|so|therefore|please|decided?|wants?|like|need|have"
    r"|request(?:s|ing|ed)?|require|agree|plan|apply|hope|wish|suggested)\b"
    r"(?:\W+[\w']+){0,3}?\W+(?:to )?"
    r"(?:withdr[ae]w(?:al|ing|n)?|retract(?:ed|ing)?)\b"
    r"(?! (?:\w+ )?(?:data|from (?!arxiv|the arxiv|this)))"
    rf"|\b(?:this|my|our) (?:\w+ )?{_PAPER} to be {_GONE} from arxiv",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:(?:earlier|previous|prior|first|old|older|original|initial) "
    rf"(?:\w+ )?{_PAPER}s?|versions?(?: [\w.]+){{0,5}})"
    rf"(?: \w+){{0,3}} (?:has been|have been|was|were|is) (?:\w+ )?{_GONE}|\bnot (?:been )?{_GONE}"
    rf"|\bwhich has been {_GONE}",
    re.IGNORECASE,
)
_ABSTRACT_HEAD = 200


def is_withdrawn(comment: str | None, abstract: str | None) -> bool:
    """Whether a comment, or the beginning of an abstract, says so of the paper itself.

    >>> is_withdrawn("This paper has been withdrawn by the author due to an error", None)
    True
    >>> is_withdrawn("4 pages", "The order in which troops are withdrawn matters.")
    False
    """
    return _says(comment, _SAYS, _ASKS) or _says((abstract or "")[:_ABSTRACT_HEAD], _SAYS)


def _says(text: str | None, *ways: re.Pattern[str]) -> bool:
    if not text or not ("ithdr" in text or "etract" in text or "ITHDR" in text):
        return False
    text = " ".join(text.split())
    return any(way.search(text) for way in ways) and not _EARLIER.search(text)
