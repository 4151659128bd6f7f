"""Publishers whose virtual machine images belong to the platform and are sold without a plan.

From the list of image aliases that Azure publishes (arm-compute/quickstart-templates/aliases.json, which
`environment().vmImageAliasDoc` leads to). It names the most common ones only, so that rules which go by it inform and
do not refuse.
"""

ORIGIN = "the list of image aliases that environment().vmImageAliasDoc leads to"
# In lower case.
PLATFORM_PUBLISHERS = frozenset(
    {"canonical", "coreos", "credativ", "microsoftwindowsserver", "openlogic", "redhat", "suse"}
)


def is_platform(publisher: str) -> bool:
    """Whether a publisher's images are known to need no plan; Microsoft's own do not."""
    return publisher.lower() in PLATFORM_PUBLISHERS or publisher.lower().startswith("microsoft")
