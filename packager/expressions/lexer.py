"""The tokens of an expression, as one pattern that covers every text."""

import re

from packager.source.lazy import lazy_pattern

_SPACE = r"[ \t\r\n]*"
_IDENTIFIER = r"[^\W\d]\w*"
_NAME = rf"{_IDENTIFIER}(?:\.{_IDENTIFIER})?"

# One group for each kind, but two for a whole call that has no argument or a plain text, as most calls have. What opens
# another call is one token with its name, a property one with its dot: fewer tokens, less time. A character that begins
# no token is a token too, so scanning never fails and never goes back.
TOKEN = lazy_pattern(
    rf"{_SPACE}(?:({_NAME})\(('[^']*')?\)|({_NAME}){_SPACE}\(|('[^']*(?:''[^']*)*')|(\))|(,)"
    rf"|\.{_SPACE}({_IDENTIFIER})|(\[)|(\])|(-?[0-9]+)|(\Z)|(.))",
    re.DOTALL,
)
EMPTY_CALL, TEXT_CALL, CALL, STRING, CLOSE, COMMA, PROPERTY, OPEN_INDEX, CLOSE_INDEX, INTEGER, END, OTHER = range(1, 13)
