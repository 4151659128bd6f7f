import pytest

from packager.arm.endpoints import asking_environment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.blob.core.windows.net/", "[concat('https://a.blob.', environment().suffixes.storage, '/')]"),
        ("https://management.azure.com/", "[environment().resourceManager]"),
        ("https://Management.core.windows.net/", "[environment().authentication.audiences[0]]"),
        ("it's at x.vault.azure.net", "[concat('it''s at x', environment().suffixes.keyvaultDns)]"),
        (
            "[concat('https://', parameters('a'), '.blob.core.windows.net')]",
            "[concat('https://', parameters('a'), '.blob.', environment().suffixes.storage)]",
        ),
        (
            "[format('{0}.core.windows.net', toLower(concat('core.windows.net')))]",
            "[format(concat('{0}.', environment().suffixes.storage), toLower(concat(environment().suffixes.storage)))]",
        ),
        (
            "[concat(variables('h')['core.windows.net'], 'x')]",
            "[concat(variables('h')[environment().suffixes.storage], 'x')]",
        ),
        ("[concat ('a.core.windows.net')]", "[concat ('a.', environment().suffixes.storage)]"),
        ("[[core.windows.net]", "[[core.windows.net]"),
        ("https://management.azure.com", "https://management.azure.com"),
        ("vault.azure.net", "vault.azure.net"),
        ("x.batch.core.windows.net", "x.batch.core.windows.net"),
        ("[concat('a''b', 'c')]", "[concat('a''b', 'c')]"),
    ],
)
def test_addresses_of_the_public_cloud_are_asked_for(text, expected):
    assert asking_environment(text) == expected


@pytest.mark.parametrize("hostile", ["[" + "('" * 50_000 + "core.windows.net]", "core.windows.net" * 50_000])
def test_long_texts_take_no_long_time(hostile):
    assert asking_environment(hostile)
