"""Identifiers of papers, each with its scheme: how they are written, anchored and addressed.

arXiv's ids keep the form that they have everywhere: their permalinks are for ever. Any other
identifier becomes an anchor that is safe in HTML and in an address, with its scheme before it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from dayleaf.base import lookup
from dayleaf.base.lookup import ARXIV_ID, FIGURES, MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator

ARXIV = "arxiv"
DOI = "doi"
NONE = "none"
"""The scheme of a paper without an identifier: its value is its address or its title."""

_ADDRESSES = {
    ARXIV: "https://arxiv.org/abs/{}",
    DOI: "https://doi.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "acl": "https://aclanthology.org/{}/",
    "eprint": "https://eprint.iacr.org/{}",
    "biorxiv": "https://www.biorxiv.org/content/{}",
    "medrxiv": "https://www.medrxiv.org/content/{}",
}
"""Scheme -> where a paper of it lives."""

_ARXIV_ID = rf"(?P<id>{ARXIV_ID})(?:v(?P<version>\d{{1,3}}))?"
_PLAIN = re.compile(rf"(?:arxiv:\s*)?{_ARXIV_ID}(?:\.pdf)?\Z", re.IGNORECASE | re.ASCII)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.{_ARXIV_ID}\Z", re.IGNORECASE | re.ASCII)
_OPENREVIEW = re.compile(r"[\w-]{6,40}\Z", re.ASCII)
_ACL = re.compile(
    r"/(?:anthology/)?(?P<id>[A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)(?:\.pdf)?/?\Z", re.ASCII
)
_EPRINT = re.compile(r"/(?P<id>\d{4}/\d{1,5})(?:\.pdf)?/?\Z", re.ASCII)
_BIORXIV = re.compile(
    r"/content/(?:\w+/)?(?:early/(?:\d{4}/\d\d/\d\d/)?)?(?P<id>(?:10\.\d{4,9}/)?[\d.]*\d)"
    r"(?:v(?P<version>\d{1,3}))?(?![\d/])",
    re.ASCII,
)
_ACL_DOI = re.compile(lookup.ACL_DOI)
_SERVER_DOI = re.compile(lookup.SERVER_DOI)
_SIX = 6
_DOI_HOST = re.compile(lookup.DOI_HOST)
_DOI_PATH = re.compile(lookup.DOI_PATH)
_DOI_REST = re.compile(lookup.DOI_REST, re.IGNORECASE)
_DOI_ARTICLE = re.compile(lookup.DOI_ARTICLE)
_DOI_NUMBER = re.compile(lookup.DOI_NUMBER)
_UNSAFE = re.compile(r"[^a-z0-9._/-]+", re.IGNORECASE | re.ASCII)
_SAFE = re.compile(r"[a-z0-9._/-]{0,79}[a-z0-9_-]\Z", re.IGNORECASE | re.ASCII)
_DOI = re.compile(rf"(?!10\.\d+/arxiv\.){lookup.DOI}")
DOI_BUCKET = "doi-"
"""What the lookup buckets of DOIs begin with."""
_DOI_START = re.compile(r"10\.\d{4,9}/")
_ONE_DOI = re.compile(r"10\.\d{4,9}/[A-Za-z0-9._/-]*[A-Za-z0-9]\Z", re.ASCII)
"""Nothing but a DOI, as nearly all fields are."""
_ESCAPED = re.compile(r"\$\\+_\$|\{\\+_\}|\\textunderscore(?:\{\}|\s)?|\\+([_%&#$<>;])")
"""TeX's ways of signs that DOIs hold, of which `\\_` stands in one field in 30,000."""
_BRACKETS = ("()", "[]", "{}", "<>")
_LONGEST = 80
_LONGEST_ADDRESS = 2_000
"""Letters of an address in which a DOI is looked for."""


class Identifier(NamedTuple):
    """What names a paper."""

    scheme: str
    """`arxiv`, `doi`, `openreview`, `acl`, `eprint`, `biorxiv`, `medrxiv` or `none`."""
    value: str
    """As its scheme writes it, without version: `2112.10046`, `10.1000/182`, `2026/1188`."""

    @property
    def anchor(self) -> str:
        """What the paper goes by in this site: an element's id, and the permalink's fragment.

        It holds letters, digits and `-._/` only. Different identifiers have different anchors.
        """
        return self.value if self.scheme == ARXIV else _anchor(self.scheme, self.value)

    @property
    def address(self) -> str | None:
        """Where the paper lives; None for a scheme that does not say."""
        pattern = _ADDRESSES.get(self.scheme)
        return pattern.format(quote(self.value, safe="/.:-_~();=&+@,!*$'")) if pattern else None


class Named(NamedTuple):
    """An identifier, and the version that was named with it."""

    identifier: Identifier
    version: int = 0
    """0 where none was named."""


def parse(text: str) -> Named | None:
    """Read an identifier as people and files write it: alone, labelled, as an address or a DOI.

    None where the text is none.
    """
    text = text.strip()
    if match := _PLAIN.match(text):
        return _arxiv(match)
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text, flags=re.IGNORECASE)
    if _DOI_START.match(bare):
        return of_doi(unquote(bare))
    return of_address(text)


def of_doi(text: str) -> Named:
    """Return the identifier of a DOI.

    The DOI that arXiv, the ACL Anthology, bioRxiv or medRxiv gives a paper holds its id there.
    """
    doi = next(iter(dois(text)), text).lower()
    if match := _ARXIV_DOI.match(doi):
        return _arxiv(match)
    if match := _ACL_DOI.match(doi):
        return Named(Identifier("acl", match[1][0].upper() + match[1][1:]))
    if match := _SERVER_DOI.match(doi):
        server = "biorxiv" if len(match[2]) == _SIX else "medrxiv"
        return Named(Identifier(server, match[1]), int(match[3] or 0))
    return Named(Identifier(DOI, doi))


def dois(field: str) -> tuple[str, ...]:
    """Return the DOIs of a field, each once: one or several, with whatever stands around them."""
    if _ONE_DOI.match(field):
        return (field,)
    field = _ESCAPED.sub(lambda escaped: escaped[1] or "_", field)
    starts = [match.start() for match in _DOI_START.finditer(field)]
    ends = [*starts[1:], len(field)] if starts else []
    pieces = (field[a:b] for a, b in zip(starts, ends, strict=True))
    return tuple(dict.fromkeys(filter(None, map(_trimmed, pieces))))


def _trimmed(piece: str) -> str:
    """Return the DOI that a text begins with, without what stands behind it."""
    doi = re.split(r"[\s\"]|https?:|doi:", piece, maxsplit=1, flags=re.IGNORECASE)[0]
    while doi and (doi[-1] in ".,;:'" or any(_unbalanced(doi, pair) for pair in _BRACKETS)):
        doi = doi[:-1]
    return doi if "/" in doi and not doi.endswith("/") else ""


def _unbalanced(doi: str, pair: str) -> bool:
    return doi[-1] == pair[1] and doi.count(pair[0]) < doi.count(pair[1])


def of_address(address: str) -> Named | None:
    """Return the identifier that an address holds; None where it is no paper's that we know."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path)
    if host.endswith("arxiv.org") or host in {"alphaxiv.org", "ar5iv.org", "huggingface.co"}:
        wanted = re.search(
            rf"/(?:abs|pdf|html|papers|format|overview)/{_ARXIV_ID}(?:\.pdf)?/?\Z",
            path,
            re.IGNORECASE | re.ASCII,
        )
        return _arxiv(wanted) if wanted else None
    if host.endswith("doi.org") and (match := _DOI_START.search(path)):
        return of_doi(path[match.start() :])
    if host.endswith("openreview.net"):
        value = next((p[3:] for p in parts.query.split("&") if p.startswith("id=")), "")
        return Named(Identifier("openreview", value)) if _OPENREVIEW.match(value) else None
    if host.endswith(("aclanthology.org", "aclweb.org")) and (match := _ACL.search(path)):
        return Named(Identifier("acl", match["id"]))
    if host == "eprint.iacr.org" and (match := _EPRINT.search(path)):
        return Named(Identifier("eprint", match["id"]))
    if host in {"biorxiv.org", "medrxiv.org"} and (match := _BIORXIV.search(path)):
        scheme = host.removesuffix(".org")
        value = match["id"] if "/" in match["id"] else f"10.1101/{match['id']}"
        return Named(Identifier(scheme, value), int(match["version"] or 0))
    doi = _published(host, path, unquote(parts.query))
    return of_doi(doi) if doi else None


def _published(host: str, path: str, query: str) -> str | None:
    """Return the DOI that a publisher's address holds, without what stands behind it."""
    known = _DOI_HOST.search(host)
    if (not known and "/doi/" not in path) or len(path) + len(query) > _LONGEST_ADDRESS:
        return None
    for place in (path.removesuffix("/"), *(query.split("&") if known else ())):
        if match := _DOI_PATH.search(place):
            doi = _DOI_REST.sub("", match[1])
            number = _DOI_NUMBER.match(doi) if _DOI_ARTICLE.search(path) else None
            return number[1] if number else doi
    return None


def unnamed(*, address: str | None, title: str) -> Identifier:
    """Return the stand-in for a missing identifier: made from the address, or else the title."""
    return Identifier(NONE, address or " ".join(title.casefold().split()))


def bucket(anchor: str) -> str:
    """Return the lookup bucket of an anchor.

    For an arXiv id that is year and month in which arXiv gave it out, `2112`; for any other the
    scheme and the last letter or digit, `openreview-g`.
    """
    if _PLAIN.match(anchor):
        return anchor.rpartition("/")[2][:MONTH]
    last = next((sign for sign in reversed(anchor.lower()) if sign.isalnum()), "0")
    return f"{anchor.partition('-')[0]}-{last}"


def doi_buckets(field: str) -> Iterator[tuple[str, str]]:
    """Yield the DOIs of a text, in small letters, each with its lookup bucket, `doi-03`.

    Those that arXiv itself gives out hold the id, and need no bucket.
    """
    for doi in _DOI.findall(field.lower()):
        ending = "".join(filter(str.isdecimal, doi))[-FIGURES:]
        if ending.isascii():
            yield doi, f"{DOI_BUCKET}{ending}"


def _arxiv(match: re.Match[str]) -> Named:
    archive, slash, number = match["id"].rpartition("/")
    value = f"{_spelled(archive)}{slash}{number}"
    return Named(Identifier(ARXIV, value), int(match["version"] or 0))


def _spelled(archive: str) -> str:
    """Return an old archive as arXiv writes it: `math.NA`, `cs`."""
    name, dot, subject = archive.partition(".")
    return f"{name.lower()}{dot}{subject.upper()}"


def _anchor(scheme: str, value: str) -> str:
    if scheme != NONE and _SAFE.match(value):
        return f"{scheme}-{value}"
    folded = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
    kept = _UNSAFE.sub("-", folded).strip("-./")[:_LONGEST].rstrip("-./")
    digest = hashlib.blake2b(value.encode(), digest_size=4).hexdigest()
    name = "paper" if scheme == NONE else scheme
    tail = kept.rpartition("/")[2] if scheme == NONE and "://" in value else kept
    return "-".join(filter(None, [name, tail, digest]))
