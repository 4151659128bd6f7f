"""Secure parameters in text, as patterns made of their names find them."""

from packager.checks.armttk.jsontext import WHOLE, piped
from packager.checks.armttk.run import JsonFile, TemplateInput
from packager.checks.armttk.secrets import SecureParameters
from packager.source.document import Document

PARAMETERS = {
    "one": {"type": "SecureString"},
    "t wo": {"type": "secureObject"},
    "a.b": {"type": "securestring"},
    "plain": {"type": "string"},
    "key(1": {"type": "securestring"},
}


def secure():
    return SecureParameters(
        TemplateInput(JsonFile(Document.from_text("a.json", "{}"), {}), {"parameters": PARAMETERS}, None)
    )


def shown(*texts):
    text = piped([*texts, 0, 0], WHOLE)
    return [(name, text.path(start)) for name, start in secure().shown(text, text.whole)]


def test_names_are_patterns():
    assert shown("[parameters('ONE')]", "[parameters('plain')]") == [("one", (0,))]
    assert shown("[parameters('t wo')]", "[parameters('two')]") == [("t wo", (1,))]
    assert shown("[parameters('plain')]", "[parameters('aXb')]", "[parameters('a.b')]") == [("a.b", (1,))]


def test_only_the_first_mention_counts():
    assert shown("parameters('one')", "[parameters('one')]") == []


def test_a_name_that_is_no_pattern():
    (hit,) = secure().bad_names()
    assert "'key(1'" in hit.message
