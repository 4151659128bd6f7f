"""From a rendered line to the line of the template."""

import pytest

from packager.helm.alignment import MOST_LINES, template_line

TEMPLATE = """\
{{- if .Values.on }}
kind: Pod
metadata:
  name: {{ .Release.Name }}
spec:
  containers:
    {{- range .Values.all }}
    - name: {{ .name }}
      image: {{ .image }}
    {{- end }}
  hostNetwork: true
{{- end }}
"""
RENDERED = """\
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: a
      image: x
    - name: b
      image: y
    - name: c
      image: z
  hostNetwork: true
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [(1, 2), (3, 4), (5, 6), (6, 8), (7, 9), (8, 8), (9, 9), (10, 8), (11, 9), (12, 11), (0, 1), (99, 1)],
)
def test_lines(line, expected):
    assert template_line(TEMPLATE, RENDERED, line) == expected


def test_what_is_too_long_is_not_compared():
    assert template_line("a: 1\n" * (MOST_LINES + 1), "b: 1\n" * 5, 3) == 1


def test_what_has_nothing_in_common():
    assert template_line('{{ include "all" . }}\n', "kind: Pod\nspec: {}\n", 2) == 1
