"""The verbs of publishing against a Partner Center that is strict about its interface."""

import json
import re
import sys

import pytest
import yaml

from packager.assemble.archive import write_archive
from packager.bundle.zipped import open_zip
from packager.cli.main import run

pytestmark = pytest.mark.slow

OFFER = "marketplace/acme-app/offer.yaml"
RECORD = "dist/acme-app-standard-1.0.0.record.json"
ZIP = "dist/acme-app-standard-1.0.0.zip"
STATE = "dist/acme-app.publish.json"
LOCK = "marketplace/acme-app/publish.lock.json"
DAY = ("--today", "2026-11-24")


def publish(capsys, *arguments):
    code = run(["publish", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def drafted(capsys, *arguments):
    code, _, err = publish(capsys, "draft", OFFER, *DAY, *arguments)
    assert code == 0, err
    return err


def rebuilt(folder, capsys, version):
    text = (folder / OFFER).read_text(encoding="utf-8")
    (folder / OFFER).write_text(re.sub(r"version: [\d.]+", f"version: {version}", text, count=1), encoding="utf-8")
    assert run(["build", OFFER, *DAY, "-q", "--fail-on", "never"]) == 0
    capsys.readouterr()


def test_from_draft_to_live(folder, center, capsys):
    code, out, err = publish(capsys, "draft", OFFER, *DAY)
    assert (code, out) == (0, ""), err
    (package,) = center.packages
    assert center.configuration() | {"@odata.etag": "", "id": ""} == {
        "resourceType": "AzureManagedApplicationPackageConfiguration",
        "somethingNew": {"kept": [1, 2, 3]},
        "id": "",
        "version": "1.0.0",
        "packageReferences": [{"type": "AzureApplicationPackage", "value": package}],
        "allowJitAccess": False,
        "publisherManagementMode": "Managed",
        "customerAccessEnableState": "Enabled",
        "@odata.etag": "",
    }
    assert list(center.storage.blobs.values()) == [(folder / ZIP).read_bytes()]
    code, out, err = publish(capsys, "preview", OFFER, "--wait", "--notes", "Take the defaults")
    (submission,) = center.submissions
    assert (code, out) == (0, f"submission {submission}: ReadyToPublish\n")
    assert "Submitted, Certification" in err
    assert publish(capsys, "live", OFFER, "--wait")[:2] == (0, f"submission {submission}: Published\n")
    state = json.loads((folder / STATE).read_text(encoding="utf-8"))
    assert state["plans"]["standard"]["package"] == {"status": "processed", "id": package}
    assert (state["submission"]["id"], state["submission"]["status"]) == (submission, "live")
    assert center.violations == []


def test_what_is_done_is_not_done_again(folder, center, capsys):
    for arguments in (("draft", OFFER, *DAY), ("preview", OFFER, "--wait"), ("live", OFFER, "--wait")):
        assert publish(capsys, *arguments)[0] == 0
        before = [one for one in center.faults.log if not one.startswith("GET")]
        assert publish(capsys, *arguments)[0] == 0
        assert [one for one in center.faults.log if not one.startswith("GET")] == before
    assert (len(center.packages), len(center.submissions)) == (1, 1)


def test_a_lost_state_costs_nothing_but_a_version(folder, center, capsys):
    drafted(capsys)
    (folder / STATE).unlink()
    assert publish(capsys, "preview", RECORD, "--wait")[0] == 0  # by the name of the package in the draft
    (folder / STATE).unlink()
    code, _, err = publish(capsys, "draft", OFFER, *DAY)
    assert (code, "another submission of this offer is under way" in err) == (1, True)
    assert publish(capsys, "live", OFFER, "--wait")[0] == 0
    (folder / STATE).unlink()
    code, _, err = publish(capsys, "draft", OFFER, *DAY)
    assert code == 1
    assert err == (
        "packager: plan 'standard' has version 1.0.0 in Partner Center already; 1.0.0 is no later one\n"
        "  hint: write version 1.0.1 (or later) into offer.yaml and build again\n"
    )
    rebuilt(folder, capsys, "1.0.1")
    drafted(capsys)
    assert center.configuration()["version"] == "1.0.1"


def test_plan_tells_what_would_change_and_keeps_a_lock(folder, center, capsys):
    code, out, _ = publish(capsys, "plan", OFFER)
    assert (code, out) == (
        0,
        (
            "plan standard: 0.9.0 -> 1.0.0\n"
            '  ~ /version: "0.9.0" -> "1.0.0"\n'
            '  + /packageReferences/0: {"type": "AzureApplicationPackage", "value": "(this package)"}\n'
        ),
    )
    assert all(one.startswith("GET") for one in center.faults.log)
    drafted(capsys)
    code, out, _ = publish(capsys, "plan", OFFER, "--offline", "--format", "json")
    assert code == 1
    (plan,) = json.loads(out)["plans"]
    assert plan["refusal"] == "version 1.0.0 is no later one than 1.0.0, which Partner Center has"
    assert plan["proposed"] == "1.0.1"
    (folder / LOCK).write_text('{"schema": 1, "plans": {}}', encoding="utf-8")
    code, _, err = publish(capsys, "plan", OFFER, "--offline")
    assert (code, "knows nothing of plan 'standard'" in err) == (2, True)
    (folder / LOCK).unlink()
    code, _, err = publish(capsys, "plan", OFFER, "--offline")
    wanted = f"packager: there is no lock yet: '{LOCK}'\n  hint: run packager publish plan without --offline once\n"
    assert (code, err.replace("\\", "/")) == (2, wanted)


def test_the_listing_is_brought_along_and_nothing_is_written_twice(folder, center, capsys):
    listing = folder / "marketplace/acme-app/listing/listing.yaml"
    value = yaml.safe_load(listing.read_text(encoding="utf-8"))
    value["previewAudience"] = [{"id": "11111111-2222-3333-4444-555555555555"}]
    tenant = "99999999-2222-3333-4444-555555555555"
    value["plans"]["standard"] |= {
        "markets": ["FR"],
        "price": {"amount": 5},
        "technicalConfiguration": {
            "customerActions": ["Microsoft.Compute/*", "Microsoft.Web/*"],
            "public": {"tenant": tenant, "authorizations": [{"principal": tenant, "role": "Owner"}]},
        },
    }
    listing.write_text(yaml.safe_dump(value), encoding="utf-8")
    code, out, _ = publish(capsys, "plan", OFFER, "--listing")
    assert code == 0
    assert [line for line in out.splitlines() if not line.startswith(" ")] == [
        "plan standard: 0.9.0 -> 1.0.0",
        "listing",
        "properties",
        "preview audience",
        "plan standard: listing",
        "plan standard: audience and prices",
        "images",
    ]
    assert publish(capsys, "plan", OFFER, "--listing", "--offline")[0] == 0
    assert "listing: 5 of 5 parts and 2 images differed" in drafted(capsys, "--listing")
    assert center.item("Listing")["title"] == "Acme app"
    assert center.item("Listing")["description"].startswith("<p>Say first")
    assert center.item("Listing", "standard")["title"] == "Standard"
    assert [one["state"] for one in center.item("Availability", "standard")["marketStates"]] == ["Disabled", "Enabled"]
    assert center.configuration()["allowedCustomerActions"] == ["Microsoft.Compute/*;Microsoft.Web/*"]
    assert center.configuration()["publicAzureAuthorizations"] == [
        {"principalID": tenant, "roleDefinitionID": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"}
    ]
    assert {one["type"] for one in center.images.values()} == {"AzureLogoLarge", "AzureLogoScreenshot"}
    assert "listing: 0 of 5 parts and 0 images differed" in drafted(capsys, "--listing")
    (folder / "marketplace/acme-app/listing/logo.png").write_bytes(b"other")
    assert "0 of 5 parts and 1 images differed" in drafted(capsys, "--listing")
    assert len(center.images) == 2
    assert center.violations == []


def test_several_plans_go_in_one_run(folder, center, capsys):
    center.add_variant("small")
    text = (folder / OFFER).read_text(encoding="utf-8")
    plan = text[text.index("  - id: standard") :]
    (folder / OFFER).write_text(text + plan.replace("id: standard", "id: small"), encoding="utf-8")
    assert run(["build", OFFER, *DAY, "-q", "--fail-on", "never"]) == 0
    capsys.readouterr()
    drafted(capsys)
    assert [center.configuration(plan)["version"] for plan in ("standard", "small")] == ["1.0.0", "1.0.0"]
    assert publish(capsys, "preview", OFFER, "--wait")[0] == 0
    (submission,) = center.submissions
    assert publish(capsys, "live", OFFER, "--wait")[:2] == (0, f"submission {submission}: Published\n")
    assert (
        center.bodies[-1]["variantResources"][1]["variantID"] != center.bodies[-1]["variantResources"][0]["variantID"]
    )
    rebuilt(folder, capsys, "1.0.1")
    assert publish(capsys, "draft", OFFER, *DAY, "--plan", "small")[0] == 0
    assert [center.configuration(plan)["version"] for plan in ("standard", "small")] == ["1.0.0", "1.0.1"]


def test_a_new_offer_and_a_new_plan_are_made_when_that_is_asked(folder, center, capsys):
    center.products.clear()
    center.variants.clear()
    code, _, err = publish(capsys, "draft", OFFER, *DAY)
    assert (code, "there is no offer 'acme-app' in Partner Center" in err) == (2, True)
    code, out, err = publish(capsys, "draft", OFFER, *DAY, "--create", "--dry-run")
    assert (code, '"isModularPublishing": true' in out, "needs the id of the new offer" in err) == (0, True, True)
    assert center.products == {}
    drafted(capsys, "--create")
    assert [one["externalID"] for one in center.variants.values()] == ["standard"]
    assert center.violations == []


def test_a_plan_that_partner_center_does_not_have(folder, center, capsys):
    next(iter(center.variants.values()))["externalID"] = "standart"
    code, _, err = publish(capsys, "draft", OFFER, *DAY)
    assert code == 2
    assert "no plan 'standard' in Partner Center; did you mean 'standart'?" in err


def test_a_dry_run_reads_and_shows_and_sends_nothing(folder, center, capsys):
    code, out, err = publish(capsys, "draft", OFFER, *DAY, "--dry-run", "--listing")
    assert code == 0, err
    assert all(one.startswith("GET") for one in center.faults.log)
    assert f"POST {center.base}/products/" in out
    assert '"packageReferences"' in out
    assert "If-Match: " in out
    assert not (folder / STATE).exists()
    drafted(capsys)
    code, out, _ = publish(capsys, "preview", OFFER, "--dry-run")
    assert (code, '"resourceType": "SubmissionCreationRequest"' in out) == (0, True)
    assert center.submissions == {}


def test_what_is_not_what_was_built_is_not_sent(folder, center, capsys):
    with (folder / ZIP).open("ab") as stream:
        stream.write(b"more")
    code, _, err = publish(capsys, "draft", OFFER, *DAY)
    assert (code, "is not what was built" in err) == (1, True)
    (folder / ZIP).unlink()
    assert publish(capsys, "draft", OFFER, *DAY)[0] == 2
    assert publish(capsys, "draft", "no.yaml")[0] == 2
    assert publish(capsys, "draft", "dist")[0] == 2
    assert center.faults.log == []


def test_errors_are_not_sent_unless_they_are_named(folder, center, capsys):
    entries = open_zip(ZIP).entries
    contents = {name: entry.read() for name, entry in entries.items()}
    contents["mainTemplate.json"] = contents["mainTemplate.json"].replace(b"\"[parameters('location')]\"", b'"eastus"')
    archive = write_archive(folder / ZIP, {name: (lambda data=data: data) for name, data in contents.items()})
    record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    record["archive"] |= {"bytes": archive.bytes, "sha256": archive.sha256}
    record["entries"] = [{"name": one.name, "bytes": one.bytes, "sha256": one.sha256} for one in archive.entries]
    (folder / RECORD).write_text(json.dumps(record), encoding="utf-8")
    code, _, err = publish(capsys, "draft", OFFER, *DAY)
    assert code == 1
    names = re.search(r"--allow-findings (\S+)", err)[1]
    assert "location-hardcoded" in names
    assert publish(capsys, "draft", OFFER, *DAY, "--allow-findings", "no-such-rule")[0] == 2
    drafted(capsys, "--allow-findings", names)


def test_a_package_that_is_refused_says_why(folder, center, capsys):
    def broken(*arguments, **more):
        status, package = original(center, *arguments, **more)
        if package["state"] == "Processed":
            package |= {"state": "ProcessFailed", "validationItems": [{"errorCode": "Bad", "message": "no good"}]}
        return status, package

    original = type(center).get_package
    center.route(r"/products/([\w-]+)/packages/([\w-]+)", "GET", broken)
    code, _, err = publish(capsys, "draft", OFFER, *DAY)
    assert code == 4
    assert "Partner Center refuses the package acme-app-standard-1.0.0.zip: Bad: no good\n" in err
    assert "hint: mend the package, let its version grow, and build it again" in err


def test_certification_findings_are_told_as_findings(folder, center, capsys):
    center.certification = "FailedInCertification"
    center.findings = [
        {
            "errorCode": "300.4.1",
            "severity": "Error",
            "message": "it does not open",
            "resource": "createUiDefinition",
        },
        {"errorCode": "100.1", "severity": "Warning", "message": "the logo is pale", "resource": ""},
    ]
    drafted(capsys)
    code, _, err = publish(capsys, "preview", OFFER, "--wait")
    assert (code, "was refused (FailedInCertification): certification found errors" in err) == (4, True)
    code, out, err = publish(capsys, "status", OFFER)
    assert code == 4
    assert "error certification[300.4.1] it does not open (createUiDefinition)" in out
    assert "warning certification[100.1] the logo is pale" in out
    assert "error certification[report] the certification report of 2026-11-24T10:00:00Z says: Failed" in out
    code, out, _ = publish(capsys, "status", OFFER, "--format", "json")
    assert (code, json.loads(out)["summary"]["error"]) == (4, 2)
    center.certification = "ReadyToPublish"
    rebuilt(folder, capsys, "1.0.1")
    drafted(capsys)
    assert publish(capsys, "preview", OFFER, "--wait")[0] == 0


def test_programs_get_a_report_when_the_service_says_no(folder, center, capsys):
    address = ("--service", "http://127.0.0.1:9/v1.0", "--attempts", "1")
    code, out, err = publish(capsys, "status", OFFER, "--format", "json", *address)
    (finding,) = json.loads(out)["findings"]
    assert (code, finding["rule"], finding["severity"], finding["path"]) == (4, "publish-failed", "error", OFFER)
    assert finding["message"] in err
    code, out, err = publish(capsys, "plan", OFFER, "--format", "json", *address)
    found = json.loads(out)
    assert (code, found["schema"], found["plans"], found["listing"]) == (4, 1, [], [])
    assert found["error"] in err
    code, out, err = publish(capsys, "status", "absent/offer.yaml", "--format", "json")
    assert (code, json.loads(out)["summary"]["error"]) == (2, 1)
    assert publish(capsys, "status", OFFER, *address)[1] == ""


def test_cancel_takes_the_submission_back(folder, center, capsys):
    drafted(capsys)
    assert publish(capsys, "status", OFFER)[1] == "nothing was submitted yet\n"
    assert publish(capsys, "live", OFFER)[0] == 1
    assert publish(capsys, "preview", OFFER)[0] == 0
    code, _, err = publish(capsys, "live", OFFER)
    assert (code, "is not in preview yet" in err) == (1, True)
    assert publish(capsys, "cancel", OFFER)[1].endswith(": cancelled\n")
    assert center.submissions == {}
    assert publish(capsys, "cancel", OFFER)[1] == "no submission is under way\n"
    assert publish(capsys, "preview", OFFER, "--wait")[0] == 0


def test_preview_needs_the_draft(folder, center, capsys):
    code, _, err = publish(capsys, "preview", OFFER)
    assert code == 1
    assert err == (
        "packager: the draft of plan 'standard' does not have this package (its version is 0.9.0)\n"
        "  hint: packager publish draft comes first\n"
    )


def test_somebody_elses_change_is_read_once_more(folder, center, capsys):
    original = type(center).put_item
    turns = []

    def touched(*arguments, **more):
        if not turns:
            turns.append(center._touch())
        return original(center, *arguments, **more)

    center.route(r"/products/([\w-]+)/(packageconfigurations)/([\w-]+)", "PUT", touched)
    drafted(capsys)
    assert center.configuration()["version"] == "1.0.0"


def test_a_refusal_is_told_in_the_words_of_the_service(folder, center, capsys):
    error = load_refused(center)(403, "Forbidden", "the role Developer is not enough")

    def forbidden(*arguments, **more):
        raise error

    center.route(r"/products/([\w-]+)/variants", "GET", forbidden)
    code, _, err = publish(capsys, "draft", OFFER, *DAY)
    assert code == 4
    assert re.fullmatch(
        r"packager: GET http://127\.0\.0\.1:\d+/v1\.0/ingestion/products/product-\d+/variants: "
        r"403 Forbidden: the role Developer is not enough \(request request-\d+\)\n"
        r"  hint: the identity needs the role Manager in Partner Center: Account settings, User management\n",
        err.partition("\n")[2] if err.startswith("packager: offer") else err,
    ), err


def load_refused(center):
    return type(center).refused


@pytest.mark.parametrize(
    "address", ["http://partner.test/v1.0", "ftp://127.0.0.1/", "partner.test", "http://127.0.0.1@evil.test/"]
)
def test_a_token_is_sent_to_https_or_this_machine_only(folder, azure, capsys, address):
    code, _, err = publish(capsys, "live", OFFER, "--service", address)
    assert (code, "is no address to send a token to" in err) == (2, True)


def test_no_secret_is_shown_or_kept(folder, center, capsys):
    said = []
    for arguments in (
        ("plan", OFFER, "--listing"),
        ("draft", OFFER, *DAY, "--listing", "--dry-run"),
        ("draft", OFFER, *DAY, "--listing"),
        ("preview", OFFER, "--wait"),
        ("status", OFFER),
        ("live", OFFER, "--wait"),
    ):
        code, out, err = publish(capsys, *arguments)
        assert code == 0, err
        said += [out, err]
    center.storage.signatures.clear()
    rebuilt(folder, capsys, "1.0.1")
    code, out, err = publish(capsys, "draft", OFFER, *DAY)
    assert (code, "the storage refuses the address: AuthenticationFailed" in err) == (4, True), err
    said += [out, err]
    said += [path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.suffix in {".json", ".lock"}]
    for secret in (*center.identity.issued, type(center.storage).signature, "header-secret"):
        assert not any(secret in text for text in said)


def test_two_runs_at_once_are_refused(folder, center, capsys):
    fcntl = pytest.importorskip("fcntl", reason="files are locked on POSIX only")
    (folder / "dist/acme-app.publish.lock").touch()
    with (folder / "dist/acme-app.publish.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        code, _, err = publish(capsys, "draft", OFFER, *DAY)
    assert (code, "another packager publish works on this offer" in err) == (2, True)
    drafted(capsys)


def test_a_state_of_another_service_or_of_nothing_is_refused(folder, center, capsys):
    drafted(capsys)
    text = (folder / STATE).read_text(encoding="utf-8")
    (folder / STATE).write_text(text.replace(center.base, "https://elsewhere.test"), encoding="utf-8")
    code, _, err = publish(capsys, "live", OFFER)
    assert (code, "is the state of https://elsewhere.test" in err) == (2, True)
    for broken in (
        "[1",
        "[]",
        '{"schema": 9}',
        '{"plans": [1]}',
        '{"plans": {"a": 1}}',
        '{"submission": 3}',
        '{"plans": {"a": {"package": 1}}}',
    ):
        (folder / STATE).write_text(broken, encoding="utf-8")
        code, _, err = publish(capsys, "live", OFFER)
        assert (code, "is no state of packager publish" in err) == (1, True)


def test_without_the_azure_libraries(folder, monkeypatch, capsys):
    for name in ("azure.cli.core", "requests"):
        monkeypatch.setitem(sys.modules, name, None)
    code, _, err = publish(capsys, "draft", OFFER, *DAY, "--credential", "managed-identity")
    assert code == 2
    assert err == (
        "packager: publishing needs the Azure libraries, which are not installed\n"
        "  hint: pip install 'azure-marketplace-packager[azure]'\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["reset", "reset after", "503", "timeout after", "stale", "expired", "malformed"])
def test_whatever_goes_wrong_with_the_listing_it_is_there_once(kind, folder, center, capsys):
    center.page_size = 100
    before = {name: item["value"] for name, item in center.items.items()}
    drafted(capsys, "--listing", "--dry-run")
    assert publish(capsys, "draft", OFFER, *DAY, "--listing")[0] == 0
    # The writes of the listing: three texts or properties, and twice announce, upload and confirm a picture.
    log = list(center.faults.log)
    writes = [number for number, one in enumerate(log) if not one.startswith("GET")]
    writes = [number for number in writes if "packages" not in log[number]][:9]
    assert [log[number].split()[0] for number in writes] == ["PUT"] * 3 + ["POST", "PUT", "PUT"] * 2
    started = next(number for number, one in enumerate(log) if one == "GET /products" and number > 0)
    for number in writes:
        for name, value in before.items():
            center.items[name]["value"] = center._with_etag(value)
        center.images.clear()
        (folder / STATE).unlink()
        center.faults.arm(number - started, kind)
        publish(capsys, "draft", OFFER, *DAY, "--listing")
        center.faults.at = None
        assert center.faults.log[number - started] == log[number]
        assert publish(capsys, "draft", OFFER, *DAY, "--listing")[0] == 0
        assert sorted((one["type"], one["state"]) for one in center.images.values()) == [
            ("AzureLogoLarge", "Uploaded"),
            ("AzureLogoScreenshot", "Uploaded"),
        ]
        assert (center.item("Listing")["title"], center.item("Listing", "standard")["title"]) == (
            "Acme app",
            "Standard",
        )
        assert center.violations == []
