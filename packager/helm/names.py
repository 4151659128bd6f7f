"""Where the Helm payload stands in a package. Nothing is loaded with it: every check asks whether there is one."""

FOLDER = "helm/"
RELEASES = FOLDER + "releases.json"
