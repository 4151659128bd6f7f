"""Properties that many types of element have in common."""

from packager.ui.elements.model import Setting, Source, Where

NAME = Setting(
    "name", ("string",), "Identifies the element among its neighbours; letters, digits and `_`", required=True
)
TYPE = Setting("type", ("string",), "The type, in exactly this spelling", required=True)
VISIBLE = Setting(
    "visible", ("boolean",), "Whether it is shown; a hidden element has no value", default=True, dynamic=True
)
LABEL = Setting("label", ("string",), "Stands beside the element", required=True)
OPTIONAL_LABEL = LABEL._replace(required=False)
TOOL_TIP = Setting("toolTip", ("string",), "Help behind an icon; Markdown links are allowed", dynamic=True)
SUB_LABEL = Setting("subLabel", ("string",), "Stands behind the field", where="view")
CONSTRAINTS = Setting("constraints", ("object",), "What the value must be")
OPTIONS = Setting("options", ("object",), "How the element works")
REQUIRED = Setting("constraints.required", ("boolean",), "An empty value is refused", default=False, dynamic=True)
REGEX = Setting(
    "constraints.regex",
    ("string",),
    "JavaScript pattern, found anywhere in the value; an empty optional value is not tested",
    dynamic=True,
    format="pattern",
)
REGEX_MESSAGE = Setting("constraints.validationMessage", ("string",), "Shown where `regex` fails", dynamic=True)
INFO_MESSAGES = (
    Setting("infoMessages", ("array",), "Notes below the field", where="view"),
    Setting("infoMessages[].style", ("string",), allowed=("Info", "Warning"), required=True, where="view"),
    Setting("infoMessages[].text", ("string",), required=True, dynamic=True, where="view"),
    Setting("infoMessages[].uri", ("string",), format="uri", where="view"),
    Setting("infoMessages[].visible", ("boolean",), default=True, dynamic=True, where="view"),
)
HIDE_EXISTING = Setting("options.hideExisting", ("boolean",), "Offers new ones only", default=False, dynamic=True)
OS_PLATFORM = Setting(
    "osPlatform", ("string",), "Chooses the rules and the prices", required=True, allowed=("Windows", "Linux")
)


def validations(source: Source = "D", where: Where = "both") -> tuple[Setting, ...]:
    """The list of rules that a value must keep."""
    at = "constraints.validations"
    return (
        Setting(at, ("array",), "Rules, each with its message", least=1, where=where, source=source),
        Setting(f"{at}[].regex", ("string",), dynamic=True, format="pattern", where=where, source=source),
        Setting(
            f"{at}[].isValid",
            ("boolean",),
            "Passes when true",
            dynamic=True,
            format="expression",
            where=where,
            source=source,
        ),
        Setting(
            f"{at}[].message",
            ("string",),
            "Shown where it fails",
            required=True,
            dynamic=True,
            where=where,
            source=source,
        ),
        Setting(f"{at}[].await", ("boolean",), "Waits until true", dynamic=True, where="view", source=source),
        Setting(
            f"{at}[].skip", ("boolean",), "The rule is left out when true", dynamic=True, where="view", source=source
        ),
    )


def composite(at: str, *names: str, required: bool = True, dynamic: bool = False) -> tuple[Setting, ...]:
    """A label or tool tip that is an object with one text for each part."""
    parent = Setting(at, ("object",), "One text for each part", required=required)
    return (parent, *(Setting(f"{at}.{name}", ("string",), required=required, dynamic=dynamic) for name in names))


def scope(*names: str, required: bool = True, where: Where = "view") -> tuple[Setting, ...]:
    """Where the Form view looks for resources."""
    parent = Setting("scope", ("object",), "Where to look for resources", required=required, where=where, source="S")
    inner = (
        Setting(f"scope.{name}", ("string",), required=required, dynamic=True, where=where, source="S")
        for name in names
    )
    return (parent, *inner)


def bodies(at: str, *, dynamic: bool = True) -> tuple[Setting, ...]:
    """The items of a list of choices."""
    return (
        Setting(f"{at}[].label", ("string",), "What is shown", required=True),
        Setting(f"{at}[].value", (), "What is put out, unchanged", required=True, dynamic=dynamic),
    )
