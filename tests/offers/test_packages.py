"""What must agree between the files of a package, because nothing else would notice before a customer deploys it."""

import json
import os
import re
import subprocess
import sys

import pytest

from .conftest import ROOT, render_offer

FILE = re.compile(r"concat\('([^']+)', parameters\('_artifactsLocationSasToken'\)\)")
NESTED = "Microsoft.Resources/deployments"


def templates(package):
    return {name: package.json(name) for name in package.files if name == "mainTemplate.json" or "nested/" in name}


def test_that_the_starter_renders_without_a_problem(starter):
    assert [package.problems for package in starter.values()] == [()]


def test_that_mojaloop_renders_with_no_problem_but_the_digest_that_nobody_can_know_offline(package):
    assert [problem for problem in package.problems if "digest" not in problem] == []


def test_that_plans_offer_their_sizes(mojaloop):
    allowed = {
        plan: package.json("mainTemplate.json")["parameters"]["deploymentSize"]["allowedValues"]
        for plan, package in mojaloop.items()
    }
    assert allowed == {"evaluation": ["dev"], "standard": ["dev", "standard", "production"]}


def test_that_each_nested_template_gets_every_parameter_and_no_other(nested_package):
    main = nested_package.json("mainTemplate.json")
    seen = []
    for resource in main["resources"]:
        if resource["type"] != NESTED:
            continue
        [file] = FILE.findall(resource["properties"]["templateLink"]["uri"])
        nested = nested_package.json(file)
        assert set(resource["properties"]["parameters"]) == set(nested["parameters"]), file
        seen.append(file)
    assert sorted(seen) == sorted(name for name in nested_package.files if name.startswith("nested/"))


def test_that_nested_templates_give_the_outputs_that_are_asked_for(nested_package):
    text = nested_package.text("mainTemplate.json")
    asked = set(re.findall(r"reference\('([a-z-]+)'\)\.outputs\.(\w+)\.value", text))
    assert asked
    for deployment, output in asked:
        assert output in nested_package.json(f"nested/{deployment}.json")["outputs"], (deployment, output)


def test_that_a_deployment_waits_for_those_whose_outputs_it_reads(nested_package):
    for resource in nested_package.json("mainTemplate.json")["resources"]:
        read = set(re.findall(r"reference\('([a-z-]+)'\)", json.dumps(resource.get("properties"))))
        awaited = set(
            re.findall(r"'Microsoft.Resources/deployments', '([a-z-]+)'", json.dumps(resource.get("dependsOn")))
        )
        assert read <= awaited, resource["name"]


def test_that_every_file_is_in_the_package_and_used(any_package):
    used = {file for name in templates(any_package) for file in FILE.findall(any_package.text(name))}
    assert used - set(any_package.files) == set()
    # What a script fetches by itself stands in a list of the package.
    used |= {line for name in used if name.endswith("manifests.txt") for line in any_package.text(name).splitlines()}
    assert set(any_package.files) - used == {"mainTemplate.json", "createUiDefinition.json", "viewDefinition.json"}


def test_that_files_of_a_script_have_different_base_names(package):
    install = package.json("nested/install.json")["resources"][0]["properties"]
    files = FILE.findall(json.dumps(install))
    names = [file.rpartition("/")[2] for file in files]
    assert len(names) == len(set(names))


def test_that_the_form_answers_what_the_template_asks(any_package):
    parameters = any_package.json("mainTemplate.json")["parameters"]
    outputs = any_package.json("createUiDefinition.json")["parameters"]["outputs"]
    assert set(outputs) <= set(parameters)
    assert {name for name, value in parameters.items() if "defaultValue" not in value} <= set(outputs)


def test_that_no_secret_reaches_what_azure_shows(any_package):
    """Settings of a script, outputs and tags can be read by whoever may read the deployment."""
    for template in templates(any_package).values():
        secure = [name for name, value in template["parameters"].items() if value["type"] == "securestring"]
        for resource in template["resources"]:
            settings = resource.get("properties", {}).get("environmentVariables", [])
            # Of what is given as secureValue only the name is shown.
            shown = json.dumps([[one.get("value") for one in settings], resource.get("tags")])
            assert not re.search(r"\blist\w*\(", shown)
            assert not any(f"'{name}'" in shown for name in secure)
        outputs = json.dumps(template.get("outputs"))
        assert not re.search(r"\blist\w*\(", outputs)
        assert not any(f"'{name}'" in outputs for name in secure)


def test_that_nothing_the_same_is_written_twice_by_hand(package):
    """The chart's archive is named in the install template, the chart's own version in its Chart.yaml."""
    releases = {release["release"]: release for release in package.json("helm/releases.json")["releases"]}
    assert list(releases) == ["moja-azure", "moja-backend", "moja"]
    assert f"helm/{releases['moja-azure']['chart']['archive']}" in package.files
    main = package.json("mainTemplate.json")
    assert main["outputs"]["chartVersion"]["value"] == releases["moja"]["chart"]["version"]
    assert main["outputs"]["mojaloopNamespace"]["value"] == releases["moja"]["namespace"]
    preflight = {
        s["name"]: s["value"]
        for s in package.json("nested/preflight.json")["resources"][0]["properties"]["environmentVariables"]
    }
    chart = releases["moja"]["chart"]
    assert (preflight["CHART_REPOSITORY"], preflight["CHART_NAME"], preflight["CHART_VERSION"]) == (
        chart["repository"],
        chart["name"],
        chart["version"],
    )


def test_that_the_view_shows_only_what_the_templates_make(any_package):
    made = {resource["type"] for template in templates(any_package).values() for resource in template["resources"]}
    view = any_package.text("viewDefinition.json")
    shown = set(re.findall(r'"resourceType": "([^"]+)"', view))
    assert bool(shown) == ('"Metrics"' in view)
    assert shown <= made


def test_that_the_form_registers_and_tags_what_the_templates_make(nested_package):
    made = {resource["type"] for template in templates(nested_package).values() for resource in template["resources"]}
    form = nested_package.json("createUiDefinition.json")["parameters"]
    providers = {kind.partition("/")[0] for kind in made} - {"Microsoft.Resources", "Microsoft.Authorization"}
    # A deployment script runs in a container instance and keeps its files in a storage account.
    script = {"Microsoft.ContainerInstance", "Microsoft.Storage"}
    assert set(form["config"]["basics"]["subscription"]["resourceProviders"]) == providers | script
    [tags] = [element for step in form["steps"] for element in step["elements"] if element["name"] == "tagsByResource"]
    text = "".join(nested_package.text(name) for name in templates(nested_package))
    tagged = set(re.findall(r"parameters\('tagsByResource'\), '([^']+)'", text))
    assert set(tags["resources"]) == tagged


@pytest.mark.slow
@pytest.mark.parametrize("offer", ["starter", "mojaloop", "mojaloop-local", "mojaloop-stackhub"])
def test_that_packages_are_the_same_bytes_whoever_builds_them(offer, tmp_path):
    """Two programs, two orders of everything that has no order, and `--verify` inside each."""
    built = []
    for seed in ("1", "2"):
        command = ["build", f"marketplace/{offer}/offer.yaml", "--verify", "--out", str(tmp_path / seed)]
        done = subprocess.run(
            [sys.executable, "-m", "packager", *command],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        built.append({path.name: path.read_bytes() for path in (tmp_path / seed).iterdir()})
    assert built[0] == built[1]
    plans = {path.removesuffix(".zip") for path in built[0] if path.endswith(".zip")}
    assert len(plans) == len(render_offer(offer))
