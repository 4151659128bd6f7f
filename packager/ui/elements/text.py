"""Fields for text, passwords, numbers, ticks, dates and files."""

from packager.ui.elements.model import BuiltIn, ElementType, Output, Setting
from packager.ui.elements.shared import (
    CONSTRAINTS,
    INFO_MESSAGES,
    LABEL,
    OPTIONS,
    REGEX,
    REGEX_MESSAGE,
    REQUIRED,
    SUB_LABEL,
    TOOL_TIP,
    composite,
    scope,
    validations,
)

TEXT_BOX = ElementType(
    name="Microsoft.Common.TextBox",
    about="A line of text, or several",
    settings=(
        LABEL,
        Setting("defaultValue", ("string",), "Wins over `placeholder`", default="", dynamic=True),
        Setting("placeholder", ("string",), "Shown while the field is empty", dynamic=True),
        Setting("multiLine", ("boolean",), "Several lines; line breaks are put out as `\\n`", default=False),
        TOOL_TIP,
        CONSTRAINTS,
        REQUIRED,
        REGEX,
        REGEX_MESSAGE,
        *validations(),
        SUB_LABEL,
        Setting("readOnly", ("boolean",), "Cannot be changed", default=False, dynamic=True, where="view"),
        *INFO_MESSAGES,
    ),
    output=Output("string"),
    initial='`""`',
    rules=(
        BuiltIn("required", "a required text is not empty"),
        BuiltIn("regex", "a text that is not empty fits `regex`"),
    ),
    exclusive=(("constraints.regex", "constraints.validations"),),
    notes=("`regex` together with `validations` works in the portal and is refused by the published schema",),
)

PASSWORD_BOX = ElementType(
    name="Microsoft.Common.PasswordBox",
    about="Hidden text, typed twice",
    settings=(
        *composite("label", "password", "confirmPassword"),
        TOOL_TIP,
        CONSTRAINTS,
        REQUIRED,
        REGEX,
        REGEX_MESSAGE,
        *validations(source="F"),
        OPTIONS,
        Setting("options.hideConfirmation", ("boolean",), "Leaves the second field out", default=False),
    ),
    output=Output("string", about="Belongs into a secureString parameter"),
    initial='`""`',
    rules=(
        BuiltIn("required", "a required password is not empty"),
        BuiltIn("confirmation", "both fields hold the same text"),
        BuiltIn("regex", "a password that is not empty fits `regex`"),
    ),
    notes=("`defaultValue` is not supported", "Both labels are needed even where the confirmation is hidden"),
)

CHECK_BOX = ElementType(
    name="Microsoft.Common.CheckBox",
    about="A tick",
    settings=(
        LABEL,
        Setting("defaultValue", ("boolean",), default=False, dynamic=True, source="DF"),
        TOOL_TIP,
        CONSTRAINTS,
        REQUIRED._replace(about="It must be ticked"),
        REGEX_MESSAGE._replace(about="Shown where it must be ticked and is not"),
    ),
    output=Output("boolean"),
    initial="`false`",
    rules=(BuiltIn("ticked", "a required box is ticked"),),
)

SLIDER = ElementType(
    name="Microsoft.Common.Slider",
    about="A whole number between two ends",
    settings=(
        LABEL,
        Setting("min", ("integer",), "The lower end", required=True, dynamic=True, source="DF"),
        Setting("max", ("integer",), "The upper end", required=True, dynamic=True, source="DF"),
        SUB_LABEL._replace(about="The unit, shown behind the value", where="both"),
        Setting("defaultValue", ("integer",), "Without it the lower end", dynamic=True, source="DU"),
        Setting("showStepMarkers", ("boolean",), "Drawn up to a range of 100", default=True),
        TOOL_TIP,
        CONSTRAINTS,
        REQUIRED._replace(about="Has no effect"),
    ),
    output=Output("integer"),
    initial="`min`",
    rules=(
        BuiltIn("range", "the value lies between `min` and `max`; a default outside is moved to the nearer end", "U"),
    ),
)

FILE_UPLOAD = ElementType(
    name="Microsoft.Common.FileUpload",
    about="One file or several",
    settings=(
        LABEL,
        TOOL_TIP,
        CONSTRAINTS,
        REQUIRED,
        Setting("constraints.accept", ("string",), "Endings or media types, separated by commas"),
        OPTIONS,
        Setting("options.multiple", ("boolean",), "Several files", default=False),
        Setting(
            "options.uploadMode", ("string",), "`url` puts out an address", default="file", allowed=("file", "url")
        ),
        Setting(
            "options.openMode", ("string",), "`binary` puts out base64", default="text", allowed=("text", "binary")
        ),
        Setting("options.encoding", ("string",), "Of a text", default="UTF-8"),
        Setting(
            "extendExpirationDate", ("boolean",), "The address holds 90 days, not 8 hours", default=False, where="view"
        ),
        *scope("subscriptionId"),
    ),
    output=Output(
        None,
        about="The text, the base64 or the address of the file; a list of them with `multiple`",
        by_settings="string, or array with `options.multiple`",
    ),
    initial="undefined",
    rules=(BuiltIn("required", "a required upload holds a file"),),
    notes=("What `url` puts out is an address that expires: copy the file during the deployment",),
)

DATE_PICKER = ElementType(
    name="Microsoft.Common.DatePicker",
    about="A date, and a time",
    settings=(
        LABEL,
        SUB_LABEL,
        TOOL_TIP,
        Setting("time", ("object",)),
        Setting("time.visible", ("boolean",), "Asks for the time, too", default=False, dynamic=True),
        Setting("time.showSeconds", ("boolean",), default=False, dynamic=True),
        CONSTRAINTS,
        REQUIRED,
        *validations(),
    ),
    output=Output("string", about="`Fri Aug 05 2022 00:00:00 GMT-0700 (...)`; the time is 00:00:00 unless it is shown"),
    initial="undefined",
    where="view",
    rules=(BuiltIn("required", "a required date is given"),),
    notes=("The guidance says that a message appears where `isValid` is true, unlike everywhere else (unconfirmed)",),
)

SECURE_STRING = ElementType(
    name="Microsoft.Common.SecureString",
    about="Occurs in one published Form view and in no documentation",
    settings=(LABEL._replace(required=False, source="F"), TOOL_TIP._replace(source="U")),
    output=Output("string", source="U"),
    initial="undefined",
    where="view",
    source="F",
)

ELEMENTS = (TEXT_BOX, PASSWORD_BOX, CHECK_BOX, SLIDER, FILE_UPLOAD, DATE_PICKER, SECURE_STRING)
