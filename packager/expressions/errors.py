"""What is wrong with an expression, as a value with a place."""

from packager.source.span import Path, Span

SYNTAX = "syntax"
TOO_LONG = "expression-too-long"
TOO_DEEP = "expression-too-deep"
LIMIT = "limit"
UNKNOWN_FUNCTION = "unknown-function"
ARGUMENT_COUNT = "argument-count"
ARGUMENT_TYPE = "argument-type"
ARGUMENT_VALUE = "argument-value"
UNDEFINED_PARAMETER = "undefined-parameter"
UNDEFINED_VARIABLE = "undefined-variable"
UNDEFINED_COPY = "undefined-copy"
UNDEFINED_LAMBDA_VARIABLE = "undefined-lambda-variable"
UNDEFINED_USER_FUNCTION = "undefined-user-function"
PROPERTY_NOT_FOUND = "property-not-found"
INDEX_OUT_OF_RANGE = "index-out-of-range"
NULL_ACCESS = "null-access"
DIVISION_BY_ZERO = "division-by-zero"
OVERFLOW = "overflow"
INVALID_BASE64 = "invalid-base64"
INVALID_URI = "invalid-uri"
INVALID_DATE = "invalid-date"
INVALID_DURATION = "invalid-duration"
INVALID_FORMAT = "invalid-format"
INVALID_CIDR = "invalid-cidr"
INVALID_JSON = "invalid-json"
INVALID_PATTERN = "invalid-pattern"
NOT_ALLOWED_HERE = "not-allowed-here"
NOT_AT_THIS_SCOPE = "not-at-this-scope"
CIRCULAR = "circular"
FAILED = "fail"


class ExpressionError(Exception):
    """A text that is no expression, or an expression that cannot have a value.

    `code` names the kind of error, `span` is the place in the JSON string and `path` that string's place in the
    template (None when not known), `hint` says what to do. It is no PackagerError: whoever knows the file and the
    line makes one of it, or a finding.
    """

    def __init__(self, code: str, message: str, span: Span | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span
        self.hint = hint
        self.path: Path | None = None

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message

    def at(self, span: Span) -> "ExpressionError":
        """The same error with a place, unless it has one already."""
        if self.span is None and self.path is None:
            self.span = span
        return self

    def within(self, path: Path) -> "ExpressionError":
        """The same error with the path of the string that holds the expression, unless it has one already."""
        if self.path is None:
            self.path = path
        return self
