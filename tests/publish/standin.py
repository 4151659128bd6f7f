"""Servers on loopback that stand in for those of Microsoft: Partner Center, a storage account, a managed identity.

Partner Center is the documented state machine of the Ingestion API, strictly: what is not documented is refused and
noted as a violation. Answers have one item a page, etags change with every write, one submission runs at a time.
"""

import contextlib
import itertools
import json
import re
import socket
import struct
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.sax.saxutils import escape

SIGNATURE = "c2lnbmF0dXJlLW9mLXRoZS1zdGFuZC1pbg"
MODULES = ("Listing", "Property", "Package", "Availability")


class Refused(Exception):
    def __init__(self, status, code, message):
        super().__init__(message)
        self.status = status
        self.body = {"error": {"code": code, "message": message}}


class Server(ThreadingHTTPServer):
    """A server on a port of its own; `absent` takes it off the network for a while."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, handler):
        super().__init__(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self._stopped = False
        self._serve()

    def _serve(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def handle_error(self, request, client_address):
        pass  # a client that goes away is what many tests are about

    def absent(self, seconds):
        """Refuse connections for a while."""
        self.shutdown()
        self.socket.close()
        threading.Thread(target=self._back, args=(seconds,), daemon=True).start()

    def _back(self, seconds):
        time.sleep(seconds)
        if not self._stopped:
            self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.server_bind()
            self.server_activate()
            self._serve()

    def stop(self):
        self._stopped = True
        self.shutdown()
        self.server_close()


def handler(answer):
    """A request handler whose requests are answered by `answer(handler, method, path, body)`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet: the second one would wait for an acknowledgement

        def log_message(self, *arguments):
            pass

        def handle_any(self):
            length = int(self.headers.get("Content-Length") or 0)
            answer(self, self.command, self.path, self.rfile.read(length))

        do_GET = handle_any  # noqa: N815  (the library calls these)
        do_PUT = do_POST = do_DELETE = do_HEAD = handle_any  # noqa: N815

        def reply(self, status, body=b"", content_type="application/json", **headers):
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(data)

        def reset(self):
            """Cut the connection, as a broken network does."""
            with contextlib.suppress(OSError):
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            self.close_connection = True

    return Handler


class Identity:
    """Issues tokens as the managed identity of an App Service does."""

    def __init__(self):
        self.issued = []
        self.server = Server(handler(self._answer))

    def _answer(self, http, method, path, body):
        query = parse_qs(urlsplit(path).query)
        if http.headers.get("X-IDENTITY-HEADER") != "header-secret" or "resource" not in query:
            http.reply(400, {"error": "invalid_request"})
            return
        token = f"token-{uuid.uuid4().hex}"
        self.issued.append(token)
        expires = int(time.time()) + 3600
        http.reply(
            200,
            {
                "access_token": token,
                "expires_on": str(expires),
                "resource": query["resource"][0],
                "token_type": "Bearer",
            },
        )

    def accepts(self, http):
        return http.headers.get("Authorization", "") in {f"Bearer {token}" for token in self.issued}

    def environment(self):
        return {"IDENTITY_ENDPOINT": f"{self.server.url}/msi/token", "IDENTITY_HEADER": "header-secret"}


class Storage:
    """Block blobs by signed address; `faults` are those of Partner Center."""

    signature = SIGNATURE

    def __init__(self, faults):
        self.faults = faults
        self.blobs = {}
        self.blocks = {}
        self.signatures = {SIGNATURE}
        self.server = Server(handler(self._answer))

    def address(self, name):
        return f"{self.server.url}/container/{name}?sv=2024-01-01&sr=b&sp=rcw&sig={SIGNATURE}"

    def _answer(self, http, method, path, body):
        parts = urlsplit(path)
        query = parse_qs(parts.query)
        self.faults.around(
            http,
            method,
            f"blob {query.get('comp', ['blob'])[0]}",
            lambda: self._act(http, method, parts.path, query, body),
        )

    def _act(self, http, method, path, query, body):
        name = path.rpartition("/")[2]
        if query.get("sig", [""])[0] not in self.signatures:
            return 403, _storage_error("AuthenticationFailed", "Signature did not match"), "application/xml"
        blocks = self.blocks.setdefault(name, {})
        comp = query.get("comp", [""])[0]
        if method == "PUT" and comp == "block":
            blocks[unquote(query["blockid"][0])] = body
            return 201, b"", "application/xml"
        if method == "PUT" and comp == "blocklist":
            wanted = re.findall(rb"<(?:Latest|Uncommitted|Committed)>([^<]*)<", body)
            try:
                self.blobs[name] = b"".join(blocks[one.decode()] for one in wanted)
            except KeyError:
                return 400, _storage_error("InvalidBlockList", "The block list is invalid"), "application/xml"
            self.blocks[name] = {}
            return 201, b"", "application/xml"
        if method == "GET" and comp == "blocklist":
            if name not in self.blobs and not blocks:
                return 404, _storage_error("BlobNotFound", "The blob does not exist"), "application/xml"
            items = "".join(
                f"<Block><Name>{escape(one)}</Name><Size>{len(data)}</Size></Block>" for one, data in blocks.items()
            )
            xml = f'<?xml version="1.0"?><BlockList><UncommittedBlocks>{items}</UncommittedBlocks></BlockList>'
            return 200, xml.encode(), "application/xml"
        if method == "PUT" and not comp:
            self.blobs[name] = body
            return 201, b"", "application/xml"
        return 405, _storage_error("UnsupportedHttpVerb", "not here"), "application/xml"


def _storage_error(code, message):
    return f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>{message}</Message></Error>'.encode()


class Faults:
    """Counts requests and lets one of them go wrong. `at` is its number, `kind` how."""

    def __init__(self):
        self.log = []
        self.at = None
        self.kind = None
        self.on_kill = lambda: None
        self.servers = []
        self.lock = threading.RLock()
        self.before = []

    def arm(self, at, kind):
        self.log.clear()
        self.at, self.kind = at, kind
        if kind == "refused" and at == 0:
            self._absent()

    def around(self, http, method, name, act):
        with self.lock:
            number = len(self.log)
            self.log.append(f"{method} {name}")
            kind = self.kind if number == self.at else None
            if kind in {"reset", "timeout", "kill"}:
                pass
            elif kind in {"429", "500", "503"}:
                status, body, content_type = int(kind), _fault_body(name, kind), "application/json"
            else:
                for hook in self.before if kind == "stale" else ():
                    hook()
                status, body, content_type = act()
        if kind == "kill":
            self.on_kill()
            return http.reset()
        if kind == "kill after":
            self.on_kill()
            return http.reset()
        if kind in {"reset", "reset after"}:
            return http.reset()
        if kind in {"timeout", "timeout after"}:
            time.sleep(0.5)
            return http.reset()
        if kind == "malformed":
            body, status = b'{"id": ', 200
        if kind == "429":
            return http.reply(status, body, content_type, Retry_After="0")
        if kind is None and self.kind == "refused" and number + 1 == self.at:
            self._absent()
            http.close_connection = True
        return http.reply(status, body, content_type, Request_ID=f"request-{number}")

    def _absent(self):
        for server in self.servers:
            server.absent(0.12)


def _fault_body(name, kind):
    return {"error": {"code": "Fault", "message": f"injected {kind}"}}


class PartnerCenter:
    """The Ingestion API. `certification` is what becomes of the next submission: ReadyToPublish or a failure."""

    refused = Refused

    def __init__(self, offer="acme-app", plans=("standard",)):
        self.identity = Identity()
        self.faults = Faults()
        self.storage = Storage(self.faults)
        self.violations = []
        self.numbers = itertools.count(1)
        self.products, self.variants, self.branches = {}, {}, {}
        self.items, self.packages, self.submissions, self.images = {}, {}, {}, {}
        self.processing = {}
        self.certification = "ReadyToPublish"
        self.findings = []
        self.page_size = 1
        self.bodies = []
        self.routes = list(ROUTES)
        self.server = Server(handler(self._answer))
        self.faults.servers = [self.server, self.storage.server]
        self.faults.before = [self._touch]
        self.base = f"{self.server.url}/v1.0/ingestion"
        if offer:
            self.add_product(offer)
            for plan in plans:
                self.add_variant(plan)

    def stop(self):
        for server in (self.server, self.storage.server, self.identity.server):
            server.stop()

    def route(self, pattern, method, answer):
        """Answer one kind of request in another way from now on."""
        self.routes.insert(0, (pattern, {method: lambda _, *arguments, **more: answer(*arguments, **more)}))

    # What there is.

    def add_product(self, offer):
        identity = self._new("product")
        self.products[identity] = {
            "resourceType": "AzureApplication",
            "id": identity,
            "name": offer,
            "externalIDs": [{"type": "AzureOfferId", "value": offer}],
        }
        self._add_instances(None)
        return self.products[identity]

    def add_variant(self, plan, kind="managed-application"):
        identity = self._new("variant")
        self.variants[identity] = self._with_etag(
            {
                "resourceType": "AzureSkuVariant",
                "state": "Active",
                "friendlyName": plan,
                "externalID": plan,
                "subType": kind,
                "id": identity,
            }
        )
        self._add_instances(identity)
        return self.variants[identity]

    def _add_instances(self, variant):
        for module in MODULES:
            instance = self._new("instance")
            branch = {
                "resourceType": "Branch",
                "friendlyName": "Main",
                "type": "Main",
                "module": module,
                "currentDraftInstanceID": instance,
            }
            self.branches[instance] = branch | ({"variantID": variant} if variant else {})
            item = {"id": self._new(module.lower()), "instance": instance, "module": module, "variant": variant}
            kinds = {
                "Listing": "AzureListing",
                "Property": "AzureProperty",
                "Availability": "FeatureAvailability" if variant else "ProductAvailability",
            }
            item["value"] = {"resourceType": kinds.get(module), "somethingNew": {"kept": [1, 2, 3]}, "id": item["id"]}
            if module == "Package":
                kind = (
                    "AzureManagedApplicationPackageConfiguration" if variant else "AzureApplicationPackageConfiguration"
                )
                item["value"] |= {"resourceType": kind}
                if variant:
                    item["value"] |= {
                        "version": "0.9.0",
                        "packageReferences": [],
                        "allowJitAccess": False,
                        "publisherManagementMode": "Managed",
                        "customerAccessEnableState": "Enabled",
                    }
            if module == "Availability" and variant:
                item["value"] |= {
                    "visibility": "Public",
                    "marketStates": [
                        {"marketCode": "US", "state": "Enabled"},
                        {"marketCode": "FR", "state": "Disabled"},
                    ],
                    "priceSchedules": [],
                }
            item["value"] = self._with_etag(item["value"])
            self.items[item["id"]] = item

    def configuration(self, plan="standard"):
        variant = next(one["id"] for one in self.variants.values() if one["externalID"] == plan)
        return next(
            item["value"] for item in self.items.values() if item["module"] == "Package" and item["variant"] == variant
        )

    def item(self, module, plan=None):
        variant = next((one["id"] for one in self.variants.values() if one["externalID"] == plan), None)
        return next(
            item["value"] for item in self.items.values() if item["module"] == module and item["variant"] == variant
        )

    def _new(self, kind):
        return f"{kind}-{next(self.numbers):04d}"

    def _with_etag(self, value):
        return {**value, "@odata.etag": f'"{uuid.uuid4()}"'}

    def _touch(self):
        """Somebody else writes everything once more."""
        for item in self.items.values():
            item["value"] = self._with_etag(item["value"])

    # Requests.

    def _answer(self, http, method, path, body):
        parts = urlsplit(path)
        name = re.sub(r"[a-z]+-\d{4}", "ID", parts.path.removeprefix("/v1.0/ingestion"))

        def act():
            try:
                if self.faults.kind == "expired" and len(self.faults.log) - 1 == self.faults.at:
                    self.identity.issued.clear()
                if not self.identity.accepts(http):
                    raise Refused(401, "Unauthorized", "the token is not valid")
                value = json.loads(body) if body else None
                status, answer = self._route(http, method, parts, value)
                return status, b"" if answer is None else json.dumps(answer).encode(), "application/json"
            except Refused as refusal:
                return refusal.status, json.dumps(refusal.body).encode(), "application/json"

        self.faults.around(http, method, name, act)

    def _route(self, http, method, parts, body):
        path = parts.path.removeprefix("/v1.0/ingestion")
        query = parse_qs(parts.query)
        for pattern, methods in self.routes:
            match = re.fullmatch(pattern, path)
            if match and method in methods:
                return methods[method](self, *match.groups(), query=query, body=body, http=http)
        self.violations.append(f"{method} {path}")
        raise Refused(404, "NotFound", f"{method} {path} is not documented")

    def _page(self, http, items, query):
        """One item a page, as the service may do, or as many as `page_size` says."""
        start = int(query.get("$skipToken", ["0"])[0])
        answer = {"value": items[start : start + self.page_size]}
        if start + self.page_size < len(items):
            link = [f"$skipToken={start + self.page_size}"] + [
                f"{name}={quote(values[0])}" for name, values in query.items() if name != "$skipToken"
            ]
            answer["nextLink"] = f"{urlsplit(http.path).path.lstrip('/')}?{'&'.join(link)}"
        return 200, answer

    def _check(self, condition, message):
        if not condition:
            self.violations.append(message)
            raise Refused(400, "BadRequest", message)

    def _product(self, identity):
        if identity not in self.products:
            raise Refused(404, "NotFound", f"no product {identity}")

    def list_products(self, *, query, http, **_):
        wanted = re.fullmatch(
            r"externalIDs/Any\(i:i/type eq 'AzureOfferId' and i/value eq '([^']+)'\)", query.get("$filter", [""])[0]
        )
        self._check(wanted, "the filter is not the documented one")
        found = [one for one in self.products.values() if one["name"] == wanted[1]]
        return self._page(http, found, query)

    def create_product(self, *, body, **_):
        self._check(body.get("resourceType") == "AzureApplication", "resourceType")
        self._check(body.get("isModularPublishing") is True, "isModularPublishing")
        (external,) = body["externalIDs"]
        if any(one["name"] == external["value"] for one in self.products.values()):
            raise Refused(409, "Conflict", "the offer exists")
        return 201, self.add_product(external["value"])

    def by_module(self, product, module, *, query, http, **_):
        self._product(product)
        self._check(module in MODULES, f"module {module}")
        return self._page(http, [one for one in self.branches.values() if one["module"] == module], query)

    def list_variants(self, product, *, query, http, **_):
        self._product(product)
        extra = [{"resourceType": "AzureTestDriveVariant", "id": "testdrive"}]
        return self._page(http, [*extra, *self.variants.values()], query)

    def create_variant(self, product, *, body, **_):
        self._product(product)
        self._check(body.get("resourceType") == "AzureSkuVariant", "resourceType")
        self._check(body.get("SubType") in {"managed-application", "solution-template"}, "SubType")
        if any(one["externalID"] == body["externalID"] for one in self.variants.values()):
            raise Refused(409, "Conflict", "the plan exists")
        return 201, self.add_variant(body["externalID"], body["SubType"])

    def by_instance(self, product, module, instance, *, query, http, **_):
        self._product(product)
        names = {
            "listings": "Listing",
            "properties": "Property",
            "packageConfigurations": "Package",
            "productAvailabilities": "Availability",
            "featureAvailabilities": "Availability",
        }
        found = [
            one["value"]
            for one in self.items.values()
            if one["instance"] == instance and one["module"] == names[module]
        ]
        if not found:
            raise Refused(404, "NotFound", f"no instance {instance}")
        if module == "featureAvailabilities":
            self._check(query.get("$expand") == ["MarketStates,Trial,PriceSchedules"], "$expand")
        return self._page(http, found, {})

    def put_item(self, product, collection, identity, *, body, http, **_):
        self._product(product)
        item = self.items.get(identity)
        if item is None:
            raise Refused(404, "NotFound", f"no item {identity}")
        self._precondition(http, item["value"])
        self._check(body.get("id") == identity, "id")
        self._check(body.get("resourceType") == item["value"]["resourceType"], "resourceType")
        self._check(body.get("somethingNew") == item["value"]["somethingNew"], "an unknown field was lost")
        if any(one["state"] == "InProgress" for one in self.submissions.values()):
            raise Refused(409, "Conflict", "a submission is in progress")
        for reference in body.get("packageReferences") or ():
            package = self.packages.get(reference["value"])
            if package is None or package["state"] != "Processed":
                raise Refused(400, "BadRequest", f"package {reference['value']} is not processed")
        item["value"] = self._with_etag({name: value for name, value in body.items() if name != "@odata.etag"})
        return 200, item["value"]

    def _precondition(self, http, value):
        given = http.headers.get("If-Match")
        self._check(given, "If-Match is missing")
        if given != value["@odata.etag"]:
            raise Refused(412, "PreconditionFailed", "the item has changed")

    def list_packages(self, product, *, query, http, **_):
        self._product(product)
        return self._page(http, [self._public(one) for one in self.packages.values()], query)

    def create_package(self, product, *, body, **_):
        self._product(product)
        self._check(
            set(body) == {"resourceType", "fileName"} and body["resourceType"] == "AzureApplicationPackage", "package"
        )
        identity = self._new("package")
        self.packages[identity] = self._with_etag(
            {**body, "id": identity, "state": "PendingUpload", "fileSasUri": self.storage.address(identity)}
        )
        return 201, self.packages[identity]

    def _public(self, package):
        return {name: value for name, value in package.items() if name != "fileSasUri"}

    def _found(self, kind, identity):
        found = getattr(self, kind).get(identity)
        if found is None:
            raise Refused(404, "NotFound", f"no {identity} in {kind}")
        return found

    def get_package(self, product, identity, **_):
        package = self._found("packages", identity)
        if package["state"] == "Processing":
            self.processing[identity] -= 1
            if self.processing[identity] <= 0:
                whole = self.storage.blobs.get(identity, b"").startswith(b"PK")
                package["state"] = "Processed" if whole else "ProcessFailed"
                if not whole:
                    package["validationItems"] = [
                        {
                            "errorCode": "NoZip",
                            "severity": "Error",
                            "message": "the file is no zip",
                            "resource": package["fileName"],
                        }
                    ]
        return 200, package

    def put_package(self, product, identity, *, body, **_):
        package = self._found("packages", identity)
        self._check(body.get("id") == identity and body.get("fileName") == package["fileName"], "package")
        self._check(body.get("state") == "Uploaded", "state")
        self._check(identity in self.storage.blobs, "nothing was uploaded")
        if package["state"] == "PendingUpload":
            package["state"] = "Processing"
            self.processing[identity] = 2
        return 200, package

    def list_submissions(self, product, *, query, http, **_):
        self._product(product)
        return self._page(http, list(self.submissions.values()), query)

    def create_submission(self, product, *, body, **_):
        self._product(product)
        self._check(body.get("resourceType") == "SubmissionCreationRequest", "resourceType")
        self._check(body.get("targets") == [{"type": "Scope", "value": "preview"}], "targets")
        self._check(body["publishOption"]["isAutoPromote"] is False, "publishOption")
        self._resources(body["resources"], None, {"Availability", "Property", "Package", "Listing"}, product)
        self._check(body["variantResources"], "variantResources")
        for one in body["variantResources"]:
            self._resources(one["resources"], one["variantID"], {"Availability", "Package", "Listing"}, product)
        if any(one["state"] == "InProgress" for one in self.submissions.values()):
            raise Refused(409, "Conflict", "a submission is in progress")
        self.bodies.append(body)
        identity = self._new("submission")
        self.submissions[identity] = {
            "resourceType": "Submission",
            "id": identity,
            "state": "InProgress",
            "substate": "InDraft",
            "pendingUpdateInfo": {"updateType": "Create", "status": "Running"},
        }
        return 201, self.submissions[identity]

    def _resources(self, resources, variant, wanted, product):
        found = set()
        for one in resources:
            if one["type"] == "ResellerConfiguration":
                self._check(one["value"] == f"{product}-ResellerInstance", "reseller")
                continue
            branch = self.branches.get(one["value"])
            self._check(
                branch and branch["module"] == one["type"] and branch.get("variantID") == variant, f"resource {one}"
            )
            found.add(one["type"])
        self._check(found == wanted, f"resources {sorted(found)}")

    def get_submission(self, product, identity, **_):
        found = self._found("submissions", identity)
        following = {"InDraft": "Submitted", "Submitted": self.certification, "Publishing": "Published"}
        before = dict(found)
        if found["substate"] in following:
            found["substate"] = following[found["substate"]]
            if found["substate"] == "Published":
                found["state"] = "Published"
            if found["substate"].startswith("Failed"):
                found["state"] = "Failed"
                found["pendingUpdateInfo"] = {"status": "Failed", "failureReason": "certification found errors"}
        return 200, before

    def delete_submission(self, product, identity, **_):
        found = self._found("submissions", identity)
        if found["state"] != "InProgress" or found["substate"] == "Publishing":
            raise Refused(409, "Conflict", "it cannot be cancelled any more")
        del self.submissions[identity]
        return 204, None

    def promote(self, product, identity, *, body, **_):
        found = self._found("submissions", identity)
        if found["substate"] != "ReadyToPublish":
            raise Refused(409, "Conflict", f"the submission is {found['substate']}")
        found["substate"] = "Publishing"
        return 202, None

    def about_submission(self, product, identity, what, *, query, http, **_):
        self._found("submissions", identity)
        state = self.submissions[identity]["substate"]
        answers = {
            "workflowdetails": [
                {
                    "type": "Publish",
                    "state": "InProgress",
                    "workflowSteps": [
                        {"name": "Automated validation", "state": "Completed"},
                        {"name": "Certification", "state": "InProgress" if state != "Published" else "Completed"},
                    ],
                }
            ],
            "validations": self.findings,
            "reports": [
                {
                    "reportTimeInUtc": "2026-11-24T10:00:00Z",
                    "status": "Failed",
                    "fileUri": self.storage.address("report"),
                }
            ]
            if self.findings
            else [],
        }
        return self._page(http, answers[what], query)

    def list_images(self, product, listing, *, query, http, **_):
        found = [one for one in self.images.values() if one["listing"] == listing]
        return self._page(http, [self._image(one) for one in found], query)

    def _image(self, image, *, sas=False):
        return {name: value for name, value in image.items() if name != "listing" and (sas or name != "fileSasUri")}

    def create_image(self, product, listing, *, body, **_):
        self._check(body.get("resourceType") == "ListingImage" and body.get("state") == "PendingUpload", "image")
        identity = self._new("image")
        self.images[identity] = self._with_etag(
            {**body, "id": identity, "listing": listing, "fileSasUri": self.storage.address(identity)}
        )
        return 201, self._image(self.images[identity], sas=True)

    def get_image(self, product, listing, identity, *, query, **_):
        return 200, self._image(self._found("images", identity), sas=query.get("$expand") == ["FileSasUri"])

    def put_image(self, product, listing, identity, *, body, http, **_):
        image = self._found("images", identity)
        self._precondition(http, image)
        self._check(body.get("state") == "Uploaded" and identity in self.storage.blobs, "image")
        self.images[identity] = self._with_etag({**image, "state": "Uploaded"})
        return 200, self._image(self.images[identity])

    def delete_image(self, product, listing, identity, **_):
        self._found("images", identity)
        del self.images[identity]
        return 204, None


P = PartnerCenter
ROUTES = [
    (r"/products", {"GET": P.list_products, "POST": P.create_product}),
    (r"/products/([\w-]+)/branches/getByModule\(module=(\w+)\)", {"GET": P.by_module}),
    (r"/products/([\w-]+)/variants", {"GET": P.list_variants, "POST": P.create_variant}),
    (
        r"/products/([\w-]+)/(listings|properties|packageConfigurations|productAvailabilities|featureAvailabilities)/getByInstanceID\(instanceID=([\w-]+)\)",
        {"GET": P.by_instance},
    ),
    (
        r"/products/([\w-]+)/(listings|properties|packageconfigurations|productavailabilities|featureavailabilities)/([\w-]+)",
        {"PUT": P.put_item},
    ),
    (r"/products/([\w-]+)/packages", {"GET": P.list_packages, "POST": P.create_package}),
    (r"/products/([\w-]+)/packages/([\w-]+)", {"GET": P.get_package, "PUT": P.put_package}),
    (r"/products/([\w-]+)/submissions", {"GET": P.list_submissions, "POST": P.create_submission}),
    (r"/products/([\w-]+)/submissions/([\w-]+)", {"GET": P.get_submission, "DELETE": P.delete_submission}),
    (r"/products/([\w-]+)/submissions/([\w-]+)/promote", {"POST": P.promote}),
    (r"/products/([\w-]+)/submissions/([\w-]+)/(reports|validations|workflowdetails)", {"GET": P.about_submission}),
    (r"/products/([\w-]+)/listings/([\w-]+)/images", {"GET": P.list_images, "POST": P.create_image}),
    (
        r"/products/([\w-]+)/listings/([\w-]+)/images/([\w-]+)",
        {"GET": P.get_image, "PUT": P.put_image, "DELETE": P.delete_image},
    ),
]
