"""A file of the package is of a kind that holds secrets: a private key or an environment file.

Every customer can download the package, and certification refuses credentials in it (policy 300.4.4). A file with a
public certificate only (`.pem`) is left alone.

Leave the file out, and treat the secret as known: renew it. Let the deployment make what it needs (`newGuid()`, a
Key Vault, a managed identity).
"""

import re
from collections.abc import Iterator

from packager.bundle.model import Entry
from packager.checks.finding import Severity
from packager.checks.package import Package
from packager.checks.rule import Hit, rule
from packager.errors import PackagerError

# In lower case, against the last step of the name.
KINDS = (
    (re.compile(r"\.env(?!\.(?:example|sample|template|dist)$)(?:\..+)?|.+\.env"), "an environment file"),
    (re.compile(r"id_(?:rsa|dsa|ecdsa|ed25519)[^/]*(?<!\.pub)|.+\.ppk"), "a private key of ssh"),
    (re.compile(r".+\.(?:pfx|p12|jks|keystore)"), "a store of private keys"),
    (re.compile(r".+\.tfstate(?:\..+)?"), "a state of Terraform, which holds secrets in the clear"),
    (re.compile(r"kubeconfig|.+\.kubeconfig"), "the credentials of a Kubernetes cluster"),
    (re.compile(r".+\.publishsettings|\.netrc|_netrc|\.git-credentials|\.pypirc|\.dockercfg"), "credentials"),
)
KEY_FILES = (".pem", ".key", ".crt", ".cer")
PUBLIC = re.compile(rb"-----BEGIN (?:TRUSTED )?(?:CERTIFICATE|PUBLIC KEY|X509 CRL|DH PARAMETERS)")
MOST_OF_A_KEY = 1 << 20


@rule(on="package", severity=Severity.ERROR)
def check(package: Package, _: Package) -> Iterator[Hit]:
    """Report each file whose name, or for keys whose content, says that it is secret."""
    for name, entry in package.bundle.entries.items():
        kind = secret_kind(entry)
        if kind is not None:
            message = f"'{name}' is {kind}; leave it out of the package, and renew what it holds"
            yield Hit(package.file_spot(name), message)


def secret_kind(entry: Entry) -> str | None:
    """What kind of secret a file is; None for any other file."""
    base = entry.name.lower().rpartition("/")[2]
    if base.endswith(KEY_FILES):
        return _key(entry, certain=base.endswith(".pem"))
    return next((kind for pattern, kind in KINDS if pattern.fullmatch(base)), None)


def _key(entry: Entry, *, certain: bool) -> str | None:
    """A `.pem` is a secret unless it shows that it is public; of others only what shows that it is private."""
    data = b""
    if entry.size <= MOST_OF_A_KEY:
        try:
            data = entry.read()
        except PackagerError:
            data = b""
    if b"PRIVATE KEY-----" in data:
        return "a private key"
    return "a private key by its name" if certain and not PUBLIC.search(data) else None
