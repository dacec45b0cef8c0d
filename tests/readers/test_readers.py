"""What the reader makes of digests, whole and broken."""

from __future__ import annotations

import pytest

from dayleaf import readers
from dayleaf.archive.model import Categories, Digest, Refusal
from dayleaf.base.errors import Severity
from tests.sites import digest, record

SOURCE = "cs.CV/2021/12/20211219.md"


def parse(text: str, source: str = SOURCE) -> Digest:
    """Read a digest that must be readable."""
    found = readers.read(text.encode(), source=source)[1]
    assert isinstance(found, Digest)
    return found


def messages(found: Digest | Refusal) -> list[str]:
    return [str(problem) for problem in found.problems]


def test_a_record_is_read_whole() -> None:
    """Every field arrives, with the record's line, `None` gone and times in ISO form."""
    found = parse(digest(record(), record("cs/9901001", version=3, title="Old")))
    first, second = found.records
    assert found.day == "2021-12-19"
    assert (first.identifier.value, first.version, first.line) == ("2112.10046", 1, 2)
    assert first.title == "Tides in a Teacup"
    assert first.authors == ("Ada Quill", "Bo Fenn")
    assert first.categories == Categories("cs.CV", ("cs.CV", "cs.LG"))
    assert first.pdf == "http://arxiv.org/pdf/2112.10046v1"
    assert first.published == "2021-12-19T02:50:23Z"
    assert (first.comment, first.journal, first.dois) == (None, None, ())
    assert (second.identifier.value, second.version, second.line) == ("cs/9901001", 3, 16)
    assert found.problems == ()


def test_folded_lines_are_joined() -> None:
    text = digest(record(comment="text that may go on\n  on indented lines\n  and on"))
    assert parse(text).records[0].comment == "text that may go on on indented lines and on"


def test_fields_may_come_in_any_order() -> None:
    lines = record().split("\n")
    shuffled = "\n".join([lines[0], *reversed(lines[1:11])]) + "\n"
    assert parse(digest(shuffled)).records[0] == parse(digest(record())).records[0]


def test_a_missing_field_costs_only_itself() -> None:
    text = digest(record().replace("- **Journal**: None\n", ""))
    found = parse(text)
    assert len(found.records) == 1
    assert messages(found) == [
        (
            f"{SOURCE}:2: expected the ten fields of a record, found no Journal; "
            "2112.10046 is listed without"
        )
    ]


def test_an_unreadable_time_is_reported_with_its_line() -> None:
    text = digest(record().replace("Published**: 2021-12-19 02:50:23+00:00", "Published**: x"))
    found = parse(text)
    assert found.records[0].published is None
    assert messages(found) == [
        (
            f"{SOURCE}:7: Published: expected an ISO time like 2021-12-19 02:50:23+00:00, "
            "found 'x'; the paper is listed without it"
        )
    ]


def test_another_time_zone_is_brought_to_utc() -> None:
    text = digest(record().replace("02:50:23+00:00", "02:50:23+05:30"))
    assert parse(text).records[0].published == "2021-12-18T21:20:23Z"


def test_an_identifier_can_come_from_the_pdf() -> None:
    text = digest(record().replace("http://arxiv.org/abs/2112.10046v1", "None"))
    found = parse(text)
    assert found.records[0].identifier.value == "2112.10046"
    assert found.problems[0].severity is Severity.PARTIAL


def test_a_record_without_identifier_is_refused_alone() -> None:
    """The one that cannot be addressed is reported; its neighbours stay."""
    lost = record().replace("http://arxiv.org/abs/2112.10046v1", "none").replace("[PDF]", "[x]")
    found = parse(digest(record("2112.1"), lost, record("2112.10047")))
    assert [r.identifier.value for r in found.records] == ["2112.10047"]
    assert found.seen == 3
    refused = [p for p in found.problems if p.severity is Severity.REFUSED]
    assert [p.line for p in refused] == [3, 17]


def test_bytes_that_are_not_utf8_cost_a_letter() -> None:
    data = digest(record(authors="Zoé Ådal")).encode("latin-1")
    found = readers.read(data, source=SOURCE)[1]
    assert isinstance(found, Digest)
    assert found.records[0].authors == ("Zo\ufffd \ufffddal",)
    assert messages(found)[0].startswith(f"{SOURCE}:9: expected UTF-8, found the byte 0xe9")


def test_a_bare_heading_is_a_day_without_papers() -> None:
    found = parse(digest())
    assert (found.day, found.records, found.seen, found.problems) == ("2021-12-19", (), 0, ())


def test_an_empty_file_named_by_a_day_is_refused() -> None:
    """Another file that no reader knows is passed over, whatever its name."""
    _, refusal = readers.read(b"\n", source=SOURCE)
    assert isinstance(refusal, Refusal)
    (message,) = messages(refusal)
    assert message.endswith("as the file's name is a day, found an empty file; fetch it again")
    assert readers.read(b"Nothing today.\n", source=SOURCE) == (None, None)
    assert readers.read(b"", source="cs.CV/notes.md") == (None, None)


def test_a_digest_cut_off_in_mid_record_keeps_what_is_there() -> None:
    whole = digest(record(), record("2112.10047"))
    found = parse(whole[: whole.rindex("- **Journal**")] + "- **Jour")
    assert [r.identifier.value for r in found.records] == ["2112.10046", "2112.10047"]
    assert any("no Journal, Summary" in m for m in messages(found))
    assert any("cut off" in m for m in messages(found))


def test_other_markdown_is_passed_over() -> None:
    assert readers.read(b"# Notes\n\n### A heading\n", source="README.md")[1] is None
    assert readers.read(b"# Calendar\n| M | T |\n", source="cs.CV/2021/README.md")[1] is None


def test_a_digest_may_carry_its_date_in_the_heading_alone() -> None:
    assert parse(digest(record()), source="today.md").day == "2021-12-19"


def test_a_file_name_that_contradicts_is_reported() -> None:
    """The name rules, and both contradictions are said."""
    found = parse(digest(record()), source="cs.CV/2021/12/20211220.md")
    assert found.day == "2021-12-20"
    assert [p.line for p in found.problems] == [1, 2]
    assert "the heading says 2021-12-19" in found.problems[0].message


def test_stray_lines_and_unknown_fields_are_named() -> None:
    text = digest(
        record().replace("- **DOI**: None\n", "- **DOI**: None\n- **Mood**: fine\nwell\n")
    )
    assert [p.line for p in parse(text).problems] == [5, 6]


def test_windows_line_ends_and_a_byte_order_mark_are_nothing() -> None:
    plain = parse(digest(record()))
    data = b"\xef\xbb\xbf" + digest(record()).replace("\n", "\r\n").encode()
    assert readers.read(data, source=SOURCE)[1] == plain


def test_tex_in_names_becomes_unicode() -> None:
    text = digest(record(authors="Camilo Mari{ñ}o, Jos\\'e Ruiz, Ann Lee, Jr., :, Guanbin Ng?"))
    found = parse(text)
    assert found.records[0].authors == (
        "Camilo Mariño",
        "José Ruiz",
        "Ann Lee, Jr.",
        "Guanbin Ng?",
    )
    assert messages(found) == [f"{SOURCE}:9: Authors: ':' is no name; left out"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_another_encoding_is_one_problem(encoding: str) -> None:
    found = readers.read(digest(record()).encode(encoding), source=SOURCE)[1]
    assert isinstance(found, Digest)
    assert len(found.records) == 1
    assert messages(found) == [
        f"{SOURCE}: expected UTF-8, found UTF-16; read all the same: save the file as UTF-8"
    ]


@pytest.mark.parametrize("sign", ["\0", "\x01", "\ufffe", "\x1b"])
def test_a_control_character_costs_itself(sign: str) -> None:
    """Wherever it stands: no file is judged by one byte."""
    text = digest(record(title=f"Ti{sign}des"), record("2112.10047"))
    found = parse(text)
    assert [r.title for r in found.records] == ["Tides", "Tides in a Teacup"]
    assert messages(found) == [
        (
            f"{SOURCE}:2: expected text, found the control character U+{ord(sign):04X}; it is left "
            "out, and so are others like it"
        )
    ]


def test_a_field_without_a_value_is_reported_as_missing() -> None:
    found = parse(digest(record(authors="")))
    assert "found no Authors" in messages(found)[0]


def test_a_damaged_heading_does_not_swallow_a_record() -> None:
    """The record is published under its identifier, and counted."""
    text = digest(record(), record("2112.10047", title="Lost").replace("### ", "## "))
    found = parse(text)
    assert [(r.identifier.value, r.title) for r in found.records] == [
        ("2112.10046", "Tides in a Teacup"),
        ("2112.10047", "2112.10047"),
    ]
    assert found.seen == 2


def test_of_many_stray_lines_only_some_are_named() -> None:
    text = digest(record() + "stray\n" * 40)
    said = messages(parse(text))
    assert len(said) == 6
    assert said[-1] == f"{SOURCE}: 35 more lines were left out"


@pytest.mark.parametrize(
    "time", ["0001-01-01 00:00:00+08:00", "9999-12-31 23:59:59-05:00", "0999-01-01 00:00:00+02:00",
             "0012-06-06 23:00:00+00:00"],
)  # fmt: skip
def test_a_time_out_of_range_costs_only_itself(time: str) -> None:
    text = digest(record().replace("2021-12-19 02:50:23+00:00", time), record("2112.10047"))
    found = parse(text)
    assert found.records[0].published is None
    assert len(found.records) == 2
    assert any("expected an ISO time" in message for message in messages(found))


def test_a_field_goes_on_in_lines_that_are_not_indented() -> None:
    """Up to an empty one, as in Markdown and as arXiv's API gives abstracts."""
    text = digest(record(summary="We look\ninto a\n  teacup.\n\nstray"), record("2112.10047"))
    found = parse(text)
    assert found.records[0].abstract == "We look into a teacup."
    assert any("found 'stray'" in message for message in messages(found))


def test_many_folded_lines_take_no_square_of_time() -> None:
    """A megabyte of them would take minutes, one joined to the next."""
    found = parse(digest(record(summary="a\n  b" + "\n  c" * 300_000)))
    (one,) = found.records
    assert len(one.abstract or "") == 600_003
