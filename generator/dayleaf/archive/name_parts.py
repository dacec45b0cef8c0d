r"""What the words of a name say: who is no person, and where a family name begins.

Lists and expressions alone, in the syntax that Python and scripts share: Python reads fields of
authors by them, scripts write citations by them. Nothing here splits or folds.
"""

from __future__ import annotations

COMPANY = (
    r"(?:LLC|L\.L\.C\.|LLP|Inc\.?|Ltd\.?|Limited|Corp\.?|GmbH|S\.A\.|S\.r\.l\.|B\.V\.|Co\.|PLC)"
)
"""What may stand behind a company's name after a comma, in these letters."""

BODY = (
    r"(?:^|[\s(-])(?:collaborations?|consorti(?:um|a)|team|group|project|committee|challenge"
    r"|organi[sz]ations?|institut(?:e|es|ion|ions|o)?|universit(?:y|ies|é|e|ät|at|à|a|ad|ade)"
    r"|associations?|foundation|agency|council|ministry|department|division|faculty"
    r"|cent(?:re|er)s?|laborator(?:y|ies|io)|labs?|corporation|company|companies|initiative"
    r"|alliance|federation|academy|commission|bureau|network|society|programme|task force"
    r"|working party|members|participants|contributors|GmbH|LLC|Inc\.?|Ltd\.?)"
    r"(?=$|[\s,.:;)&-])|\s(?:for|of|the)\s|\s&\s"
)
"""Found, whatever the case of its letters, in the name of a body and in no person's."""

PARTICLES = (
    "van von vom zum zur zu und der den dem des de del della delle dello dei degli di da do dos das"
    " du la le las los lo el al ter ten te op in af av bin ibn ben abu bint t"
).split()
"""Words in small letters that begin a family name, without apostrophes: `van`, `'t`."""

CAPITAL_PARTICLES = (
    "van von der den de del della delle dello dei degli di da dos das du la le el al ter ibn bin"
    " ben abu st saint t"
).split()
"""Those that do so with a capital too: `Van Durmen`, `El Khabir`."""

JOINING = ("y", "e", "i")
"""Between two words of a compound family name: `Ortega y Gasset`."""

VIETNAMESE = (
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh trinh truong mai"
).split()
"""Family names that begin a name; a `Van` behind one is a middle name."""
