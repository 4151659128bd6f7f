"""A real nginx for tests of the gateway, in front of stub services."""

import contextlib
import pathlib
import shutil
import socket
import subprocess
import time

import yaml

from .stub_server import serving

OPERATIONS = yaml.safe_load(
    (pathlib.Path(__file__).parents[3] / "marketplace/mojaloop/api/operations.yaml").read_text()
)
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def services():
    return [*sorted({api["service"] for api in OPERATIONS.values()}), "centralledger-service"]


@contextlib.contextmanager
def running(config, folder, changes=None, port_in_config=8080):
    """nginx with `config`, whose services are stubs; gives its port and the stubs by service."""
    with contextlib.ExitStack() as stack:
        stubs = {name: stack.enter_context(serving(lambda *_, name=name: (202, {"from": name}))) for name in services()}
        for name, stub in stubs.items():
            config = config.replace(f"moja-{name}.mojaloop.svc.cluster.local:80", f"127.0.0.1:{stub.port}")
        assert "cluster.local" not in config
        port = free_port()
        config = config.replace("/tmp/", f"{folder}/").replace("/dev/stdout", f"{folder}/access.log")
        for old, new in {f"listen {port_in_config}": f"listen 127.0.0.1:{port}", **(changes or {})}.items():
            assert old in config
            config = config.replace(old, new)
        (folder / "nginx.conf").write_text(config)
        process = subprocess.Popen(
            [NGINX, "-c", str(folder / "nginx.conf"), "-g", "daemon off;"], stderr=subprocess.PIPE
        )
        try:
            wait_for(port, process)
            yield port, stubs
        finally:
            process.terminate()
            process.wait(timeout=10)
            process.stderr.close()


def wait_for(port, process):
    for _ in range(100):
        assert process.poll() is None, process.stderr.read().decode()
        with contextlib.suppress(OSError), contextlib.closing(socket.create_connection(("127.0.0.1", port), 1)):
            return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")
