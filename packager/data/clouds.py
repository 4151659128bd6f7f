"""What environment() says in the clouds of Azure.

Only the public cloud is documented as a whole (Azure documentation, functions for ARM templates, January 2026). Of the
others there is what the Azure CLI takes from the same metadata (azure-cli-core, cloud.py); the rest of them is unknown.
"""

from typing import Any

PUBLIC = "AzureCloud"
ENVIRONMENTS: dict[str, dict[str, Any]] = {
    "AzureCloud": {
        "name": "AzureCloud",
        "gallery": "https://gallery.azure.com/",
        "graph": "https://graph.windows.net/",
        "portal": "https://portal.azure.com",
        "graphAudience": "https://graph.windows.net/",
        "activeDirectoryDataLake": "https://datalake.azure.net/",
        "batch": "https://batch.core.windows.net/",
        "media": "https://rest.media.azure.net",
        "sqlManagement": "https://management.core.windows.net:8443/",
        "vmImageAliasDoc": (
            "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/"
            "aliases.json"
        ),
        "resourceManager": "https://management.azure.com/",
        "authentication": {
            "loginEndpoint": "https://login.microsoftonline.com/",
            "audiences": ["https://management.core.windows.net/", "https://management.azure.com/"],
            "tenant": "common",
            "identityProvider": "AAD",
        },
        "suffixes": {
            "acrLoginServer": ".azurecr.io",
            "azureDatalakeAnalyticsCatalogAndJob": "azuredatalakeanalytics.net",
            "azureDatalakeStoreFileSystem": "azuredatalakestore.net",
            "azureFrontDoorEndpointSuffix": "azurefd.net",
            "keyvaultDns": ".vault.azure.net",
            "sqlServerHostname": ".database.windows.net",
            "storage": "core.windows.net",
        },
    },
    "AzureChinaCloud": {
        "name": "AzureChinaCloud",
        "gallery": "https://gallery.chinacloudapi.cn/",
        "graphAudience": "https://graph.chinacloudapi.cn/",
        "batch": "https://batch.chinacloudapi.cn/",
        "media": "https://rest.media.chinacloudapi.cn",
        "sqlManagement": "https://management.core.chinacloudapi.cn:8443/",
        "suffixes": {
            "acrLoginServer": ".azurecr.cn",
            "keyvaultDns": ".vault.azure.cn",
            "sqlServerHostname": ".database.chinacloudapi.cn",
            "storage": "core.chinacloudapi.cn",
        },
    },
    "AzureUSGovernment": {
        "name": "AzureUSGovernment",
        "gallery": "https://gallery.usgovcloudapi.net/",
        "graphAudience": "https://graph.windows.net/",
        "batch": "https://batch.core.usgovcloudapi.net/",
        "media": "https://rest.media.usgovcloudapi.net",
        "sqlManagement": "https://management.core.usgovcloudapi.net:8443/",
        "suffixes": {
            "acrLoginServer": ".azurecr.us",
            "keyvaultDns": ".vault.usgovcloudapi.net",
            "sqlServerHostname": ".database.usgovcloudapi.net",
            "storage": "core.usgovcloudapi.net",
        },
    },
}
