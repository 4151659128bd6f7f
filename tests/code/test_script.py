"""Which files are shell scripts, and for which shell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packager.code.script import script_of, sourced_names
from packager.source.document import Document


def script(text, name="a.sh"):
    return script_of(Document.from_text(name, text))


@pytest.mark.parametrize(
    ("name", "text", "shell"),
    [
        ("a.sh", "#!/bin/bash\n", "bash"),
        ("a.sh", "#! /bin/sh -e\n", "sh"),
        ("a.sh", "#!/usr/bin/env bash\n", "bash"),
        ("a.sh", "#!/usr/bin/env -S X=1 dash -e\n", "dash"),
        ("a.sh", "#!/bin/bash\r\necho\r\n", "bash"),
        ("a.sh", "\ufeff#!/bin/sh\n", "sh"),
        ("a.sh", "echo x\n", "bash"),
        ("a.sh", "# shellcheck shell=sh\necho x\n", "sh"),
        ("a.sh", "# shellcheck disable=SC2034 shell=dash\n", "dash"),
        ("a.sh", "", "bash"),
        ("a.ksh", "print x\n", "ksh"),
        ("bin/run", "#!/bin/ash\n", "ash"),
        ("a.sh", "#!/usr/bin/python3\n", None),
        ("a.sh", "#!/usr/bin/env\n", None),
        ("a.sh", "#!\n", "bash"),
        ("bin/run", "echo x\n", None),
        ("LICENSE", "", None),
    ],
)
def test_shells(name, text, shell):
    found = script(text, name)
    assert (found and found.shell) == shell


def test_a_file_that_is_no_text_is_no_script():
    assert script_of(Document.from_bytes("a.sh", b"#!/bin/sh\n\xff\n")) is None
    assert script_of(Document.from_bytes("a.sh", b"#!/bin/sh\n\0")) is None


def place(found, *where):
    spot = found.at(*where).place()
    return spot.line, spot.column, spot.end_line, spot.end_column


def test_places():
    found = script("#!/bin/bash\r\n\techo 'é' x\r\necho y\r\n")
    assert found.text == "#!/bin/bash\n\techo 'é' x\necho y\n"
    assert place(found, 2) == (2, 1, 2, 12)
    assert place(found, 2, 2, 2, 6) == (2, 2, 2, 6)
    assert place(found, 3) == (3, 1, 3, 7)
    assert place(found, 99, 5) == (3, 5, 3, 7)
    assert place(script(""), 1) == (1, 1, 1, 1)


@given(st.text("a\n\ré\ufeff", max_size=30), st.integers(0, 40), st.integers(0, 40))
def test_the_place_of_a_part_is_that_of_its_lines_and_columns(text, start, end):
    found = script(f"#!/bin/bash\n{text}")
    start, end = sorted((min(start, len(found.text)), min(end, len(found.text))))
    counted = [(found.text.count("\n", 0, one) + 1, one - found.text.rfind("\n", 0, one)) for one in (start, end)]
    assert found.within(start, end) == found.at(*counted[0], *counted[1])


def test_a_byte_order_mark_takes_no_column():
    found = script("\ufeff#!/bin/sh\n")
    assert found.text == "#!/bin/sh\n"
    assert place(found, 1, 1, 1, 3) == (1, 1, 1, 3)


def test_what_scripts_read_into_themselves():
    one = script('. ./a.sh\nsource "$here/lib dir/b.sh"; x && . "$d"/c.sh\necho ". d.sh" \nfoo.source e.sh\n')
    assert sourced_names((one,)) >= {"a.sh", "b.sh", "c.sh"}
    assert "e.sh" not in sourced_names((one,))
