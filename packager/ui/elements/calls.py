"""Invisible elements that call the interfaces of Azure."""

from packager.ui.elements.model import ElementType, Member, Output, Setting
from packager.ui.elements.shared import TOOL_TIP

_TRANSFORMS = (
    Setting(
        "request.transforms",
        ("object",),
        "JMESPath texts by name; what they make of the answer is under `transformed`",
        source="DF",
    ),
    Setting("condition", ("boolean",), "Called only when true", default=True, dynamic=True, source="DF"),
)
_ANSWER = Output(
    None,
    (
        Member("done", "boolean", "The answer is there", always=False),
        Member("transformed", "object", "What `transforms` make of it", always=False),
    ),
    closed=False,
    about="The body of the answer; that of a list has it in `value`",
)
_PENDING = "undefined until it is answered; offline a responses file answers"

ARM_API_CONTROL = ElementType(
    name="Microsoft.Solutions.ArmApiControl",
    about="Calls Azure Resource Manager; invisible",
    settings=(
        Setting("request", ("object",), required=True),
        Setting("request.method", ("string",), required=True, allowed=("GET", "POST")),
        Setting(
            "request.path",
            ("string",),
            "Below the endpoint, with its `api-version`",
            required=True,
            dynamic=True,
            format="path",
        ),
        Setting("request.body", ("object", "string"), "Texts in it may be expressions", dynamic=True),
        *_TRANSFORMS,
        TOOL_TIP._replace(source="F"),
    ),
    output=_ANSWER,
    initial=_PENDING,
    is_input=False,
    notes=("Only an answer 200 with JSON counts",),
)

GRAPH_API_CONTROL = ElementType(
    name="Microsoft.Solutions.GraphApiControl",
    about="Calls Microsoft Graph; invisible",
    settings=(
        Setting("request", ("object",), required=True),
        Setting("request.method", ("string",), required=True, allowed=("GET",)),
        Setting(
            "request.path", ("string",), "`v1.0/servicePrincipals?...`", required=True, dynamic=True, format="path"
        ),
        *_TRANSFORMS,
        TOOL_TIP._replace(source="F"),
    ),
    output=_ANSWER,
    initial=_PENDING,
    is_input=False,
    source="SF",
)

ELEMENTS = (ARM_API_CONTROL, GRAPH_API_CONTROL)
