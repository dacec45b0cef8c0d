"""What a Categories field is taken apart into, and what its codes are called."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayleaf.archive.model import Categories
from dayleaf.archive.taxonomy import (
    acm,
    arxiv,
    classify,
    group,
    msc,
    name,
    short_name,
    system,
    tables,
)

# Label words that may vanish; everything else of a field has to come back.
LABEL_WORDS = """
    primary secondary and acm ams asm ccs cs ict msc class classes classification classifications
    mathematics subject
"""
LABELS = frozenset(LABEL_WORDS.split())


def fields_of(parts: Categories) -> tuple[tuple[str, ...], ...]:
    """Return everything but the primary: arXiv, MSC, ACM, other."""
    return parts.arxiv, parts.msc, parts.acm, parts.other


class TestArxiv:
    """arXiv's own categories and which of them is the primary one."""

    @pytest.mark.parametrize(
        ("field", "categories"),
        [
            ("**cs.CV**", ("cs.CV",)),
            ("**cs.CV**, cs.AI, cs.LG", ("cs.CV", "cs.AI", "cs.LG")),
            ("cs.AI, **cs.CV**, cs.LG", ("cs.CV", "cs.AI", "cs.LG")),  # bold goes first
            ("cs.AI, cs.CV", ("cs.AI", "cs.CV")),
            ("**cs.CV**, cs.LG, cs.CV, cs.LG", ("cs.CV", "cs.LG")),
            ("**68T45**, cs.AI, cs.CV", ("cs.AI", "cs.CV")),  # bold, but not arXiv's
            ("**quant-ph**, cs.CV", ("quant-ph", "cs.CV")),
            ("**cond-mat.mtrl-sci**, physics.comp-ph", ("cond-mat.mtrl-sci", "physics.comp-ph")),
            ("**cmp-lg**, cs.CL", ("cmp-lg", "cs.CL")),
            ("**q-bio**, cs.CV, astro-ph", ("q-bio", "cs.CV", "astro-ph")),
            ("**cs.SY**, cs.CV, eess.SY", ("eess.SY", "cs.CV")),  # one category, two names
            ("**cs.CV**, math.IT, cs.IT, cs.NA", ("cs.CV", "cs.IT", "math.NA")),
            ("**stat.TH**, math.MP, q-fin.EC", ("math.ST", "math-ph", "econ.GN")),
            ("**cs.CV**,cs.LG;cs.AI", ("cs.CV", "cs.LG", "cs.AI")),
            ("**cs.CV** cs.LG", ("cs.CV", "cs.LG")),
            ("**cs.CV**, CS.lg", ("cs.CV", "cs.LG")),
            ("**cs.CV**, cs.XX", ("cs.CV", "cs.XX")),  # an archive we know, a subject we do not
            ("**cs.CV**, physics.new-ph", ("cs.CV", "physics.new-ph")),
            ("**cs.XX**, cs.CV", ("cs.XX", "cs.CV")),
        ],
    )
    def test_categories_come_in_order_with_the_primary_first(
        self, field: str, categories: tuple[str, ...]
    ) -> None:
        """The category in bold comes first, the others in their order, each once."""
        parts = classify(field)
        assert parts.arxiv == categories
        assert parts.primary == categories[0]
        assert parts.other == ()

    @pytest.mark.parametrize("field", ["", "none", "68T45", "**68T45**, I.2.10", "-", ", ;"])
    def test_without_an_arxiv_category_there_is_no_primary(self, field: str) -> None:
        """A field without arXiv's categories has none that is primary."""
        assert classify(field).primary is None
        assert classify(field).arxiv == ()

    @pytest.mark.parametrize(
        "word", ["ams.org", "org", "cs.cvpr", "cs.A1", "physics.XX", "cs.C", ".CV", "Cs", "zz.CV"]
    )
    def test_what_only_resembles_a_category_is_other(self, word: str) -> None:
        """An unknown archive or a subject of another shape is no category."""
        parts = classify(f"**cs.CV**, {word}")
        assert parts.arxiv == ("cs.CV",)
        assert parts.other == (word,)


# The part of a field beside `**cs.CV**`; its MSC codes; its ACM codes; what is neither.
ODDITIES: list[tuple[str, str, str, str]] = [
    ("68T45, I.4.6; I.4.9", "68T45", "I.4.6 I.4.9", ""),
    ("I.2.10;I.4.6", "", "I.2.10 I.4.6", ""),
    ("I.4.6; I.4.6, 68T45, 68t45", "68T45", "I.4.6", ""),
    # Labels of the authors' own
    ("68T45 (Primary) 68T07 (Secondary)", "68T45 68T07", "", ""),
    ("68T07(Primary) 68T05(Secondary)", "68T07 68T05", "", ""),
    ("68T45 (Primary) (Secondary)", "68T45", "", ""),
    ("94A08 68T07(secondary)", "94A08 68T07", "", ""),
    ("(primary) 65F22 (secondary) 65F99", "65F22 65F99", "", ""),
    ("Primary: 68U10, Secondary: 78A46", "68U10 78A46", "", ""),
    ("Primary 15A66, Secondary 68T40", "15A66 68T40", "", ""),
    ("Primary : 62G07, 62H15. Secondary : 62P30", "62G07 62H15 62P30", "", ""),
    ("Primary: 94A08. Secondary: 35H10", "94A08 35H10", "", ""),
    ("Primary: G.4, F.2.2; Secondary: 1.4.7", "", "G.4 F.2.2", "1.4.7"),
    ("68T42 (Primary) 168T45 (Secondary)", "68T42", "", "168T45"),
    ("62H30 and 90C22", "62H30 90C22", "", ""),
    ("68T01 68T01 68T01 (primary)", "68T01", "", ""),
    ("ICT-Class: 94A08", "94A08", "", ""),
    ("CS-Class: 68T07", "68T07", "", ""),
    ("ASM-class: I.4.10", "", "I.4.10", ""),
    ("ACM-class: J.2", "", "J.2", ""),
    ("ACM-class:I5", "", "I.5", ""),
    ("MSC-class: 68", "68-XX", "", ""),
    ("MSC 33F05", "33F05", "", ""),
    ("MSC 2020: 68T45", "68T45", "", ""),
    ("Mathematics Subject Classification 2010: 68T45", "68T45", "", ""),
    ("ACM-class", "", "", ""),
    ("Primary", "", "", ""),
    ("-", "", "", ""),
    # MSC in every form
    ("15Axx", "15Axx", "", ""),
    ("47AXX,,", "47Axx", "", ""),
    ("68Txx (Primary)", "68Txx", "", ""),
    ("68T", "68Txx", "", ""),
    ("68U;14L", "68Uxx 14Lxx", "", ""),
    ("68-XX", "68-XX", "", ""),
    ("68-xx", "68-XX", "", ""),
    ("68", "68-XX", "", ""),
    ("68, 68-XX", "68-XX", "", ""),
    ("62-07", "62-07", "", ""),
    ("49-06 (Primary), 49-11(Secondary)", "49-06 49-11", "", ""),
    ("85-08,", "85-08", "", ""),
    ("6804, 5504", "68-04 55-04", "", ""),
    ("68-T01", "68T01", "", ""),
    ("42c40", "42C40", "", ""),
    ("62h25,", "62H25", "", ""),
    ("13A50;13-04;68T45", "13A50 13-04 68T45", "", ""),
    ("00-01:99-00", "00-01", "", "99-00"),
    ("68T45/68U10 & 94A08", "68T45 68U10 94A08", "", ""),
    # ACM in every form
    ("I.2.m", "", "I.2.m", ""),
    ("I.4.m", "", "I.4.m", ""),
    ("I.5.4.m", "", "I.5.4.m", ""),
    ("I.2.6.g", "", "I.2.6.g", ""),
    ("I.5.4.M", "", "I.5.4.m", ""),
    ("i.4.6", "", "I.4.6", ""),
    ("A.1; G.m; J.m", "", "A.1 G.m J.m", ""),
    ("J.2.; I.5)", "", "J.2 I.5", ""),
    ("J.3,J.5", "", "J.3 J.5", ""),
    ("I4", "", "I.4", ""),
    ("E4", "", "E.4", ""),
    ("I1.2;F.1.1;F1.2;C1.3", "", "I.1.2 F.1.1 F.1.2 C.1.3", ""),
    ("I2.10", "", "I.2.10", ""),
    ("I 4.1", "", "I.4.1", ""),
    # Codes with words beside them
    ("D.2.4 model checking; F.4.1 modal logic", "", "D.2.4 F.4.1", "model checking|modal logic"),
    ("I.4.8 Scene Analysis Motion Shape", "", "I.4.8", "Scene Analysis Motion Shape"),
    ("ACM-class: I.4 COMPUTING METHODOLOGIES", "", "I.4", "COMPUTING METHODOLOGIES"),
    ("I.2.10 Vision and Scene (I.4.8", "", "I.2.10 I.4.8", "Vision and Scene"),
    ("14J60 (Autonomous Vehicles) 14F05", "14J60 14F05", "", "Autonomous Vehicles"),
    ("68 Computer Science", "68-XX", "", "Computer Science"),
    ("20-08 Methods for groups", "20-08", "", "Methods for groups"),
    ("68T07 deep  learning (of any kind)", "68T07", "", "deep learning (of any kind)"),
    # No codes at all
    ("68I8P", "", "", "68I8P"),
    ("68745, 68-45, 8U05, 60JC", "", "", "68745|68-45|8U05|60JC"),
    ("61E40, 2B37", "", "", "61E40|2B37"),  # there is no area 61
    ("68T0", "", "", "68T0"),
    ("2010", "", "", "2010"),
    ("I, 2.7", "", "", "I|2.7"),
    ("1.4.8, I.I.2", "", "", "1.4.8|I.I.2"),
    ("B.1.1.7", "", "", "B.1.1.7"),
    ("A4; B9", "", "", "A4|B9"),  # without its dot only a class that exists is a code
    ("éPrimary: 68T45", "68T45", "", "éPrimary"),
    ("none", "", "", "none"),
    ("NA", "", "", "NA"),
    ("org", "", "", "org"),
    ("none, none", "", "", "none"),
    ("AI CV", "", "", "AI CV"),
    ("Human-computer Interaction", "", "", "Human-computer Interaction"),
    ("Primary care", "", "", "Primary care"),
    ("Mathematics", "", "", "Mathematics"),
    ("We took about 68 images at 16K", "", "", "We took about 68 images at 16K"),
    ("printed on A4 paper in 6804 copies", "", "", "printed on A4 paper in 6804 copies"),
    # An arXiv category within prose is no listing by arXiv
    ("Machine Learning (stat.ML)", "", "", "Machine Learning (stat.ML)"),
    ("eess.IV - Image Processing", "", "", "eess.IV - Image Processing"),
    ("Learning (cs.LG) Vision (cs.CV)", "", "", "Learning (cs.LG) Vision (cs.CV)"),
]


class TestFields:
    """Everything that authors type beside arXiv's categories."""

    @pytest.mark.parametrize(
        ("text", "in_msc", "in_acm", "in_other"), ODDITIES, ids=[row[0] for row in ODDITIES]
    )
    def test_an_oddity_is_taken_apart(
        self, text: str, in_msc: str, in_acm: str, in_other: str
    ) -> None:
        """Codes come in normal form, in order and once; the rest stays as it stands."""
        parts = classify(f"**cs.CV**, {text}")
        assert fields_of(parts) == (
            ("cs.CV",),
            tuple(in_msc.split()),
            tuple(in_acm.split()),
            tuple(in_other.split("|")) if in_other else (),
        )

    def test_a_field_of_everything(self) -> None:
        """The systems do not disturb each other."""
        assert classify("**eess.IV**, cs.CV, cs.LG, 68T45, I.4.6; I.4.9, none") == Categories(
            primary="eess.IV",
            arxiv=("eess.IV", "cs.CV", "cs.LG"),
            msc=("68T45",),
            acm=("I.4.6", "I.4.9"),
            other=("none",),
        )

    def test_a_long_text_costs_no_more_than_its_length(self) -> None:
        """Ten thousand words of prose are read in a moment, not in minutes."""
        text = "word " * 10_000 + "68T45"
        assert classify(f"**cs.CV**, {text}").msc == ("68T45",)


def squeezed(text: str) -> str:
    """Return the letters and digits of a text, in one case."""
    return re.sub(r"[\W_]", "", text).lower()


def lost_words(field: str, parts: Categories) -> list[str]:
    """Return the words of a field that are in none of its parts and are no labels."""
    kept = [squeezed(part) for group_ in fields_of(parts) for part in group_]
    words = [word.lower() for word in re.findall(r"[^\W_]+", field)]
    year = re.compile(r"(?:19|20)[0-9]{2}")
    return [
        word
        for word in words
        if word not in LABELS
        and not year.fullmatch(word.removeprefix("msc").removeprefix("acm"))
        and not any(word in part for part in kept)
    ]


PIECE_WORDS = """
    cs.CV cs.LG eess.IV quant-ph cs.XX ams.org **cs.CV** **68T45** ** * 68T45 68t10 68Txx 47AXX 15A
    68 68-XX 62-07 6804 2010 68I8P 168T45 61A10 I.4.6 i.2.m I.5.4.m I.m I I2 I2.10 1.4.8 4.1 J.
    (Primary) (Secondary) Primary: secondary ACM-class: MSC-class ICT-Class: MSC Mathematics Subject
    Categories and none NA - ( ) [ ] . : é Scene Analysis model
"""
# The last three look like letters of a label or a code to a careless regular expression.
PIECES = st.sampled_from(
    [
        *PIECE_WORDS.split(),
        "model 68",
        "\N{KELVIN SIGN}.2",
        "ſecondary",
        "\N{ARABIC-INDIC DIGIT SIX}8",
    ]
)
JOINTS = st.sampled_from([", ", "; ", " ", "", ",", ";", ": ", "  ", ",, ", "/", "\t"])


@st.composite
def made_up_fields(draw: st.DrawFn) -> str:
    """Draw a field that looks like those which authors write."""
    pairs = draw(st.lists(st.tuples(PIECES, JOINTS), max_size=12))
    return "".join(piece + joint for piece, joint in pairs)


class TestProperties:
    """What must hold of any field at all."""

    @given(st.one_of(made_up_fields(), st.text()))
    def test_no_word_is_lost(self, field: str) -> None:
        """Every word of a field is in a code or in `other`, or is a label."""
        assert lost_words(field, classify(field)) == []

    @given(st.one_of(made_up_fields(), st.text()))
    def test_parts_are_non_empty_and_stand_once(self, field: str) -> None:
        """No part is empty or doubled, and the primary is the first category."""
        parts = classify(field)
        for group_ in fields_of(parts):
            assert all(group_)
            assert len(set(group_)) == len(group_)
        assert parts.primary == (parts.arxiv[0] if parts.arxiv else None)

    @given(made_up_fields())
    def test_codes_are_in_normal_form_and_have_a_place(self, field: str) -> None:
        """A code read again is itself, of its own system, and under a heading."""
        parts = classify(field)
        for expected, codes in zip(("arxiv", "msc", "acm"), fields_of(parts), strict=False):
            for code in codes:
                assert system(code) == expected
                assert code in fields_of(classify(code))[("arxiv", "msc", "acm").index(expected)]
                assert group(code)
                assert short_name(code)


class TestNames:
    """Names of codes, their short forms and their headings."""

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("cs.CV", "Computer Vision and Pattern Recognition"),
            ("eess.IV", "Image and Video Processing"),
            ("hep-th", "High Energy Physics - Theory"),
            ("physics.data-an", "Data Analysis, Statistics and Probability"),
            ("astro-ph", "Astrophysics"),
            ("cmp-lg", "Computation and Language"),
            ("cs.XX", None),
            ("68T45", "Machine vision and scene understanding"),
            ("68T99", "Artificial intelligence"),
            ("68Txx", "Artificial intelligence"),
            ("68X00", "Computer science"),
            ("68-XX", "Computer science"),
            ("68-04", "Computer science: software and source code"),
            ("62-07", "Statistics"),
            ("94Axx", "Communication, information"),
            ("I.4.6", "Segmentation"),
            ("I.4", "Image Processing and Computer Vision"),
            ("I.2.10", "Vision and Scene Understanding"),
            ("I.5.4.b", "Applications"),
            ("I.5.4.m", "Applications"),
            ("I.2.0", "Artificial Intelligence: General"),
            ("I.2.0.b", "Artificial Intelligence: General"),
            ("I.2.m", "Artificial Intelligence: Miscellaneous"),
            ("I.m", "Computing Methodologies: Miscellaneous"),
            ("A.0", "General Literature: General"),
            ("C.7", None),
            ("J.3.2", None),
        ],
    )
    def test_name(self, code: str, expected: str | None) -> None:
        """A code has its own name, else that of what it belongs to, else none."""
        assert name(code) == expected

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("cs.CV", "Computer Vision"),
            ("cs.LG", "Machine Learning"),
            ("cs.CL", "Computation and Language"),
            ("eess.IV", "Image and Video Processing"),
            ("I.4.6", "Segmentation"),
            ("cs.XX", "cs.XX"),
            ("C.7", "C.7"),
        ],
    )
    def test_short_name(self, code: str, expected: str) -> None:
        """A short name falls back to the name, and that to the code."""
        assert short_name(code) == expected

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("cs.CV", "Computer Science"),
            ("cs.XX", "Computer Science"),
            ("cmp-lg", "Computer Science"),
            ("eess.IV", "Electrical Engineering and Systems Science"),
            ("stat.ML", "Statistics"),
            ("math.OC", "Mathematics"),
            ("alg-geom", "Mathematics"),
            ("math-ph", "Physics"),
            ("quant-ph", "Physics"),
            ("nlin.CD", "Physics"),
            ("cond-mat.soft", "Physics"),
            ("q-bio", "Quantitative Biology"),
            ("q-fin.PM", "Quantitative Finance"),
            ("econ.EM", "Economics"),
            ("68T45", "68 Computer science"),
            ("94-XX", "94 Information and communication theory, circuits"),
            ("I.4.6", "I Computing Methodologies"),
            ("G.m", "G Mathematics of Computing"),
        ],
    )
    def test_group(self, code: str, expected: str) -> None:
        """A code stands under its archive's group or its area."""
        assert group(code) == expected


class TestTables:
    """The tables agree with themselves."""

    def test_every_row_is_whole(self) -> None:
        """A code stands once, in the order of cells that its table has, without stray blanks."""
        for file in Path(tables.__file__).parent.glob("*.tsv"):
            text = file.read_text(encoding="utf-8")
            rows = [line for line in text.splitlines() if not line.startswith("#")]
            assert len(rows) == len(tables.table(file.stem)), file.name
            for row in rows:
                assert all(cell == cell.strip() for cell in row.split("\t")), row
                assert row.split("\t")[1], row

    def test_arxiv_has_155_categories_in_known_archives(self) -> None:
        """The current categories are as many as arXiv has, each in an archive with a group."""
        current, archives = tables.table("arxiv"), tables.table("archives")
        assert len(current) == 155
        assert not current.keys() & {code for code, (_, name) in archives.items() if name}
        assert {code.partition(".")[0] for code in arxiv.categories()} == archives.keys()

    def test_every_code_of_the_tables_is_read_as_itself(self) -> None:
        """What has a name is a code in normal form."""
        for code in arxiv.categories():
            assert arxiv.read(code) == code
        for code in tables.names("msc"):
            if len(code) > len("68") and not code.startswith("-"):
                assert msc.read(f"{code:x<5}", loose=False) == f"{code:x<5}"
        for code in tables.names("acm"):
            if "." in code:
                assert acm.read(code, loose=False) == code

    def test_every_class_has_the_class_above_it(self) -> None:
        """No code of the tables hangs in the air."""
        subjects, classes = tables.names("msc"), tables.names("acm")
        for code in subjects:
            if not code.startswith("-"):
                assert {code[:2], code[:3]} <= subjects.keys()
        assert {code.rpartition(".")[0] for code in classes} - {""} <= classes.keys()
        assert sum(len(code) == len("68") for code in subjects) == 63 + 2  # two are closed


@pytest.mark.archive
@pytest.mark.skipif("DIGESTS" not in os.environ, reason="DIGESTS names no archive")
class TestArchive:
    """The real archive, whose fields no table of ours foresees."""

    def test_categories_agree_with_a_plain_count_and_nothing_is_lost(self) -> None:
        """Comma by comma, arXiv's categories are the same; fewer than 1 in 1,000 has `other`."""
        line = re.compile(r"^- \*\*Categories\*\*: (.*(?:\n  +\S.*)*)", re.MULTILINE)
        plain = re.compile(r"[a-z-]+\.[A-Z]{2}|(?:physics|cond-mat)\.[a-z-]+|[a-z]+(?:-[a-z]+)+")
        fields = [
            " ".join(field.split())
            for path in Path(os.environ["DIGESTS"]).rglob("[0-9]*.md")
            for field in line.findall(path.read_text(encoding="utf-8"))
        ]
        assert fields
        second = {
            "cs.NA": "math.NA", "cs.SY": "eess.SY", "math.IT": "cs.IT", "math.MP": "math-ph",
            "q-fin.EC": "econ.GN", "stat.TH": "math.ST",
        }  # fmt: skip
        for field in set(fields):
            parts = classify(field)
            listed = [part.strip(" *") for part in field.split(",")]
            codes = (part for part in listed if plain.fullmatch(part) or part == "q-bio")
            counted = {second.get(code, code) for code in codes}
            assert set(parts.arxiv) == counted
            said = re.sub("|".join(map(re.escape, second)), lambda found: second[found[0]], field)
            assert lost_words(said, parts) == []
        assert sum(bool(classify(field).other) for field in fields) < len(fields) / 1000
