"""check-gateway.sh against the policies of the package, with real TLS between the two."""

import contextlib
import http.server
import ipaddress
import pathlib
import shutil
import ssl
import subprocess
import threading

import pytest

pytest.importorskip("cryptography", reason="certificates are made with cryptography")
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from .certificates import DAY, NOW, Authority
from .policy_gateway import Request, Response
from .test_policies import SCHEME, gateway, named, texts  # noqa: F401  (fixtures)

SCRIPT = pathlib.Path(__file__).parents[3] / "marketplace/mojaloop/scripts/check-gateway.sh"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(shutil.which(program) for program in ("bash", "curl", "openssl")),
        reason="the script needs bash, curl and openssl",
    ),
]


def write(folder, name, certificate, key):
    (folder / f"{name}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / f"{name}.key").write_bytes(key.private_bytes(*form))


def write_server(folder, authority):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gateway")])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(authority.name)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(NOW - DAY).not_valid_after(NOW + DAY)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    write(folder, "server", builder.add_extension(address, critical=False).sign(authority.key, hashes.SHA256()), key)


@contextlib.contextmanager
def serving(folder, policies):
    """A server that asks for certificates, as the gateway does, and hands each request to the policies."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            raw = self.connection.getpeercert(binary_form=True)
            certificate = x509.load_der_x509_certificate(raw) if raw else None
            api = self.path.split("/")[1]
            answer = Response(404)
            if api == "parties":
                answer = policies.handle(Request("GET", api, dict(self.headers.items()), certificate, b""))
            data = answer.body.encode()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *arguments):
            """Tests are silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    context.load_verify_locations(folder / "scheme.pem")
    context.verify_mode = ssl.CERT_OPTIONAL
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def check(tmp_path):
    for name in ("payerfsp", "stranger"):
        write(tmp_path, name, *SCHEME.issue_with_key(name))
    write(tmp_path, "scheme", SCHEME.certificate, SCHEME.key)
    public = Authority("Public CA")
    write(tmp_path, "public", public.certificate, public.key)
    write_server(tmp_path, public)

    def check(policies, *more, name="payerfsp"):
        with serving(tmp_path, policies) as url:
            mine = ("--url", url, "--name", name, "--certificate", "payerfsp.pem", "--key", "payerfsp.key")
            command = ["bash", str(SCRIPT), *mine, "--ca-file", "public.pem", *more]
            return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)

    return check


STRANGER = ("--stranger-certificate", "stranger.pem", "--stranger-key", "stranger.key")


def test_that_the_policies_answer_as_the_script_expects(check, gateway):  # noqa: F811
    gateway.backend = lambda *_: Response(202)
    done = check(gateway, *STRANGER)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["ok"] * 7


def test_that_an_open_gateway_is_found_out(check):
    class Open:
        def handle(self, request):
            return Response(202)

    done = check(Open())
    assert done.returncode == 1
    assert done.stdout.count("WRONG") == 4
    assert done.stderr.startswith("ERROR: 4 of the answers")


def test_that_a_participant_who_is_kept_out_is_told(check, gateway):  # noqa: F811
    gateway.backend = lambda *_: Response(202)
    done = check(gateway, name="somebody")
    assert done.stdout.startswith("WRONG a participant: 403 3100, and not 202")


@pytest.mark.parametrize("arguments", [("--url", "http://x"), ("--nothing",), ("--certificate", "/nowhere.pem")])
def test_that_wrong_arguments_are_named(check, gateway, arguments):  # noqa: F811
    done = check(gateway, *arguments)
    assert done.returncode == 2
    assert "check-gateway.sh --help" in done.stderr
