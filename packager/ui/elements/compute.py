"""Virtual machines: user names, credentials, sizes."""

from packager.ui.elements.model import BuiltIn, ElementType, Member, Output, Setting
from packager.ui.elements.shared import (
    CONSTRAINTS,
    LABEL,
    OPTIONS,
    OS_PLATFORM,
    REGEX,
    REGEX_MESSAGE,
    REQUIRED,
    TOOL_TIP,
    scope,
    validations,
)

_LINUX = ("osPlatform", "Linux")

USER_NAME_TEXT_BOX = ElementType(
    name="Microsoft.Compute.UserNameTextBox",
    about="The name of an administrator",
    settings=(
        LABEL,
        OS_PLATFORM,
        Setting("defaultValue", ("string",), "arm-ttk wants none", dynamic=True, source="DT"),
        TOOL_TIP,
        CONSTRAINTS,
        REQUIRED._replace(default=True),
        REGEX._replace(about="Holds beside the rule of the platform"),
        REGEX_MESSAGE,
        *validations(source="U"),
    ),
    output=Output("string"),
    initial='`""`',
    rules=(
        BuiltIn("required", "a name is given, unless `required` is false"),
        BuiltIn("user-name", "Windows: up to 20 characters and no period at the end; Linux: up to 32 characters", "DU"),
        BuiltIn("reserved-name", "no reserved name such as `admin`, `root` or `user`", "DU"),
    ),
)

CREDENTIALS_COMBO = ElementType(
    name="Microsoft.Compute.CredentialsCombo",
    about="A password, on Linux also an SSH key",
    settings=(
        OS_PLATFORM,
        Setting("label", ("object",), "One text for each part", required=True),
        Setting("label.password", ("string",), required=True),
        Setting("label.confirmPassword", ("string",), required=True),
        Setting("label.authenticationType", ("string",), required=True, only=_LINUX),
        Setting("label.sshPublicKey", ("string",), required=True, only=_LINUX),
        Setting("toolTip", ("object",), "One text for each part"),
        Setting("toolTip.password", ("string",), dynamic=True),
        Setting("toolTip.authenticationType", ("string",), dynamic=True, only=_LINUX),
        Setting("toolTip.sshPublicKey", ("string",), dynamic=True, only=_LINUX),
        CONSTRAINTS,
        REQUIRED._replace(default=True),
        Setting(
            "constraints.customPasswordRegex",
            ("string",),
            "Holds beside the rule of the platform",
            dynamic=True,
            format="pattern",
        ),
        Setting("constraints.customValidationMessage", ("string",), dynamic=True),
        OPTIONS,
        Setting("options.hideConfirmation", ("boolean",), default=False),
        Setting("options.hidePassword", ("boolean",), "SSH key only", default=False, only=_LINUX),
    ),
    output=Output(
        "object",
        (
            Member("authenticationType", "string", "`password` or `sshPublicKey`"),
            Member("password", "string", "With a password only", always=False),
            Member("sshPublicKey", "string", "With a key only; empty where it is generated", always=False),
            Member("sshKeyName", "string", "With a key only", always=False),
            Member("generateNewSshKey", "boolean", "With a key only", always=False),
        ),
    ),
    initial='a password that is `""`; a key with `hidePassword`',
    rules=(
        BuiltIn("required", "a password or key is given, unless `required` is false"),
        BuiltIn(
            "password", "12 to 123 characters (Linux: 72), three of lower case, upper case, digit and special", "DU"
        ),
        BuiltIn("denied-password", "no password from the list of known ones, such as `P@ssw0rd`", "DU"),
        BuiltIn("confirmation", "both fields hold the same text"),
    ),
    notes=("Read it as `coalesce(x.password, x.sshPublicKey)`: one of the two is always undefined",),
)

SIZE_SELECTOR = ElementType(
    name="Microsoft.Compute.SizeSelector",
    about="The size of virtual machines",
    settings=(
        LABEL,
        TOOL_TIP,
        Setting("recommendedSizes", ("array",), "The first that exists is chosen", required=True, least=1),
        Setting("recommendedSizes[]", ("string",), dynamic=True),
        OS_PLATFORM,
        Setting("imageReference", ("object",), "For the price of images of others"),
        *(
            Setting(f"imageReference.{name}", ("string",), required=True, dynamic=True)
            for name in ("publisher", "offer", "sku")
        ),
        Setting("count", ("integer", "string"), "Multiplies the price", default=1, dynamic=True),
        CONSTRAINTS,
        Setting("constraints.allowedSizes", ("array",), "Only these"),
        Setting("constraints.allowedSizes[]", ("string",), dynamic=True),
        Setting("constraints.excludedSizes", ("array",), "None of these"),
        Setting("constraints.excludedSizes[]", ("string",), dynamic=True),
        Setting("constraints.numAvailabilityZonesRequired", ("integer",), least=1, most=3, dynamic=True),
        Setting("constraints.zone", ("string",), dynamic=True),
        REQUIRED._replace(source="U"),
        OPTIONS,
        Setting("options.hideDiskTypeFilter", ("boolean",), default=False, dynamic=True),
        *scope("subscriptionId", "location"),
    ),
    output=Output("string", about="The name of the size"),
    initial="the first of `recommendedSizes` that is allowed",
    rules=(BuiltIn("size", "the size is one of `allowedSizes` and none of `excludedSizes`"),),
    exclusive=(("constraints.allowedSizes", "constraints.excludedSizes"),),
    notes=("Which sizes a region has is not known offline: every one is taken to exist",),
)

ELEMENTS = (USER_NAME_TEXT_BOX, CREDENTIALS_COMBO, SIZE_SELECTOR)
