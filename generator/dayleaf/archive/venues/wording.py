"""What the words around a venue's name mean, as regular expressions."""

from __future__ import annotations

import re

# What is taken out of a text first.
MARKUP = re.compile(r"[{}$]|\\(?:textit|textbf|emph|it|bf|em)\b|\\(?=[&%#_])")
PUBLISHER = re.compile(r"\bSpringer[ -]Nature\b")
SPIE = re.compile(r"\bSPIE,?(?: (?:Vol(?:ume|\.)? ?)?\d{4,5}(?:-\d+)?,?)")
"""SPIE numbers its proceedings: `Proc. SPIE 11314, Medical Imaging 2020`."""

SENTENCE = re.compile(r";\s*|[.!?]\)?\s+(?=[^\W\d_a-z(]|\()")
ABBREVIATED = re.compile(r"\b[A-Z][a-z]{0,6}\Z")
"""Before a full stop that may end a word alone: `Proc. IEEE Conf. Comput. Vis.`"""


def _words(*parts: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(parts)})", re.IGNORECASE)


# Whether the paper has appeared there. Of the first two the one that stands nearer decides.
POSITIVE = _words(
    r"accept\w*|(?:to |will |has |have )?appear\w*|publish\w*|publication|present(?:ed|ation)",
    r"in press|in print|camera[- ]?ready|proceedings|proc\b|preprint|won|awarded|winner",
)
_UNDER = r"under (?:\w+[ -]){0,2}(?:review\w*|consideration|revision|submission)"
NEGATIVE = _words(
    r"re-?submi\w+|submi(?:t\w*|ss?ion|sson)",
    rf"{_UNDER}\b",
    r"in (?:review|submission|preparation|revision)\b|review(?:ed|ing)? (?:for|at|by|in)\b",
    r"reject\w*|withdrawn from|sent to|planned",
    r"(?:possible|consider(?:ed|ation)? for) publication",
    r"(?:prepared|intended|manuscript|draft|paper|written|target\w*|revis(?:ed|ion)) for\b",
    r"(?:format\w*|template|styles?) (?:of|for|from)\b|(?:trained|evaluated|tested) on\b",
    r"data ?sets? (?:of|from|for)\b|inspired by\b|unlike\b|compared? (?:to|with)\b",
)
_SMALLER = (
    r"short|shorter|shortened|abridged|abbreviated|condensed|compact|brief|reduced|partial"
    r"|conference|workshop|proceedings|6-page|4-page"
)
_BEFORE = r"earlier|p\w{1,3}liminary|previous|prior|initial"
_LARGER = (
    r"extended|expanded|enlarged|journal|longer|substantial\w*|significant\w*|improved|extends?"
)
ANOTHER = _words(
    r"best (?:papers )?(?:of|from)\b",
    rf"(?:{_BEFORE}|older|{_SMALLER})[\w\s,()-]{{0,24}}?(?:version|draft|edition|variant)s?\b",
    rf"(?:{_BEFORE}|part of th\w+) (?:\w+ ){{0,2}}?(?:paper|work|results?|reports?|stud\w+)\b",
    rf"(?:{_LARGER})(?: and \w+)?(?: journal)?(?: \w+)? "
    r"(?:version|extension|work|paper|form|article)s? (?:of|to|from|for|based)\b",
    r"(?:extension|extended|extends|extending|expansion|expands|generali[sz]ation|follow[- ]?up"
    r"|builds? (?:up)?on|based on|follows?|supersedes|improv\w+|companion"
    r"|supplement\w*(?: material\w*)?) (?:of|to|from|for|our|the|in|on|upon|an?|previous)\b",
    r"(?:our|previous|original|same|earlier) (?:\w+ ){0,2}?(?:paper|work|method)s?"
    r" (?:at|in|from)\b",
    r"our (?:previous|prior|earlier|own|recent)\b",
)
"""Before a name: what appeared there is another version, or another paper."""
NOT_AFTER = re.compile(
    r"\)? Press\b|[\s,:(\[-]*(?:(?:19|20)\d\d)?[\s,:(\[-]*"
    r"(?:(?:paper|conference|track|main|blind|double-blind|journal) ){0,3}"
    rf"(?:submi\w+|{_UNDER}|in (?:review|submission|revision)|review\w*|rejected|rebuttal|deadline"
    r"|templates?|format(?:s|ted)?|style(?:s|-?file)?|data ?sets?|benchmarks?|corpus|leaderboard"
    r"|(?:conference|workshop|preliminary|short|previous|extended) version|extension"
    r"|pre-?submission)\b",
    re.IGNORECASE,
)
"""Behind a name: `CVPR 2020 submission`, `ICDAR 2015 dataset`."""

# Where a name that is an ordinary word too, or very short, may stand.
_FILLING = (
    r"for|as|an?|the|to|be|is|was|has|been|will|publication|published|accepted|presented|in press"
    r"|paper|article|oral|poster|long|short|full|regular|recently|and|presentation|online|version"
)
_OWNERS = r"IEEE|ACM|IAPR|SPIE|MDPI|Elsevier|Springer|Wiley|journal|EURASIP"
STANDS = re.compile(
    r"(?:\b(?:accept\w*|appear\w*|publi\w+|present\w*|press|print|paper|article)\b"
    rf"(?:,? (?:{_FILLING}))*,? (?:in|by|at|to|for|on|with|of|@)"
    r"|\b(?:in|at) (?:the )?journal(?: of)?)[ :]*(?:the |an? )?"
    r"(?:(?:journal|special issue|(?:19|20)\d\d)(?: (?:of|on))? ?(?:the )?)*"
    rf"(?:(?:{_OWNERS})(?:['’]s)?[ /:,-]*(?:of |the |in )?)*[\"'“‘(]*\Z",
    re.IGNORECASE,
)
"""Before it: `accepted for publication in the journal`."""
OWNER = re.compile(r"\b(?:IEEE|ACM|IAPR|SIAM|AAAI|ISPRS)(?:/\w+)?[ -]\Z")
BEGINS = re.compile(
    r"(?:(?:in|the|\d{4}|ieee|acm|journal|of|springer|elsevier|mdpi)\b|[\s:,.\"'“(])*\Z",
    re.IGNORECASE,
)
"""All that may stand before it at the beginning of a text."""
ENDS = re.compile(
    r"\s*(?:\Z|[^\w\s-]|\d|-\s"
    r"|(?:vol|volume|journal|special|issue|pp|as|in (?!the)|on \d|at|with)\b)",
    re.IGNORECASE,
)
"""Behind an ordinary word that is a name."""
_NO_PART = (
    "Workshops? Challenges? Conferences? Proceedings Oral Spotlight Poster Papers? Vol Volume Track"
    " Main Highlight Special Held Journal Elsevier Springer Accepted Best Pages? Findings Demo"
    " Doctoral Camera Ready Issue Part In At Code Project Supplementary Jan(?:uary)? Feb(?:ruary)?"
    " Mar(?:ch)? Apr(?:il)? May June? July? Aug(?:ust)? Sept?(?:ember)? Oct(?:ober)? Nov(?:ember)?"
    " Dec(?:ember)?"
)
GOES_ON = re.compile(
    r"\s*(?:&|and\b)\s*[A-Z]"
    rf"|[ ]+(?!(?:{'|'.join(_NO_PART.split())})\b)[A-Z][a-z]+(?![A-Za-z])"
)
"""Behind a name in full that is the beginning of a longer one."""
ADDRESS = re.compile(r"[\w-]*\.(?:com|org|io|net|cc|github|edu)\b|_|/\w+/\w")
MEETING = _words("conference|symposium|workshop|congress|meeting|journal")
COORDINATE = re.compile(r"[,;&]|\band\b", re.IGNORECASE)

# The year.
_YEAR = r"(?:19[7-9]\d|20[0-3]\d)"
YEAR_AFTER = re.compile(
    r"[\s'’‘`\u00b4\"\-–—_,:/(@]*"
    r"(?:conference|workshops?|w\b|proceedings|papers?|conf\.?|main|findings)?"
    rf"[\s'’‘`\u00b4\-–—,:(]*({_YEAR})(?!\d)",
    re.IGNORECASE,
)
SHORT_YEAR_AFTER = re.compile(
    r"(?:\s?['’‘`\u00b4]\s?|[\s-]?)(\d\d)"
    r"(?![\d%/]|[.,:]\d|\s*(?:pages?|pp|figures?|tables?|papers)\b|(?:st|nd|rd|th)\b)"
)
YEAR_BEFORE = re.compile(rf"(?<![\d.:/–-])({_YEAR})(?![\d–]|-\d)")
YEAR_ELSEWHERE = re.compile(rf"(?<![\d.:/–-])({_YEAR})(?![\d–/]|[-:.]\d)")

# The part of a venue, and notes.
WORKSHOP = re.compile(r"work-?shops?\b|\bwksp?s?\b", re.IGNORECASE)
GLUED = re.compile(r"-?[Ww]s?\b|\s?['’]?(?:19|20)?\d\d-?[Ww]\b")
"""`CVPR-W`, `CVPR 2024W`."""
CHALLENGE = _words(r"(?:challenges?|competitions?)\b")
TRACK = re.compile(r"data ?sets? (?:and|&) benchmarks?|\bD ?& ?B\b", re.IGNORECASE)
NOTES = (
    (
        "best paper",
        _words(
            r"best\b[\w\s-]{0,24}?\b(?:paper|award|prize)|paper award|(?:marr|koenderink) prize"
        ),
    ),
    ("oral", _words(r"orals?\b(?! cavity)")),
    ("spotlight", _words(r"spotlights?\b")),
    ("highlight", _words(r"highlight(?:s|ed)?\b")),
    ("findings", _words(r"findings\b")),
    ("datasets and benchmarks", TRACK),
    ("demo", _words(r"demo(?:s|nstration)?\b")),
)
