"""The Job's script on a real server: MariaDB speaks the same SQL as far as users and rights go."""

import contextlib
import getpass
import os
import pathlib
import shutil
import subprocess
import time

import pytest

SCRIPT = pathlib.Path(__file__).parents[3] / "marketplace/mojaloop/helm/charts/mojaloop-azure/files/create-users.sh"
PLACES = "/usr/sbin:/usr/bin:/usr/local/bin"
SERVER, CLIENT, INSTALL = (shutil.which(name, path=PLACES) for name in ("mariadbd", "mariadb", "mariadb-install-db"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SERVER and CLIENT and INSTALL), reason="no MariaDB: apt-get install mariadb-server"),
]
USERS = """\
central_ledger central_ledger mysql-password
account_lookup account_lookup mysql-als-password
oracle_msisdn oracle_msisdn mysql-oracle-password
auth_svc auth_svc mysql-auth-password
consent_oracle consent_oracle mysql-consent-password
dfsp_auth central_ledger mysql-dfsp-auth-password participant
"""
ROWS = [line.split() for line in USERS.splitlines()]


class Server:
    def __init__(self, folder):
        self.folder, self.socket = folder, folder / "sql.sock"
        me = getpass.getuser()
        common = [f"--datadir={folder}/data", f"--user={me}"]
        subprocess.run(
            [INSTALL, "--no-defaults", *common, "--auth-root-authentication-method=normal"],
            check=True,
            capture_output=True,
        )
        self.process = subprocess.Popen(
            [
                SERVER,
                "--no-defaults",
                *common,
                f"--socket={self.socket}",
                f"--pid-file={folder}/pid",
                "--skip-networking",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(300):
            if self.sql("SELECT 1", check=False).returncode == 0:
                return
            assert self.process.poll() is None, "MariaDB ends at once"
            time.sleep(0.1)
        raise AssertionError("MariaDB does not answer")

    def sql(self, statement, *, user="root", password="", database="", check=True):
        return subprocess.run(
            [
                CLIENT,
                "--no-defaults",
                f"--socket={self.socket}",
                f"--user={user}",
                "--batch",
                "--skip-column-names",
                *([database] if database else []),
            ],
            input=statement,
            env=os.environ | {"MYSQL_PWD": password},
            capture_output=True,
            text=True,
            check=check,
        )

    def run_job(self, passwords):
        """The script as the Job runs it; `mysql` is the client of this machine, told of the socket instead of TLS."""
        folder = self.folder / "job"
        (folder / "bin").mkdir(parents=True, exist_ok=True)
        client = folder / "bin" / "mysql"
        client.write_text(f'#!/bin/sh\nexec {CLIENT} --no-defaults --socket={self.socket} --user="$MYSQL_ADMIN"\n')
        client.chmod(0o755)
        (folder / "list").write_text(USERS)
        for key, password in passwords.items():
            (folder / key).write_text(password)
        environment = {
            "PATH": f"{client.parent}:{os.environ['PATH']}",
            "MYSQL_HOST": "localhost",
            "MYSQL_ADMIN": "root",
            "USERS": str(folder / "list"),
            "PASSWORDS": str(folder),
        }
        return subprocess.run(["sh", str(SCRIPT)], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("db")
    with contextlib.ExitStack() as stack:
        server = Server(folder)
        stack.callback(server.process.wait, 30)
        stack.callback(server.process.terminate)
        for database in sorted({row[1] for row in ROWS}):
            server.sql(f"CREATE DATABASE {database} CHARACTER SET utf8mb4")
        # As the image's own users are: a nameless one would win over '%' when signing in from this machine.
        server.sql("DROP USER IF EXISTS ''@'localhost'")
        yield server


def test_that_each_user_signs_in_and_owns_its_database(server):
    passwords = {row[2]: f"secret{number}" for number, row in enumerate(ROWS)}
    done = server.run_job(passwords)
    assert (done.returncode, done.stdout, done.stderr) == (0, "users are ready\n", "")
    for user, database, key in ROWS[:5]:
        server.sql("CREATE TABLE t (a INT); DROP TABLE t;", user=user, password=passwords[key], database=database)
        wrong = server.sql("SELECT 1", user=user, password="other", check=False)
        assert wrong.returncode != 0
        others = {row[1] for row in ROWS} - {database}
        for other in others:
            assert (
                server.sql("SELECT 1", user=user, password=passwords[key], database=other, check=False).returncode != 0
            )


def test_that_a_changed_password_reaches_the_server_and_the_reader_its_table(server):
    passwords = {row[2]: f"later{number}" for number, row in enumerate(ROWS)}
    server.sql(
        "CREATE TABLE IF NOT EXISTS participant (participantId INT UNSIGNED PRIMARY KEY AUTO_INCREMENT,"
        " name VARCHAR(256) UNIQUE,"
        " isActive TINYINT(1) DEFAULT 1, isProxy TINYINT(1) DEFAULT 0); CREATE TABLE IF NOT EXISTS transfer (a INT);"
        " REPLACE INTO participant (participantId, name) VALUES (1, 'Hub'), (2, 'payerfsp');",
        database="central_ledger",
    )
    for _ in range(2):
        assert server.run_job(passwords).returncode == 0
    reader = {"user": "dfsp_auth", "password": passwords["mysql-dfsp-auth-password"], "database": "central_ledger"}
    found = server.sql(
        "SELECT participantId, name, isActive, isProxy FROM participant WHERE name = 'payerfsp'", **reader
    )
    assert found.stdout == "2\tpayerfsp\t1\t0\n"
    for statement in ("SELECT * FROM transfer", "UPDATE participant SET isActive = 0", "DROP TABLE participant"):
        assert server.sql(statement, check=False, **reader).returncode != 0, statement
    server.sql("SELECT 1", user="central_ledger", password=passwords["mysql-password"])
