import pytest

from packager.errors import RefusedError
from packager.helm.ignore import ignored, read_ignore

# The cases of Helm's own test (helm/helm, pkg/ignore/rules_test.go), and what its code says about negation.
CASES = [
    ("helm.txt", "helm.txt", True),
    ("helm.*", "helm.txt", True),
    ("helm.*", "rudder.txt", False),
    ("*.txt", "tiller.txt", True),
    ("*.txt", "cargo/a.txt", True),
    ("cargo/*.txt", "cargo/a.txt", True),
    ("cargo/*.*", "cargo/a.txt", True),
    ("cargo/*.txt", "mast/a.txt", False),
    ("ru[c-e]?er.txt", "rudder.txt", True),
    ("[^a]ine", "mine", True),
    ("[^m]ine", "mine", False),
    ("/a.txt", "a.txt", True),
    ("/a.txt", "cargo/a.txt", False),
    ("/cargo/a.txt", "cargo/a.txt", True),
    ("cargo/", "cargo/deep/a.txt", True),
    ("cargo/", "cargo", False),
    ("templates/.dotfile", "templates/.dotfile", True),
    ("", "templates/.dotfile", True),
    ("", ".joonix", False),
    ("# *.txt", "a.txt", False),
    ("!helm.txt", "helm.txt", False),
    ("!helm.txt", "tiller.txt", True),
    ("!*.txt", "cargo", True),
    ("*.txt\n!helm.txt", "helm.txt", True),
    ("a\\*b", "a*b", True),
    ("a\\*b", "axb", False),
    ("[[&~|-]x", "&x", True),
]


@pytest.mark.parametrize(("text", "name", "expected"), CASES)
def test_matches_as_helm_does(text: str, name: str, expected: bool) -> None:
    assert ignored(read_ignore(text), name) is expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n**/foo", "line 2: Helm does not know '\\*\\*'"),
        ("[a", "line 1: pattern '\\[a' is not valid: a bracket is not closed"),
        ("a\\", "line 1: pattern .* is not valid"),
        ("[z-a]", "line 1: pattern .* is not valid: bad character range"),
    ],
)
def test_bad_patterns_name_their_line(text: str, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        read_ignore(text)
