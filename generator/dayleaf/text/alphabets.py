"""The alphabets of mathematics: bold, script and so on are characters of their own in Unicode.

MathML Core draws a `<mi>` bold or script only if its character is; plain text and search want the
plain letter back.
"""

from __future__ import annotations

import unicodedata

_UPPER, _LOWER, _DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789"
_GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"
# Where each alphabet begins: capitals (small letters follow), digits, Greek; 0 for none.
_STARTS = {
    "bold": (0x1D400, 0x1D7CE, 0x1D6A8),
    "bold-italic": (0x1D468, 0x1D7CE, 0x1D71C),
    "script": (0x1D49C, 0, 0),
    "bold-script": (0x1D4D0, 0, 0),
    "fraktur": (0x1D504, 0, 0),
    "double-struck": (0x1D538, 0x1D7D8, 0),
    "sans-serif": (0x1D5A0, 0x1D7E2, 0),
    "sans-serif-italic": (0x1D608, 0x1D7E2, 0),
    "monospace": (0x1D670, 0x1D7F6, 0),
}
# Letters that had a code of their own before the alphabets came; their places there are empty.
_EARLIER = {
    0x1D49D: 0x212C, 0x1D4A0: 0x2130, 0x1D4A1: 0x2131, 0x1D4A3: 0x210B, 0x1D4A4: 0x2110,
    0x1D4A7: 0x2112, 0x1D4A8: 0x2133, 0x1D4AD: 0x211B, 0x1D4BA: 0x212F, 0x1D4BC: 0x210A,
    0x1D4C4: 0x2134, 0x1D506: 0x212D, 0x1D50B: 0x210C, 0x1D50C: 0x2111, 0x1D515: 0x211C,
    0x1D51D: 0x2128, 0x1D53A: 0x2102, 0x1D53F: 0x210D, 0x1D545: 0x2115, 0x1D547: 0x2119,
    0x1D548: 0x211A, 0x1D549: 0x211D, 0x1D551: 0x2124,
}  # fmt: skip
# What stays in plain text: the sets of numbers and their like are known by their double strokes.
_KEPT = frozenset([*range(0x1D538, 0x1D56C), *range(0x1D7D8, 0x1D7E2)])


def _table(starts: tuple[int, int, int]) -> dict[int, int]:
    letters, digits, greek = starts
    pairs = [(char, letters + offset) for offset, char in enumerate(_UPPER + _LOWER)]
    if digits:
        pairs += [(char, digits + offset) for offset, char in enumerate(_DIGITS)]
    if greek:
        pairs += [(char, greek + offset) for offset, char in enumerate(_GREEK)]
    return {ord(char): _EARLIER.get(code, code) for char, code in pairs}


_STYLES = {variant: _table(starts) for variant, starts in _STARTS.items()}
_PLAIN = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x1D400, 0x1D800), *_EARLIER.values())
    if code not in _KEPT and not unicodedata.name(chr(code), "").startswith("DOUBLE-STRUCK")
}


def styled(text: str, variant: str) -> str:
    """Put letters and digits into an alphabet: bold, script; an unknown one changes nothing."""
    return text.translate(_STYLES.get(variant, {}))


def unstyled(text: str) -> str:
    """Bring styled letters back to plain ones, all but the double-struck ones."""
    return text if text.isascii() else text.translate(_PLAIN)
