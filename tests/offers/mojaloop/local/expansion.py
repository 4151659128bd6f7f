"""Expands the templates of the plan for tests, with the answers that have no default filled in."""

import base64

from packager.arm.expand import expand
from packager.arm.jsonform import as_json

from ..expansion import FACTS, resources

SITE = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/site/providers"
LOCATION = f"{SITE}/Microsoft.ExtendedLocation/customLocations/site"
NETWORK = f"{SITE}/Microsoft.AzureStackHCI/logicalNetworks/nodes"
PEM = base64.b64encode(b"-----BEGIN CERTIFICATE-----\n").decode()
VALUES = {
    "namePrefix": "moja",
    "location": "northeurope",
    "customLocationId": LOCATION,
    "logicalNetworkId": NETWORK,
    "controlPlaneIp": "10.30.0.10",
    "sshPublicKey": "ssh-rsa AAAA operator",
    "gatewayHostName": "fspiop.example.org",
    "dfspCaCertificates": PEM * 10,
}
NEW_NETWORK = {
    "logicalNetworkId": "",
    "vmSwitchName": "ConvergedSwitch(compute_management)",
    "subnetPrefix": "10.30.0.0/24",
    "subnetGateway": "10.30.0.1",
    "dnsServers": ["10.30.0.2", "10.30.0.3"],
    "ipPoolStart": "10.30.0.50",
    "ipPoolEnd": "10.30.0.99",
    "vlanId": 7,
}
OWN_CERTIFICATE = {"gatewayCertificate": PEM, "gatewayCertificateKey": PEM}
GIT = {"manifestsSource": "git", "gitUrl": "https://git.example.org/hub", "gitBranch": "live", "gitPath": "./gitops"}


def deploy(documents, **values):
    found = expand(documents["mainTemplate.json"], VALUES | values, FACTS, documents.get)
    assert (found.troubles, found.missing) == ([], [])
    return as_json(found)


def flux(found):
    """The properties of the Flux configuration."""
    [configuration] = resources(found, "Microsoft.KubernetesConfiguration/fluxConfigurations")
    return configuration["properties"]
