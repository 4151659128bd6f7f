"""What arranges and explains, and takes no answer."""

from packager.ui.elements.model import ElementType, Member, Output, Setting
from packager.ui.elements.shared import LABEL, OPTIONAL_LABEL, OPTIONS, TOOL_TIP

SECTION = ElementType(
    name="Microsoft.Common.Section",
    about="Elements under a heading",
    settings=(
        LABEL._replace(about="The heading", source="S"),
        Setting("elements", ("array",), "Elements of every type but this one", required=True, least=1),
    ),
    output=None,
    initial="nothing; what is in it is reached through it: `steps('s').section.element`",
    notes=("`visible` hides all that is in it", "Published sections without a label are shown all the same"),
    is_input=False,
)

TEXT_BLOCK = ElementType(
    name="Microsoft.Common.TextBlock",
    about="A paragraph",
    settings=(
        OPTIONS._replace(required=True),
        Setting("options.text", ("string",), "Needed where there is no `link`", dynamic=True),
        Setting("options.link", ("object",), "Stands behind the text"),
        Setting("options.link.label", ("string",), required=True, dynamic=True),
        Setting("options.link.uri", ("string",), required=True, dynamic=True, format="uri"),
    ),
    output=Output("string", about="The text, followed by the label of the link"),
    is_input=False,
)

INFO_BOX = ElementType(
    name="Microsoft.Common.InfoBox",
    about="A note with an icon",
    settings=(
        OPTIONS._replace(required=True),
        Setting(
            "options.icon",
            ("string",),
            required=True,
            allowed=("None", "Info", "Warning", "Error"),
            where="form",
            source="S",
        ),
        Setting(
            "options.style",
            ("string",),
            required=True,
            allowed=("None", "Info", "Warning", "Error"),
            where="view",
            source="S",
        ),
        Setting("options.text", ("string",), required=True, dynamic=True),
        Setting("options.uri", ("string",), "Makes a link of it", format="uri", dynamic=True, where="form"),
        Setting("options.uri", ("string", "object"), "Makes a link of it", format="uri", dynamic=True, where="view"),
    ),
    output=Output("string", about="The text"),
    notes=("An `Error` does not stop the deployment; a rule of some field has to",),
    is_input=False,
)

SELECTOR = ElementType(
    name="Microsoft.Common.Selector",
    about="A row that opens a panel: a legacy container in CreateUIDefinition, a picked value in the Form view",
    settings=(
        LABEL,
        Setting("sublabel", ("object",), required=True, where="form", source="S"),
        Setting("sublabel.prevalidation", ("string",), required=True, where="form", source="S"),
        Setting("sublabel.postvalidation", ("string",), required=True, where="form", source="S"),
        Setting("bladeTitle", ("string",), required=True, where="form", source="S"),
        Setting("bladeSubtitle", ("string",), required=True, where="form", source="S"),
        Setting("elements", ("array",), required=True, where="form", source="S"),
        Setting("keyPath", ("string",), "The member that identifies the value", dynamic=True, where="view", source="F"),
        Setting("value", (), "What was picked", dynamic=True, where="view", source="F"),
        Setting("defaultValue", (), dynamic=True, where="view", source="F"),
        Setting("link", (), dynamic=True, where="view", source="F"),
        Setting("descriptionKeyPath", ("string",), dynamic=True, where="view", source="F"),
        Setting("barColor", ("string",), dynamic=True, where="view", source="F"),
        Setting("valueMapping", (), dynamic=True, where="view", source="F"),
        TOOL_TIP._replace(source="U"),
    ),
    output=Output(
        "object",
        (
            Member("changing", "boolean", "The panel is open", source="F"),
            Member("value", None, "What was picked", source="F"),
        ),
        closed=False,
        source="F",
    ),
    notes=("Not supported in CreateUIDefinition by today's portal",),
    is_input=False,
    source="SF",
)

BLADE_INVOKE_CONTROL = ElementType(
    name="Microsoft.Solutions.BladeInvokeControl",
    about="Opens a panel of the portal; invisible",
    settings=(
        OPTIONAL_LABEL._replace(source="U"),
        Setting("openBladeStatus", ("boolean",), "Opens the panel, usually a Selector's `changing`", dynamic=True),
        Setting("bladeReference", ("object",), required=True),
        Setting("bladeReference.name", ("string",), required=True),
        Setting("bladeReference.extension", ("string",)),
        Setting("bladeReference.parameters", ("object",), dynamic=True),
        Setting("bladeReference.inFullScreen", ("boolean",), default=False),
        Setting("defaultValue", (), dynamic=True),
        Setting("transforms", ("object",)),
    ),
    output=Output(None, closed=False, about="What the panel gives back", source="F"),
    initial="undefined: panels exist in the portal only",
    where="view",
    is_input=False,
    source="F",
)

ELEMENTS = (SECTION, TEXT_BLOCK, INFO_BOX, SELECTOR, BLADE_INVOKE_CONTROL)
