"""The gateway that knows participants by their certificates: nginx with the chart's configuration, and calls of it."""

import contextlib
import http.client
import socket
import ssl

from cryptography.hazmat.primitives import serialization

from .certificates import Authority
from .nginx_program import free_port, running

HEADERS = {
    "FSPIOP-Source": "payerfsp",
    "Date": "Thu, 26 Nov 2026 12:00:00 GMT",
    "Accept": "application/vnd.interoperability.transfers+json;version=1",
    "Content-Type": "application/vnd.interoperability.transfers+json;version=1.1",
}


@contextlib.contextmanager
def serving_gateway(chart, scheme, folder, changes):
    """The chart's gateway with the scheme's authority: its port, the services behind it, and a folder."""
    write_pair(folder, "tls", *Authority("gateway").issue_with_key("gateway.example"))
    (folder / "ca.crt").write_bytes(pem(scheme.certificate))
    config = chart["ConfigMap", "moja-azure-gateway"]["data"]["nginx.conf"]
    changes |= {
        "/tls/tls": f"{folder}/tls",
        "/authorities/ca.crt": f"{folder}/ca.crt",
        "listen 8081": f"listen 127.0.0.1:{free_port()}",
        "rate=100r/s": "rate=5r/s",
        "burst=200": "burst=20",
    }
    with running(config, folder, changes, port_in_config=8443) as (port, stubs):
        yield port, stubs, folder


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


def write_pair(folder, name, certificate, key):
    (folder / f"{name}.crt").write_bytes(pem(certificate))
    (folder / f"{name}.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def ask(gateway, pair, headers=HEADERS, method="POST", path="/transfers"):
    """The answer, and what reached the service."""
    port, stubs, folder = gateway
    context = ssl._create_unverified_context()
    if pair is not None:
        write_pair(folder, "caller", *pair)
        context.load_cert_chain(folder / "caller.crt", folder / "caller.key")
    stub = stubs["ml-api-adapter-service"]
    stub.calls.clear()
    stub.headers.clear()
    with contextlib.closing(http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=10)) as connection:
        connection.putrequest(method, path)
        for name, value in headers if isinstance(headers, list) else headers.items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", "0")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), list(stub.headers)


def exchange(gateway, pair, *lines, body=b"", **versions):
    """What comes back for bytes as they are."""
    port, stubs, folder = gateway
    stubs["ml-api-adapter-service"].headers.clear()
    context = ssl._create_unverified_context()
    for name, value in versions.items():
        context.set_ciphers(value) if name == "ciphers" else setattr(context, name, value)
    write_pair(folder, "caller", *pair)
    context.load_cert_chain(folder / "caller.crt", folder / "caller.key")
    plain = socket.create_connection(("127.0.0.1", port), 10)
    with contextlib.closing(context.wrap_socket(plain, server_hostname="another.example")) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def head(**more):
    headers = HEADERS | {"Host": "x", "Connection": "close"} | more
    return [f"{name}: {value}" for name, value in headers.items()]
