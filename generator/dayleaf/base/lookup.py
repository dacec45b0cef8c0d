r"""How scripts look up names and identifiers: the grammar of what people type, widths of buckets.

Nothing here reads or writes. Regular expressions stand as text in the syntax that Python and
scripts share, because both use them; scripts read them by way of `facts`.
"""

from __future__ import annotations

# ---- Names -------------------------------------------------------------------------------------
LETTERS = 3
"""Letters at the beginning of a word that name the bucket in which to look for it."""
FEWER = 2
"""Letters of the buckets for shorter words, which hold whole words of that length, and the authors
with most papers among the longer ones."""
OTHER = "other"
"""The bucket of names without a letter from a to z."""

# ---- Identifiers -------------------------------------------------------------------------------
FIGURES = 2
"""Last figures of a DOI that name its bucket."""
MONTH = 4
"""Digits at the beginning of an arXiv id's number, year and month, that name its bucket."""
ARXIV_ID = r"\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[a-z]{2})?\/\d{7}"
"""In letters of either case: `2112.10046`, and of the old kind `cs/9901001`, `math.NA/0301001`."""
DOI = r"10\.\d{4,9}\/\S+"

ARXIV_HOST = r"^(?:(?:[\w-]+\.)*arxiv\.org|(?:www\.)?(?:alphaxiv|ar5iv)\.org|huggingface\.co)$"
ARXIV_PATH = (
    rf"\/(?:abs|pdf|html|papers|format|overview)\/({ARXIV_ID})(?:v(\d{{1,3}}))?(?:\.pdf)?\/?$"
)
"""Hosts and paths of arXiv's papers, the second with id and version."""
DOI_HOST = (
    r"(?:^|\.)(?:(?:dx\.)?doi\.org|springer\.com|springeropen\.com|springernature\.com"
    r"|biomedcentral\.com|aps\.org|iop\.org|frontiersin\.org|plos\.org|spiedigitallibrary\.org|projecteuclid\.org"
    r"|degruyter(?:brill)?\.com|jamanetwork\.com|biorxiv\.org|medrxiv\.org)$|^(?:dx-)?doi-org\."
)
"""Hosts that write DOIs into their addresses; others are believed behind `/doi/` alone."""
DOI_PATH = r"(?:^|\/|=)(10\.\d{4,9}\/[^?#&]+)$"
"""The DOI at the end of a path, or of a field of a query."""
DOI_REST = (
    r"(?:\/(?:full(?:text)?|abs(?:tract)?|e?pdf|epub|meta|html?|summary|references|figures?"
    r"|metrics|citedby|download|suppl|suppl_file|supplementary|reader|pdfplus)(?:\/.*|\.\w+)?"
    r"|\.(?:full|abstract|e?pdf|epub|html?|long|short)(?:\.\w{1,8})?)\/?$"
)
"""What publishers write behind a DOI, which is no part of it: `/full/html`, `.pdf`."""
DOI_ARTICLE = r"\/(?:article|chapter|advance-article|issue|book)[\w-]*\/(?:.*\/)?doi\/"
"""Paths in which a publisher's number stands behind the DOI, and a title behind that."""
DOI_NUMBER = r"^(10\.\d+\/.+?)\/\d{5,9}(?:\/[^/]*)?$"
ACL_DOI = r"^10\.(?:18653|3115)\/v1\/([a-z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)$"
"""DOIs of the ACL Anthology that hold its id, in small letters."""
SERVER_DOI = r"^(10\.(?:1101|64898)\/(?:\d{4}\.\d\d\.\d\d\.)?(\d{6}|\d{8}))(?:v(\d{1,3}))?$"
"""DOIs of bioRxiv, whose last number has six figures, and of medRxiv, whose has eight."""

SCHEMES = ("doi", "openreview", "acl", "eprint", "biorxiv", "medrxiv", "paper")
"""What anchors of papers begin with that are not arXiv's, see `identifiers`."""

QUERY_ANCHOR = rf"^(?:{'|'.join(SCHEMES)})-[a-zA-Z0-9._\/-]+$"
"""The anchor of such a paper, as it stands in its permalink."""
QUERY_ADDRESSES = {
    "openreview": r"openreview\.net\/\w+\?(?:\S*&)?id=([\w-]{6,40})",
    "acl": r"aclanthology\.org\/(?:anthology\/)?([A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)(?:\.pdf)?\/?$",
    "eprint": r"eprint\.iacr\.org\/(\d{4}\/\d{1,5})(?:\.pdf)?\/?$",
    "biorxiv": r"biorxiv\.org\/content\/(?:early\/)?(10\.\d{4,9}\/[\d.]+)(?:v\d+\S*)?$",
    "medrxiv": r"medrxiv\.org\/content\/(?:early\/)?(10\.\d{4,9}\/[\d.]+)(?:v\d+\S*)?$",
}
"""Scheme -> an address of a paper with its value, from which the anchor follows."""
_OPEN, _CLOSE = r"^[\s(\[<\"'\u2018\u201c]*", r"[\s)\]>\"'\u2019\u201d.,;]*$"
"""What stands around an identifier that is copied out of a text."""
_PLACES = r"\S*(?:arxiv|ar5iv)\.org\/\w+\/|\S*alphaxiv\.org\/\w+\/|\S*\/(?:papers|abs)\/"
_STAMP = r"(?:\s*\[[\w.-]+\](?:\s+\d{1,2}\s+\w{3}\s+\d{4})?)?"
"""What arXiv prints on the first page behind an id: `[cs.CV] 19 Dec 2021`."""
QUERY_ID = (
    rf"{_OPEN}(?:{_PLACES}|arxiv[:\s]\s*|(?:\S*doi\.org\/|doi:\s*)?10\.48550\/arxiv\.)?"
    rf"({ARXIV_ID})(?:v\d+)?(?:\.pdf)?\/?(?:[?#]\S*)?{_STAMP}{_CLOSE}"
)
"""An id as people paste it: alone, with its version or stamp, in brackets, within an address, or as
the DOI that arXiv gives every paper."""
QUERY_DOI = (
    rf"{_OPEN}(?:\S*doi\.org\/|doi:\s*)?(10\.\d{{4,9}}(?:\/|%2f)(?:[^\s()\[\]<>]+?|\S*?[(<\[]\S*?[^.,;\s]))"
    rf"(?:(?<=[^()\[\]<>]){_CLOSE}|[.,;]*$)"
)
