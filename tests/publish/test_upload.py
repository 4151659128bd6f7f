"""Uploads to Azurite, Microsoft's own emulator of Azure Storage: whole, interrupted, with addresses that are wrong."""

import contextlib
import datetime
import hashlib
import os
import pathlib
import shutil
import socket
import subprocess
import threading
import time

import pytest

from packager.errors import RefusedError
from packager.publish.failure import ServiceError
from packager.publish.pace import Pace
from packager.publish.packages import Finished
from packager.publish.upload import BLOCK, ExpiredAddressError, upload_package

pytestmark = pytest.mark.slow

ROOT = pathlib.Path(__file__).parents[2]
ACCOUNT = "devstoreaccount1"
# The account key that every Azurite has; it opens nothing else.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
PACE = Pace(attempts=3, pause=0, poll=0, timeout=5)


@pytest.fixture(scope="session")
def azurite(tmp_path_factory):
    """The address of a running Azurite."""
    pytest.importorskip("azure.storage.blob", reason="uploads are tested with the extra `azure`")
    program = ROOT / ".venv/tools/azurite/node_modules/.bin/azurite-blob"
    if not program.exists() or shutil.which("node") is None:
        pytest.skip("Azurite is not there: make test fetches it when node and npm are")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    folder = tmp_path_factory.mktemp("azurite")
    options = [
        "--blobHost",
        "127.0.0.1",
        "--blobPort",
        str(port),
        "--silent",
        "--skipApiVersionCheck",
        "--inMemoryPersistence",
    ]
    process = subprocess.Popen([program, *options], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}/{ACCOUNT}"
    process.terminate()
    process.wait()


@pytest.fixture
def container(azurite, monkeypatch):
    """A new container."""
    from azure.storage.blob import BlobServiceClient

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    service = BlobServiceClient(azurite, credential=KEY)
    client = service.create_container(f"c{os.urandom(6).hex()}")
    yield client
    service.close()


def address(container, name="blob", *, hours=1, key=KEY, port=None):
    from azure.storage.blob import BlobSasPermissions, generate_blob_sas

    end = datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(hours=hours)
    permission = BlobSasPermissions(read=True, create=True, write=True)
    signature = generate_blob_sas(
        ACCOUNT, container.container_name, name, account_key=key, permission=permission, expiry=end
    )
    url = f"{container.url}/{name}?{signature}"
    return url if port is None else url.replace(url.split("/")[2], f"127.0.0.1:{port}")


def package(tmp_path, size):
    data = os.urandom(size)
    archive = tmp_path / "a.zip"
    archive.write_bytes(data)
    return Finished("o", "p", "1.0.0", archive, tmp_path / "a.record.json", size, hashlib.sha256(data).hexdigest())


def test_a_package_arrives_whole(container, tmp_path):
    one, told = package(tmp_path, 2 * BLOCK + 5), []
    upload_package(one, address(container), PACE, lambda sent, whole: told.append((sent, whole)))
    assert container.download_blob("blob").readall() == one.archive.read_bytes()
    assert told == [(BLOCK, one.size), (2 * BLOCK, one.size), (one.size, one.size)]
    upload_package(one, address(container), PACE, lambda *_: None)  # again, over what is there
    assert container.download_blob("blob").readall() == one.archive.read_bytes()


class Relay:
    """Passes bytes on to Azurite and cuts one connection when `limit` of them have gone."""

    def __init__(self, target, limit):
        self.target, self.limit, self.passed, self.cuts = target, limit, 0, 0
        self.sockets = [socket.create_server(("127.0.0.1", 0))]
        self.port = self.sockets[0].getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.sockets[0].accept()
                server = socket.create_connection(self.target)
                self.sockets += [client, server]
                threading.Thread(target=self._pass, args=(client, server, True), daemon=True).start()
                threading.Thread(target=self._pass, args=(server, client, False), daemon=True).start()

    def _pass(self, source, sink, counted):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self.passed += len(data) * counted
                if counted and self.cuts == 0 and self.passed > self.limit:
                    self.cuts = 1
                    break
                sink.sendall(data)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self):
        for one in self.sockets:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def test_what_has_arrived_is_not_sent_again_after_a_cut(container, azurite, tmp_path):
    one = package(tmp_path, 3 * BLOCK)
    host, port = azurite.split("/")[2].split(":")
    with contextlib.closing(Relay((host, int(port)), BLOCK + BLOCK // 2)) as relay:
        upload_package(one, address(container, port=relay.port), PACE, lambda *_: None)
        assert container.download_blob("blob").readall() == one.archive.read_bytes()
        # The first block once, what had gone of the second, then the second and the third.
        assert (relay.cuts, relay.passed < 4 * BLOCK) == (1, True)
    with contextlib.closing(Relay((host, int(port)), BLOCK // 2)) as relay, pytest.raises(ServiceError) as caught:
        upload_package(one, address(container, port=relay.port), Pace(attempts=1, timeout=5), lambda *_: None)
    assert "'a.zip' cannot be uploaded: " in str(caught.value)


def test_a_later_run_goes_on_where_an_earlier_one_was_killed(container, tmp_path):
    one, sent = package(tmp_path, 3 * BLOCK), []

    class Killed(BaseException):
        pass

    def die(done, _):
        if done == 2 * BLOCK:
            raise Killed

    with pytest.raises(Killed):
        upload_package(one, address(container), PACE, die)
    blob = container.get_blob_client("blob")
    _, uncommitted = blob.get_block_list("uncommitted")
    assert [block.size for block in uncommitted] == [BLOCK, BLOCK]

    from azure.storage.blob import BlobClient

    from packager.publish.upload import upload

    with BlobClient.from_blob_url(address(container)) as client:
        stage = client.stage_block
        client.stage_block = lambda identity, *rest, **more: (sent.append(identity), stage(identity, *rest, **more))
        upload(client, one, PACE, lambda *_: None)
    assert [identity.partition("-")[0] for identity in sent] == ["000002"]
    assert container.download_blob("blob").readall() == one.archive.read_bytes()


def test_an_address_that_is_wrong_or_over_is_told_without_its_signature(container, tmp_path):
    one = package(tmp_path, 10)
    other = KEY.replace("Eby8", "Eby9")
    for url in (
        address(container, key=other),
        address(container, hours=-1),
        address(container, "other").replace("/other", "/blob"),
    ):
        with pytest.raises(ExpiredAddressError) as caught:
            upload_package(one, url, PACE, lambda *_: None)
        assert str(caught.value).startswith("the storage refuses the address: Auth")
        assert url.partition("sig=")[2].partition("&")[0] not in str(caught.value)


def test_a_zip_that_changes_while_it_is_read_is_not_committed(container, tmp_path):
    one = package(tmp_path, BLOCK + 1)
    one.archive.write_bytes(b"x" * one.size)
    with pytest.raises(RefusedError, match="changed while it was read"):
        upload_package(one, address(container), PACE, lambda *_: None)
    assert [blob.name for blob in container.list_blobs()] == []
