"""Where papers have appeared: what comments and references say, and how often that is right."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from dayleaf.archive.venues import Recogniser, known
from dayleaf.archive.venues.appearances import Appearance
from dayleaf.archive.venues.known import KINDS

LABELS = Path(__file__).with_name("labels.tsv")
RECOGNISER = Recogniser(known(""))


def told(found: tuple[Appearance, ...]) -> list[str]:
    """Return appearances as the labels write them, `iccv2023/w`."""
    return [f"{one.venue}{one.year}{'/' * bool(one.part)}{one.part[:1]}" for one in found]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("CVPR 2024", "cvpr2024"),
        ("Accepted at CVPR 2024 (oral)", "cvpr2024"),
        ("9 pages; accepted to ICCV'23", "iccv2023"),
        ("ECCV-22, code will follow", "eccv2022"),
        ("WACV2025", "wacv2025"),
        ("NeurIPS 2022 D&B track", "neurips2022"),
        ("to appear in IEEE TPAMI", "tpami"),
        ("In 2019 IEEE International Conference on Robotics and Automation (ICRA)", "icra2019"),
        ("Int. Conf. on Comput. Vision, 2011", "iccv2011"),
        ("ICCV'23 Workshop", "iccv2023/w"),
        ("Accepted at the 3rd Workshop on Teacups, ECCV 2022", "eccv2022/w"),
        ("CVPRW 2021", "cvpr2021/w"),
        ("NeurIPS 2021W", "neurips2021/w"),
        ("Tea@ICLR2024 workshop", "iclr2024/w"),
        ("Second place in the kettle challenge at CVPR 2023", "cvpr2023/c"),
        ("Workshop on Spoons at ICML 2020 and main track of AAAI 2021", "icml2020/w aaai2021"),
        ("Accepted by ECCV 2020. An earlier version was submitted to CVPR 2020", "eccv2020"),
        ("Submitted to CVPR 2020, accepted at ECCV 2020", "eccv2020"),
        ("Findings of the Association for Computational Linguistics: EMNLP 2021", "emnlp2021"),
        ("published in MDPI Sensors", "sensors"),
        ("ACM MM '21", "acm-mm2021"),
        ("Accepted at RSS 2023", "rss2023"),
    ],
)
def test_what_counts(comment: str, expected: str) -> None:
    """An abbreviation or a name in full, its year in any shape, and which part it was."""
    assert " ".join(told(RECOGNISER.appearances(comment, None))) == expected


@pytest.mark.parametrize(
    "comment",
    [
        "Submitted to CVPR 2024",
        "CVPR 2024 submission",
        "Under review at IEEE TPAMI",
        "Under double-blind review as a conference paper at ICLR 2025",
        "Rejected from NeurIPS 2021",
        "A preliminary version appeared at ICCV 2019",
        "Extended version of our ECCV 2018 paper",
        "Formatted with the CVPR template",
        "ICDAR 2015 dataset; 8 pages",
        "This work has been submitted to the IEEE for possible publication",
        "Project page: https://example.org/cvpr2024/",
        "We use sensors and electronics of 2021",
        "12 pages, 7 figures",
        "Our date with radiology: patterns of entropy",
        "Proceedings of the AAAI Press, 2016",
        "International Conference on Computer Vision Tales 2017",
        "Conference on Acorns (ACC 2011)",
    ],
)
def test_what_does_not_count(comment: str) -> None:
    """What was only sent, came earlier, names a data set, or is an ordinary word."""
    assert RECOGNISER.appearances(comment, None) == ()


def test_notes_are_kept() -> None:
    """Honours and tracks, in words of ours."""
    (found,) = RECOGNISER.appearances("CVPR 2024, oral, best paper award candidate", None)
    assert found.notes == ("best paper", "oral")
    (found,) = RECOGNISER.appearances("NeurIPS 2023 Datasets and Benchmarks", None)
    assert found.notes == ("datasets and benchmarks",)


@pytest.mark.parametrize(
    ("journal", "expected"),
    [
        ("Sensors 2021, 21(4), 1140", "sensors2021"),
        ("IEEE Trans. Image Process. 25 (2016) 1327-1339", "tip2016"),
        ("Pattern Recognition, vol. 45, no. 4, pp. 1684-1695, 2012", "pattern-recognition2012"),
        ("Proc. SPIE 11314, Medical Imaging 2020: Kettles", "spie-medical-imaging2020"),
        ("The Journal of Teacups 3 (2020)", ""),
    ],
)
def test_journal_references(journal: str, expected: str) -> None:
    """Where ordinary words at the beginning are a name, and the year stands anywhere."""
    assert " ".join(told(RECOGNISER.appearances(None, journal))) == expected


def test_a_reference_completes_a_comment() -> None:
    """One appearance, said twice; a journal's year may stand in the reference alone."""
    found = RECOGNISER.appearances("Accepted at ICCV (oral)", "Proceedings of ICCV 2019, pp. 1-9")
    assert found == (Appearance("iccv", "2019", "", ("oral",)),)
    found = RECOGNISER.appearances("To appear in IJCV", "Vol. 9, April 2007, pp. 123-138")
    assert found == (Appearance("ijcv", "2007"),)


def test_our_venues_are_well_formed() -> None:
    """Each has a kind and a field, and no two share a name."""
    venues = known("")
    assert len(venues) > 400
    assert {one.kind for one in venues.values()} == set(KINDS)
    assert all(one.field for one in venues.values())
    names = Counter(one.name for one in venues.values())
    assert [name for name, count in names.items() if count > 1] == []


def _texts(wanted: set[str]) -> dict[str, tuple[str, str]]:
    """Return comment and journal reference of some papers of the real archive."""
    found: dict[str, tuple[str, str]] = {}
    for file in sorted(Path(os.environ["DIGESTS"]).rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        for block in text.split("\n### ")[1:]:
            fields = dict(re.findall(r"^- \*\*(.+?)\*\*: ?(.*(?:\n .*)*)", block, re.MULTILINE))
            match = re.search(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", fields["Arxiv ID"])
            if match and match[1] in wanted:
                found[match[1]] = (fields.get("Comment", ""), fields.get("Journal", ""))
    return found


@pytest.mark.archive
@pytest.mark.parametrize("half", ["work", "judge"])
def test_the_labelled_papers(half: str) -> None:
    """At least 98 in 100 of what is found is right, and 92 in 100 of what there is are found."""
    if not os.environ.get("DIGESTS"):
        pytest.skip("DIGESTS is not set: name the folder of the unpacked archive")
    rows = [line.split("\t") for line in LABELS.read_text("utf-8").splitlines() if line[0] != "#"]
    wanted = {row[0]: row[2] for row in rows if row[1] == half}
    texts = _texts(set(wanted))
    assert len(texts) == len(wanted)
    right = wrong = missed = 0
    for paper, said in wanted.items():
        expected = [one for one in said.split() if one not in {"-", "?"}]
        found = told(RECOGNISER.appearances(*texts[paper]))
        right += len(set(found) & set(expected))
        wrong += len(set(found) - set(expected))
        missed += len(set(expected) - set(found))
    print(f"{half}: {right} right, {wrong} wrong, {missed} missed")
    assert right / (right + wrong) >= 0.98
    assert right / (right + missed) >= 0.92
