"""Invented authors, who publish as real ones do: most of them once, a few hundreds of times.

A team is put together from the teams of recent papers and of newcomers. Whoever stands at the end
of a list, as seniors do, is taken over first, so that some stay while most go; this gives both the
power law and authors who often write together. Names are drawn from syllables, the common ones far
more often than the rare, so that several people share a name, as in the real world.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from random import Random

_SIZES = (
    4384, 15761, 25808, 27424, 22949, 16711, 10084, 5819, 3135, 1833, 1075, 688, 432, 255, 194,
)  # fmt: skip
"""Papers of 1, 2, 3 … authors among 136,552; the rest have more."""
_CROWD = 0.004
_MOST = 120
_NEW = 0.325
_PASSED_OVER, _LAST = 0.65, 0.3
"""How likely an author of an earlier team is passed over, and is the last one taken from it."""
_CAREER = 0.15
"""The share of all papers, counted back from the newest, whose authors may write the next one."""
_KEPT = 30_000
"""Teams that are remembered at most."""
_FAMILIES, _GIVEN = 600_000, 400_000

_ONSETS = "w l zh ch y x h k j s g m t r b d n p v f".split()
_SYLLABLES = tuple(
    (onset + vowel + coda)
    for coda, vowel, onset in product(("n", "", "ng", "r", "l", "s"), "aieou", _ONSETS)
)
_MARKS = (
    str.maketrans("aeou", "áéóú"),
    str.maketrans("aou", "äöü"),
    str.maketrans("aeo", "åéø"),
    str.maketrans("csz", "čšž"),
    str.maketrans("aei", "ãêí"),
    str.maketrans("gsi", "ğşı"),
    str.maketrans("lnz", "łńż"),
)
_SCRIPTS = (
    "αβγδεζηθικλμν",
    "абвгдежзиклмн",
    "山川林田中木水火金土",
    "אבגדהוזחטי",
    "कखगघचछजझटठ",
    "가나다라마바사아자차",
)
_ODD = (
    "{0}?", "{0}*", "{0}, Jr.", ":, {0}", "{0}, )", "{0} (LUMEN)", "the {0} Collaboration",
    "{0} Mari{{\\~n}}o", "Andr\\'e {0}", "{0} Mari{{ñ}}o", "{0}3 Ada Quill", "and {0}",
)  # fmt: skip


class People:
    """The authors of an archive, as they come and go."""

    def __init__(self, rng: Random, teams: Iterable[tuple[str, ...]] = ()) -> None:
        """`teams` are those of papers that exist already, from which some are taken over."""
        self._rng = rng
        self._teams = [tuple(team) for team in teams][-_KEPT:]
        """The last ones, in a ring."""
        self._made = len(self._teams)
        self._sizes = range(1, len(_SIZES) + 1)
        total, self._cumulative = 0, list[int]()
        for size in _SIZES:
            total += size
            self._cumulative.append(total)

    def team(self, size: int = 0) -> str:
        """Return the authors of one more paper as a digest names them, some spelt oddly."""
        names = self._gather(size or self._size())
        self._remember(names)
        if self._rng.random() < 0.03:
            names = tuple(map(self._spelling, names))
        return ", ".join(names)

    def _size(self) -> int:
        rng = self._rng
        if rng.random() < _CROWD:
            return min(_MOST, int(len(_SIZES) * rng.paretovariate(2.4)) + 1)
        return rng.choices(self._sizes, cum_weights=self._cumulative)[0]

    def _gather(self, size: int) -> tuple[str, ...]:
        """Put a team together: newcomers first, then those of earlier teams."""
        chance, teams = self._rng.random, self._teams
        reach = min(len(teams), max(200, int(self._made * _CAREER)))
        new, old = list[str](), list[str]()
        while len(new) + len(old) < size:
            if not teams or chance() < _NEW:
                new.append(self._name())
                continue
            parent = teams[(self._made - 1 - int(chance() * reach)) % len(teams)]
            for name in reversed(parent):
                if chance() < _PASSED_OVER:
                    continue
                if name not in old:
                    old.append(name)
                if len(new) + len(old) >= size or chance() < _LAST:
                    break
        return (*new, *reversed(old))

    def _remember(self, names: tuple[str, ...]) -> None:
        if len(self._teams) < _KEPT:
            self._teams.append(names)
        else:
            self._teams[self._made % _KEPT] = names
        self._made += 1

    def _name(self) -> str:
        """Invent a person."""
        rng = self._rng
        chance = rng.random()
        if chance < 0.0015:
            letters = rng.choice(_SCRIPTS)
            return f"{''.join(rng.choices(letters, k=2))} {''.join(rng.choices(letters, k=4))}"
        given, family = _syllables(_rank(rng, _GIVEN)), _syllables(_rank(rng, _FAMILIES))
        if chance < 0.10:
            given = f"{given} {chr(65 + int(chance * 1e4) % 26)}."
        elif chance < 0.16:
            given = f"{given} {_syllables(_rank(rng, _GIVEN))}"
        elif chance < 0.20:
            given = f"{given}-{_syllables(_rank(rng, _GIVEN))}"
        elif chance < 0.21:
            family = f"van {family}"
        elif chance < 0.247:
            marks = rng.choice(_MARKS)
            given, family = given.translate(marks), family.translate(marks)
        return f"{given} {family}"

    def _spelling(self, name: str) -> str:
        """Spell a name in another way, or spoil it, here and there."""
        chance = self._rng.random()
        if chance < 0.02:
            return self._rng.choice(_ODD).format(name)
        return name.replace("-", " ").replace(".", "") if chance < 0.6 else name


def _rank(rng: Random, most: int) -> int:
    """Draw a rank, each as often as its inverse says: the commonest family has 2 % of people."""
    return int(3 * (most / 3) ** rng.random()) - 3


@lru_cache(maxsize=1 << 15)
def _syllables(rank: int) -> str:
    rest, parts = rank, list[str]()
    while True:
        rest, at = divmod(rest, len(_SYLLABLES))
        parts.append(_SYLLABLES[at])
        if not rest:
            return "".join(parts).capitalize()
        rest -= 1
