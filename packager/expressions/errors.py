"""What is wrong with an expression, as a value with a place."""

from packager.source.span import Span

SYNTAX = "syntax"
TOO_LONG = "expression-too-long"
TOO_DEEP = "expression-too-deep"
LIMIT = "limit"


class ExpressionError(Exception):
    """A text that is no expression, or an expression that cannot have a value.

    `code` names the kind of error, `span` is the place in the JSON string (None when the place is not known), `hint`
    says what to do. It is no PackagerError: whoever knows the file and the line makes one of it, or a finding.
    """

    def __init__(self, code: str, message: str, span: Span | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message

    def at(self, span: Span | None) -> "ExpressionError":
        """The same error with a place, unless it has one already."""
        if self.span is None:
            self.span = span
        return self
