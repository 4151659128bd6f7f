"""The machine on which a deployment script of the package runs, with stand-ins for the programs that reach out."""

import base64
import hashlib
import io
import pathlib
import sys
import tarfile

import yaml

from .script_container import FAKE, ScriptContainer

CONNECTIONS = {
    f"kafka-connection-{group}": f"Endpoint=sb://{group}.example/;SharedAccessKeyName=mojaloop;SharedAccessKey=a&b/{group}="
    for group in ("core", "quotes")
}
# As if an earlier run had made the signing key: making one takes seconds. One test below goes without.
SIGNING_KEY = (
    "-----BEGIN PRIVATE KEY-----\n"
    + "MIIJQgIBADANBgkqhkiG9w0BAQEFAASCCSwwggko/aA+\n" * 40
    + "-----END PRIVATE KEY-----\n"
)
VAULT = {
    "mysql-admin-password": "Adm1n-pass&word'\"$x",
    "hdinsight-login-password": 'Hd1nsight!"pass',
    "switch-jws-key": SIGNING_KEY,
    **CONNECTIONS,
}
SETTINGS = {
    "RESOURCE_GROUP": "mrg-moja",
    "CLUSTER_NAME": "aks-moja",
    "KEY_VAULT_NAME": "kv-moja",
    "MYSQL_HOST": "mysql-moja.example",
    "MYSQL_ADMIN_LOGIN": "mojaadmin",
    "MESSAGING_BACKEND": "eventHubsStandard",
    "KAFKA_HOST_CORE": "core.example",
    "KAFKA_HOST_QUOTES": "quotes.example",
    "GATEWAY_ADDRESS": "10.20.3.233",
    "FUNCTIONS_PREFIX": "10.20.4.128/26",
    "GATEWAY_URL": "https://apim.example",
    "FUNCTION_NAME": "func-moja",
    "DEPLOYMENT_SIZE": "dev",
    "HUB_NAME": "Hub",
    "IMAGE_REGISTRY": "none",
    "HUB_EMAIL": "ops@example.org",
    "INSIGHTS_ID": "/subscriptions/1/components/appi-moja",
    "CURRENCIES": "USD",
    "ENABLE_BULK": "False",
    "ENABLE_TTK": "False",
    "RUN_TTK_TESTS": "False",
    "TTK_THROUGH_GATEWAY": "False",
}


class Machine(ScriptContainer):
    """The container of install.sh: its files, the programs that it fetches, and what became of a run."""

    def __init__(self, folder: pathlib.Path, package):
        settings = package.json("nested/install.json")["resources"][0]["properties"]["environmentVariables"]
        super().__init__(folder, {entry["name"]: entry["value"] for entry in settings} | SETTINGS)
        # As the service does it: every file in one folder, by its base name, none of them executable.
        for name, data in package.files.items():
            if name.startswith(("scripts/", "helm/", "post-render/", "functions/")):
                (self.files / name.rpartition("/")[2]).write_bytes(data)
        self._publish_helm()
        self.put("vault.json", VAULT)

    def _publish_helm(self):
        archive = f"helm-v{self.settings['HELM_VERSION']}-linux-amd64.tar.gz"
        program = f"#!{sys.executable}\n{FAKE.read_text()}".encode()
        member = tarfile.TarInfo("linux-amd64/helm")
        member.size, member.mode = len(program), 0o755
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
            tar.addfile(member, io.BytesIO(program))
        (self.state / "site" / archive).write_bytes(buffer.getvalue())
        digest = hashlib.sha256(buffer.getvalue()).hexdigest()
        (self.state / "site" / f"{archive}.sha256sum").write_text(f"{digest}  {archive}\n")

    def run(self, script="install.sh", **settings):
        return super().run(script, **settings)

    def applied(self, kind):
        """Manifests that went to kubectl, by name; Secrets as their plain keys and values."""
        found = {}
        for call in self.calls:
            if call["program"] == "kubectl" and call["arguments"][0] == "apply":
                manifest = yaml.safe_load(call["input"])
                if manifest["kind"] == kind:
                    found[manifest["metadata"]["name"]] = manifest
        return found

    def secret(self, name):
        return {key: base64.b64decode(value).decode() for key, value in self.applied("Secret")[name]["data"].items()}
