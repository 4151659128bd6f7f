"""What the catalogue says of a type of element: its properties, the rules it has by itself, and what it puts out."""

from typing import Any, NamedTuple
from typing import Literal as OneOf

# In which documents something exists: CreateUIDefinition ("form"), the newer Form view ("view"), or both.
Where = OneOf["form", "view", "both"]
Kind = OneOf["string", "integer", "boolean", "array", "object"]
# How a fact is known, as letters: see SOURCES.
Source = str

SOURCES = {
    "D": "documentation of the portal",
    "S": "published JSON schema",
    "T": "arm-ttk",
    "F": "published offers and samples",
    "I": "public issue threads",
    "U": "unconfirmed: a reasoned assumption",
}
Format = OneOf["", "pattern", "prefix", "region", "resource type", "expression", "uri", "sku", "path"]


class Setting(NamedTuple):
    """A property of an element.

    `path` leads to it from the element: `constraints.regex`, `constraints.columns[].id` (`[]` is each item),
    `subnets.*.label` (`*` is each name). `kinds` are the kinds of JSON value it may have; () is any. It is `required`
    where the object around it stands, and only where the element's own property has the value that `only` says.
    `default` is what holds without it, None where nothing does. `least` and `most` bound a number or a list's length.
    `dynamic` tells that an expression may stand for it.
    """

    path: str
    kinds: tuple[Kind, ...]
    about: str = ""
    required: bool = False
    default: Any = None
    allowed: tuple[str | int | bool, ...] = ()
    least: int | None = None
    most: int | None = None
    dynamic: bool = False
    format: Format = ""
    where: Where = "both"
    only: tuple[str, str] | None = None
    source: Source = "D"


class Member(NamedTuple):
    """A member of an element's output, by its path (`subnets.*.name`); `always` tells that it is in every output."""

    path: str
    kind: Kind | None
    about: str = ""
    always: bool = True
    source: Source = "D"


class Output(NamedTuple):
    """What an element puts out: its kind (None: by its settings, or anything) and, of an object, the members.

    `closed` tells that there are no other members; `by_settings` says what the kind depends on.
    """

    kind: Kind | None
    members: tuple[Member, ...] = ()
    closed: bool = True
    about: str = ""
    by_settings: str = ""
    source: Source = "D"


class BuiltIn(NamedTuple):
    """A check that the portal makes by itself; `id` names it among those of the element."""

    id: str
    about: str
    source: Source = "D"


class ElementType(NamedTuple):
    """A type of element. `exclusive` are properties of which at most one may stand; `is_input` asks the customer.

    `initial` says what it puts out when nobody touched it and it has no default; `notes` are quirks worth knowing.
    """

    name: str
    about: str
    settings: tuple[Setting, ...]
    output: Output | None
    initial: str = ""
    where: Where = "both"
    rules: tuple[BuiltIn, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    is_input: bool = True
    source: Source = "D"

    def in_document(self, where: Where) -> bool:
        """Whether the type exists in that kind of document."""
        return self.where in {"both", where}

    def setting(self, path: str) -> Setting | None:
        """The property at a path as the catalogue writes it; the first where the two documents differ."""
        return next((one for one in self.settings if one.path == path), None)
