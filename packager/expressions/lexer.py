"""The tokens of an expression, as one pattern that covers every text."""

import re

_SPACE = r"[ \t\r\n]*"
_IDENTIFIER = r"[^\W\d]\w*"

# One group for each kind. What opens a call is one token with its name, a property one with its dot: fewer tokens, less
# time. A character that begins no token is a token too, so scanning never fails and never goes back.
TOKEN = re.compile(
    rf"{_SPACE}(?:({_IDENTIFIER}(?:\.{_IDENTIFIER})?){_SPACE}\(|('[^']*(?:''[^']*)*')|(\))|(,)|\.{_SPACE}({_IDENTIFIER})"
    rf"|(\[)|(\])|(-?[0-9]+)|(\Z)|(.))",
    re.DOTALL,
)
CALL, STRING, CLOSE, COMMA, PROPERTY, OPEN_INDEX, CLOSE_INDEX, INTEGER, END, OTHER = range(1, 11)
