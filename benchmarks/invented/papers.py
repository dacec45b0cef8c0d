"""Invented records, with the oddities of real ones as often as those have them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from benchmarks.invented.people import People
from benchmarks.invented.words import coined, topics

_CROWDS = 100_000
"""Papers to each that has hundreds of authors; the first of them comes early."""
_FIRST_CROWD = 2_000
_SHORT_IDS, _NEW_IDS = date(2015, 1, 1), date(2007, 4, 1)

_PRIMARY = (
    "cs.CV eess.IV cs.LG cs.RO cs.CL cs.AI cs.CR stat.ML cs.GR cs.NE cs.HC cs.MM cs.SD eess.SP "
    "physics.med-ph"
).split()
_PRIMARY_OFTEN = (105856, 11149, 8885, 2932, 1198, 822, 599, 577, 514, 421, 408, 390, 315, 289, 222)
_OTHER = (
    "cs.CV cs.LG cs.AI eess.IV cs.RO stat.ML cs.CL cs.GR cs.MM cs.CR cs.NE cs.HC eess.AS cs.SD "
    "cs.IR eess.SP q-bio.QM cs.CY q-bio.NC math.OC cs.DC cs.IT math.NA cs.CG stat.AP astro-ph.IM"
).split()
_OTHER_OFTEN = (
    31600, 25600, 19000, 6900, 4300, 5300, 3600, 2900, 2800, 1500, 1600, 1100, 1045, 700,
    1002, 680, 743, 686, 659, 611, 456, 450, 440, 403, 356, 300,
)  # fmt: skip
_CLASSES = (68, 68, 68, 68, 94, 65, 62, 92, 53)
_PLACES = ("Journal of", "Proceedings of", "Transactions on", "Int. Conf. on", "Letters in")
_GREEK = ("alpha", "beta", "ell", "epsilon", "lambda", "mu", "sigma", "theta")


class Papers:
    """Makes the papers of an archive, one after the other."""

    def __init__(self, rng: Random, teams: Iterable[tuple[str, ...]] = ()) -> None:
        """`teams` are the authors of papers that exist already, some of whom write on."""
        self.made = 0
        self._rng = rng
        self._people = People(rng, teams)
        self._topics = topics(rng)

    def record(self, arxiv_id: str, day: str, time: str) -> str:
        """Return one record, as today's archives write it."""
        rng = self._rng
        chance = rng.random
        topic = self._topics[int(len(self._topics) * chance() ** 1.5)]
        name = coined(rng, self.made)
        version = 1 if chance() < 0.711 else min(12, 2 + int(rng.expovariate(1.2)))
        updated = day if version == 1 else _later(day, int(rng.expovariate(0.01)))
        crowd = self.made % _CROWDS == _FIRST_CROWD
        self.made += 1
        doi = f"10.5555/{day[:4]}.{int(chance() * 1e7)}" if chance() < 0.107 else "None"
        return (
            f"### {self._title(topic.titles, name)}\n"
            f"- **Arxiv ID**: http://arxiv.org/abs/{arxiv_id}v{version}\n"
            f"- **DOI**: {doi}\n"
            f"- **Categories**: {self._categories()}\n"
            f"- **Links**: [PDF](http://arxiv.org/pdf/{arxiv_id}v{version})\n"
            f"- **Published**: {day} {time}+00:00\n"
            f"- **Updated**: {updated} {time}+00:00\n"
            f"- **Authors**: {self._people.team(int(300 + 600 * chance()) if crowd else 0)}\n"
            f"- **Comment**: {self._comment(topic.clauses)}\n"
            f"- **Journal**: {self._journal(topic.titles, day)}\n"
            f"- **Summary**: {self._abstract(topic.clauses, name)}\n\n\n\n"
        )

    def _title(self, titles: tuple[str, ...], name: str) -> str:
        chance = self._rng.random
        kind = chance()
        parts = [titles[int(chance() * len(titles))] for _ in range(2)]
        if kind < 0.3:
            title = f"{name}: {parts[0]} {parts[1].rpartition(' ')[0]}"
        elif kind < 0.45:
            title = parts[0]
        else:
            title = f"{parts[0]} {'for ' if kind < 0.7 else ''}{parts[1]}"
        if kind > 0.996:
            title = f"{self._formula()}-{title}"
        elif kind > 0.9947:
            title = f"\\emph{{{name}}} {title}"
        return title[0].upper() + title[1:]

    def _abstract(self, clauses: tuple[str, ...], name: str) -> str:
        rng = self._rng
        chance = rng.random
        length = min(35, max(2, int(rng.gauss(25, 6.2))))
        parts = rng.choices(clauses, k=length)
        parts[0] = f"{parts[0]} {name}"
        parts[-1] = f"{parts[-1]} {coined(rng, self.made)}"
        oddity = chance()
        if oddity < 0.16:
            parts[length // 2] = self._oddity(oddity, name, parts[length // 2])
        sentences = [", ".join(parts[at : at + 3]) for at in range(0, length, 3)]
        text = ". ".join([s[0].upper() + s[1:] for s in sentences])
        if chance() < 0.175:
            return f"{text}. Code is at https://code.example.org/{name.lower()}/{clauses[0][:3]}."
        return f"{text}."

    def _oddity(self, chance: float, name: str, part: str) -> str:
        """Return a clause with TeX or signs in it; `chance` runs to 0.16."""
        if chance < 0.058:
            more = f", {self._formula()} and {self._formula()}" if chance < 0.03 else ""
            return f"{part} with {self._formula()}{more}"
        pairs = (
            (0.070, f"{part} by {int(chance * 900)}.{int(chance * 9e4) % 10}\\%"),
            (0.078, f"\\textbf{{{name}}} {part}"),
            (0.086, f"{part}, \\textit{{{name}}}"),
            (0.091, f"\\emph{{{part}}}"),
            (0.094, f"{part} \\cite{{{name.lower()}}}"),
            (0.100, f"\\url{{https://data.example.org/{name.lower()}}} {part}"),
            (0.102, f"\\href{{https://data.example.org/{name.lower()}}}{{{name}}} {part}"),
            (0.105, f"{part} of M\\\"uller and Andr\\'e"),
            (0.115, f"``{part}''"),
            (0.122, f"{part} & {name}"),
            (0.126, f"{part} < {int(chance * 900)}"),
            (0.134, f"{part} ~{int(chance * 900)}"),
            (0.144, f"{name.lower()}_{part}"),
        )
        return next((text for most, text in pairs if chance < most), f"{part} -- {name}")

    def _formula(self) -> str:
        rng = self._rng
        letter, number = (
            rng.choice("abcdfghknpqrstuvwxyzABCDEFGHKLMNPQRSTVWXYZ"),
            rng.randrange(1, 999),
        )
        greek = rng.choice(_GREEK)
        return rng.choice(
            (
                f"${letter}$",
                f"${number}\\times$",
                f"$\\{greek}_{{{number}}}$",
                f"$O({letter}^{{{number % 9 + 1}}}\\log {letter})$",
                f"$\\mathbf{{{letter}}}_{{{number}}} \\in \\mathbb{{R}}^{{{number}}}$",
                f"${letter} \\sim \\mathcal{{N}}(0, \\{greek}^{{2}}), {letter} > {number}$",
                f"$\\frac{{{number}}}{{\\{greek}}} \\leq \\sqrt{{{letter}}}$",
            )
        )

    def _categories(self) -> str:
        rng = self._rng
        primary = rng.choices(_PRIMARY, _PRIMARY_OFTEN)[0]
        chance = rng.random()
        found = [primary] if primary == "cs.CV" else [primary, "cs.CV"]
        if chance > 0.55:
            more = rng.choices(_OTHER, _OTHER_OFTEN, k=1 + (chance > 0.78) + (chance > 0.94))
            found += sorted({*more} - {*found})
        text = f"**{primary}**{''.join(', ' + code for code in found[1:])}"
        return f"{text}, {self._classes(chance)}" if rng.random() < 0.036 else text

    def _classes(self, chance: float) -> str:
        """Return classes of MSC, of ACM, or of both, as authors write them."""
        rng = self._rng
        msc = f"{rng.choice(_CLASSES)}{rng.choice('ABTU')}{rng.randrange(100):02}"
        acm = f"I.{rng.choice('24445')}.{rng.randrange(1, 11)}"
        if chance < 0.3:
            return msc
        if chance < 0.55:
            return f"{acm}; I.4.{rng.randrange(1, 10)}"
        if chance < 0.85:
            return acm
        if chance < 0.9:
            return f"{msc} (Primary) 68T07 (Secondary)"
        return f"{msc}, {acm}" if chance < 0.99 else f"ICT-Class: {msc},\n  {acm}"

    def _comment(self, clauses: tuple[str, ...]) -> str:
        rng = self._rng
        kind = rng.random()
        if kind < 0.394:
            return "None"
        text = f"{rng.randrange(4, 40)} pages, {rng.randrange(1, 20)} figures"
        if kind < 0.66:
            return text
        if kind < 0.84:
            return f"{text}; {clauses[int(kind * 1e6) % len(clauses)]}"
        more = f"{text}. {rng.choice(clauses)},\n  {rng.choice(clauses)}"
        return f"{more}.\n  See https://example.org/{rng.randrange(10**6)}" if kind > 0.93 else more

    def _journal(self, titles: tuple[str, ...], day: str) -> str:
        rng = self._rng
        if rng.random() > 0.072:
            return "None"
        gap = "\n  " if rng.random() < 0.46 else " "
        volume = f"{rng.randrange(1, 90)}.{rng.randrange(1, 12)} ({day[:4]})"
        return f"{rng.choice(_PLACES)} {rng.choice(titles)},{gap}{volume}: {rng.randrange(2000)}"


def identifier(day: date, number: int) -> str:
    """Return the identifier of the month's so-many-th paper, in the form of its time."""
    if day < _NEW_IDS and number < 1000:
        return f"cs/{day:%y%m}{number:03}"
    return f"{day:%y%m}.{number:0{4 if day < _SHORT_IDS and number < 10_000 else 5}}"


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()
