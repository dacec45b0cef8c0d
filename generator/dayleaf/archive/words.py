"""Words as they are indexed, so that all spellings of a word are one.

`β-VAE` is indexed as `beta-VAE`, `CO₂` as `CO2`, `Łukasz` as `Lukasz`, `D’Arcy` as `D'Arcy`, `ﬁne`
and full width letters as what they stand for; Pagefind itself sees to case and diacritics. Chinese
and Japanese signs are words of their own, and a word of several is searched as a phrase, because
their text has no spaces to find words by. assets/words.js does the same to a query;
`tests/vectors/words.json` holds both to the same examples. What is shown is never changed.

Function words are not indexed, and a query is asked without them: they are a third of the words of
an abstract, nearly every paper has them, and Pagefind's work and files grow with each.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dayleaf.archive import names

_GREEK = re.compile(r"GREEK (?P<case>SMALL|CAPITAL) LETTER (?:FINAL )?(?P<name>[A-Z]+)\Z")


def _greek() -> dict[str, str]:
    """Return the Greek letters without marks, each with its name."""
    letters: dict[str, str] = {}
    for sign in map(chr, range(0x391, 0x3CA)):
        if match := _GREEK.match(unicodedata.name(sign, "")):
            name = match["name"].lower().replace("lamda", "lambda")
            letters[sign] = name if match["case"] == "SMALL" else name.capitalize()
    return letters


GREEK = _greek()
"""The names of letters that stand for themselves, as in a formula; not of those in Greek words."""
_CAPITALS = {
    sign.upper(): name.capitalize()
    for sign, name in names.LETTERS.items()
    if len(sign.upper()) == 1
}
LETTERS = names.LETTERS | _CAPITALS | dict.fromkeys("\u2018\u2019\u02bb\u02bc", "'")
"""Latin letters that Unicode does not decompose, and apostrophes."""
SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kana and Han, as a class of a regular expression."""
FUNCTION_WORDS = tuple(
    """a also and are as at be been but by for from has have in into is it its of on our such than
    that the their these this to was we were which with""".split()
)
"""English words that tell no paper from another; not `an`, for people are called An."""
_UNTOLD = frozenset({*FUNCTION_WORDS, *map(str.capitalize, FUNCTION_WORDS)})
_BORDER = re.compile(f"(?<=[{SIGNS}])(?=\\S)|(?<=\\S)(?=[{SIGNS}])")
_STRANGE = re.compile(r"[^\x00-\x7f]+")
_LONE_GREEK = re.compile(f"(?<![\u0370-\u03ff])[{''.join(GREEK)}](?![\u0370-\u03ff])")


def indexed(text: str) -> str:
    """Return a text of single spaces as it is indexed; each word stays where it is."""
    if "^" in text:
        text = text.replace("^", "")
    if text.isascii():
        return text
    return _BORDER.sub(" ", _STRANGE.sub(lambda run: _folded(run[0]), text))


def telling(text: str) -> str:
    """Return a text of single spaces without its function words; `IT` and `AS` are names."""
    return " ".join([word for word in text.split(" ") if word and word not in _UNTOLD])


@lru_cache(maxsize=1 << 14)
def _folded(run: str) -> str:
    plain = _LONE_GREEK.sub(lambda letter: GREEK[letter[0]], "".join(map(_letter, run)))
    return "".join(LETTERS.get(sign, sign) for sign in plain)


def _letter(sign: str) -> str:
    """Return the letters that a sign stands for: `₂` is 2, `ﬁ` is fi. Symbols such as ™ stay."""
    if unicodedata.category(sign) == "So":
        return sign
    return "".join(unicodedata.normalize("NFKC", sign).split()) or sign
