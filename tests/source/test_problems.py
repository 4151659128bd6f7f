"""What a syntax error says: message, line and column, hint."""

import pytest

from packager.source.document import Document

UNCLOSED = """{
  "parameters": {
    "a": {
      "type": "string"
  },
  "resources": []
}
"""
UNCLOSED_LIST = """{
  "a": [
    1,
    2,
  "b": 3
}
"""


@pytest.mark.parametrize(
    ("text", "message", "place", "hint"),
    [
        ("", "the file is empty", (1, 1), "a JSON file needs at least {} in it"),
        (" \n", "the file is empty", (2, 1), "a JSON file needs at least {} in it"),
        ("// x", "the file has comments, but no JSON value", (1, 5), "a JSON file needs at least {} in it"),
        (
            '{"a": 1\n "b": 2}',
            "expected ',' or '}' after the value of \"a\", found '\"'",
            (1, 8),
            "a comma is missing at the end of line 1",
        ),
        (
            "[1 2]",
            "expected ',' or ']' after the element, found '2'",
            (1, 3),
            "a comma is missing at the end of line 1",
        ),
        (
            "[{} {}]",
            "expected ',' or ']' after the element, found '{'",
            (1, 4),
            "a comma is missing at the end of line 1",
        ),
        (
            '{"a": 1; "b": 2}',
            "expected ',' or '}' after the value of \"a\", found ';'",
            (1, 8),
            "write ',' between items",
        ),
        (
            '["a": 1]',
            "expected ',' or ']' after the element, found ':'",
            (1, 5),
            "a name with a value belongs in an object; a brace may be missing",
        ),
        (
            '{"a": "x\n  "b": "y"}',
            "expected ',' or '}' after the value of \"a\", found 'b'",
            (2, 4),
            "the text that starts at line 1 runs over a line break; its closing quote may be missing",
        ),
        ('{"a": [1}', "expected ']' to close the list opened at line 1, column 7, found '}'", (1, 9), None),
        (
            UNCLOSED,
            "expected '}', found the end of the file: the object opened at line 1, column 1 is not closed",
            (7, 2),
            "the '{' at line 3 is probably the one that is not closed: the '}' at line 5 has another indentation",
        ),
        (
            UNCLOSED_LIST,
            "expected ',' or ']' after the element, found ':'",
            (5, 6),
            "a name with a value belongs in an object; a brace may be missing",
        ),
        (
            '{"a": [1, 2\n',
            "expected ']', found the end of the file: the list opened at line 1, column 7 is not closed",
            (1, 12),
            "add ']', or see whether the file was cut off",
        ),
        (
            '{"a":',
            "expected '}', found the end of the file: the object opened at line 1, column 1 is not closed",
            (1, 6),
            "add '}', or see whether the file was cut off",
        ),
        (
            '{"a" 1}',
            "expected ':' after the property name, found '1'",
            (1, 6),
            "write ':' between a name and its value",
        ),
        ('{"a"}', "expected ':' after the property name, found '}'", (1, 5), "the property has no value"),
        (
            '{"a"=1}',
            "expected ':' after the property name, found '='",
            (1, 5),
            "write ':' between a name and its value",
        ),
        ("{,}", "expected a property name in double quotes or '}', found ','", (1, 2), "there is one comma too many"),
        (
            "{[1]}",
            "expected a property name in double quotes or '}', found '['",
            (1, 2),
            "in an object every value needs a name; a list is written in '[' and ']'",
        ),
        ('{"a": }', "expected a value, found '}'", (1, 7), "the property before it has no value"),
        ('{"a": True}', "expected a value, found 'True'", (1, 7), "JSON writes it true, in lower case"),
        ('{"a": None}', "expected a value, found 'None'", (1, 7), "JSON writes it null, in lower case"),
        ('{"a": +1}', "expected a value, found '+1'", (1, 7), "JSON numbers have no plus sign"),
        ('{"a": abc}', "expected a value, found 'abc'", (1, 7), "text stands in double quotes"),
        ('{"a": \u201cx\u201d}', "expected a value, found '\u201c' (U+201C)", (1, 7), 'use the plain quotation mark "'),
        ("[\u200b1]", "expected a value, found the character U+200B", (1, 2), "delete the invisible character"),
        (
            "# x\n{}",
            "expected a value, found '#'",
            (1, 1),
            "JSON has no # comments; write // where comments are allowed at all",
        ),
        ("[1-2]", "expected a number, found '1-2'", (1, 2), "a text that starts like a number needs double quotes"),
        ('{"a": "C:\\dir"}', "a text has the unknown escape \\d", (1, 10), "write \\\\ for a backslash"),
        ('{"a": "\\u12"}', "expected four hexadecimal digits after \\u", (1, 8), "write \\\\u for a backslash and a u"),
        (
            '{\n"a": "x}\n',
            'expected " at the end of the text that starts here, found the end of the file',
            (2, 6),
            "add the closing quote",
        ),
        ("{} /* x", "expected '*/' at the end of this comment, found the end of the file", (1, 4), None),
        ("[/]", "expected a value, found '/'", (1, 2), "comments start with // or /*"),
        (
            '{"a":1}{"b":2}',
            "expected the end of the file after the JSON value, found '{'",
            (1, 8),
            "there are two JSON values in the file; keep one of them, or put both into a list",
        ),
        ("{}}", "expected the end of the file after the JSON value, found '}'", (1, 3), "there is one '}' too many"),
        (
            "{},",
            "expected the end of the file after the JSON value, found ','",
            (1, 3),
            "a bracket may be closed too early",
        ),
        (
            "<!DOCTYPE html>",
            "expected a value, found '<'",
            (1, 1),
            "this is an HTML or XML page; it may have been saved from a web site instead of the raw file",
        ),
        (
            "```json\n{}\n```",
            "expected a value, found '`'",
            (1, 1),
            "a Markdown code fence is left in the file; delete the line",
        ),
        (
            "{}\n```\n",
            "expected the end of the file after the JSON value, found '`'",
            (2, 1),
            "a Markdown code fence is left in the file; delete the line",
        ),
        (
            "{\n<<<<<<< HEAD\n",
            "expected a property name in double quotes or '}', found '<'",
            (2, 1),
            "a merge conflict is not resolved here",
        ),
        ("<<<<<<< HEAD\n", "expected a value, found '<'", (1, 1), "a merge conflict is not resolved here"),
        (
            '{"a": ${b.c}}',
            "expected a value, found '$'",
            (1, 7),
            "the placeholder ${b.c} was not filled in; run the build (Maven, a shell) that does, or check its output",
        ),
        (
            '{"a": $(b)}',
            "expected a value, found '$'",
            (1, 7),
            "the placeholder $(b) was not filled in; run the pipeline or build that does, or check its output",
        ),
        (
            '{"a": @b.c@}',
            "expected a value, found '@'",
            (1, 7),
            "the placeholder @b.c@ was not filled in; run the build (Maven) that does, or check its output",
        ),
        (
            '{"a": #{b}#}',
            "expected a value, found '#'",
            (1, 7),
            "the placeholder #{b}# was not filled in; run the pipeline that does, or check its output",
        ),
        (
            '{"a": __b__}',
            "expected a value, found '__b__'",
            (1, 7),
            "the placeholder __b__ was not filled in; run the pipeline that does, or check its output",
        ),
        (
            '{"a": {{ b }}}',
            "expected a property name in double quotes or '}', found '{'",
            (1, 8),
            "{{ b }} is template syntax (Jinja); render the file first, or check the offer.yaml that does",
        ),
        (
            "{% if x %}\n{}",
            "expected a property name in double quotes or '}', found '%'",
            (1, 2),
            "{% if x %} is template syntax (Jinja); render the file first, or check the offer.yaml that does",
        ),
    ],
)
def test_message_place_and_hint(text, message, place, hint):
    document = Document.from_text("a.json", text)
    problem = document.problem
    assert problem is not None
    found = document.place_of(problem.span)
    assert (problem.message, (found.line, found.column), problem.hint) == (message, place, hint)


def test_a_long_word_is_cut():
    problem = Document.from_text("a.json", "[" + "w" * 500 + "]").problem
    assert problem is not None
    assert problem.message == f"expected a value, found '{'w' * 30}...'"
