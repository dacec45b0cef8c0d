r"""Servers of preprints, which digests and references name where a journal would stand.

A paper on a server has appeared nowhere: `arXiv.org`, `CoRR abs/2101.00001` and `bioRxiv (Cold
Spring Harbor Laboratory)` are no journals. The expression is in the syntax that scripts share.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dayleaf.base.lookup import ARXIV_ID

_NAMES = (
    r"[a-z]*rxiv(?:\.org)?|corr|computing research repository|essoar|ess open archive"
    r"|ssrn(?: electronic journal)?|social science research network|preprints(?:\.org)?"
    r"|osf(?: preprints)?|openreview(?:\.net)?|zenodo|hal|authorea|vixra|peerj preprints"
    r"|research square|(?:unpublished )?preprint|(?:iacr )?cryptology eprint archive"
    r"|iacr eprint(?: archive)?|arxiv:\s+[a-z][a-z\s&-]*"
)
_KIND = (
    r"[\s,:-]+(?:e-?prints?|pre-?prints?|server|repository|electronic journal)"
    r"|\s*\([^()]*[^()\d\s][^()]*\)"
)
_DOI = r"(?:doi:?\s*)?(?:https?:\/\/(?:dx\.)?doi\.org\/)?10\.\d{4,9}\/\S+"
_NUMBER = (
    r"(?:arxiv[:\s]*|https?:\/\/arxiv\.org\/)?(?:abs\/|pdf\/)?"
    rf"(?:{ARXIV_ID})(?:v\d+)?|\[[\w.-]+\]|\(?(?:19|20)\d\d\)?(?![\d.\/])|{_DOI}"
    r"|\d{4}\/\d+|(?:no|number|report)\.?\s*\d+"
)
SERVER = (
    r"^\s*(?:in\s*:?\s+)?(?:the\s+)?(?:preprints?\s+(?:at|on|in)\s+)?"
    rf"(?:(?:{_NAMES})(?:{_KIND})*|(?=https?:))"
    rf"(?:[\s,:;.]*(?:{_NUMBER}))*[\s.,;]*$"
)
"""A journal, or a reference to one, that is a server, with the paper's number or year perhaps."""
LONGEST = 200
"""Letters of a journal that is looked at: a longer text says more than a server's name."""
_SERVER = re.compile(SERVER, re.IGNORECASE)


@lru_cache(maxsize=1 << 12)
def is_server(journal: str) -> bool:
    """Tell whether a journal is a server of preprints, so that the paper has appeared nowhere."""
    return len(journal) <= LONGEST and _SERVER.match(journal) is not None
