"""The script with which the chart mojaloop-azure creates the databases' users, against a stand-in for the client."""

import os
import pathlib
import shutil
import subprocess

import pytest

CHART = pathlib.Path(__file__).parents[3] / "marketplace/mojaloop/helm/charts/mojaloop-azure"
pytestmark = pytest.mark.skipif(not shutil.which("sh"), reason="the script needs a POSIX shell")


@pytest.fixture
def run(tmp_path):
    """Runs the script with the given passwords; answers with what it did and the SQL that it sent."""
    client = tmp_path / "bin" / "mysql"
    client.parent.mkdir()
    client.write_text('#!/bin/sh\necho "$*" > "$SENT.arguments"\ncat > "$SENT"\n')
    client.chmod(0o755)
    users = "central_ledger central_ledger mysql-password\naccount_lookup lookup als\n"
    (tmp_path / "list").write_text(users)

    def run(**passwords):
        for key, password in passwords.items():
            (tmp_path / key.replace("_", "-")).write_text(password)
        sent = tmp_path / "sent"
        environment = {
            "PATH": f"{client.parent}:{os.environ['PATH']}",
            "MYSQL_HOST": "mysql.example",
            "MYSQL_ADMIN": "mojaadmin",
            "USERS": str(tmp_path / "list"),
            "PASSWORDS": str(tmp_path),
            "SENT": str(sent),
        }
        script = CHART / "files" / "create-users.sh"
        done = subprocess.run(["sh", str(script)], env=environment, capture_output=True, text=True, check=False)
        return done, sent

    return run


def test_that_users_are_created_or_get_their_present_password(run):
    done, sent = run(mysql_password="abc123", als="DEF456")
    assert (done.returncode, done.stdout, done.stderr) == (0, "users are ready\n", "")
    assert sent.read_text() == (
        "CREATE USER IF NOT EXISTS 'central_ledger'@'%' IDENTIFIED BY 'abc123';\n"
        "ALTER USER 'central_ledger'@'%' IDENTIFIED BY 'abc123';\n"
        "GRANT ALL PRIVILEGES ON `central_ledger`.* TO 'central_ledger'@'%';\n"
        "CREATE USER IF NOT EXISTS 'account_lookup'@'%' IDENTIFIED BY 'DEF456';\n"
        "ALTER USER 'account_lookup'@'%' IDENTIFIED BY 'DEF456';\n"
        "GRANT ALL PRIVILEGES ON `lookup`.* TO 'account_lookup'@'%';\n"
    )


def test_that_the_client_signs_in_over_tls_and_carries_no_password(run):
    _, sent = run(mysql_password="abc123", als="DEF456")
    arguments = sent.with_name("sent.arguments").read_text()
    assert arguments == "--host=mysql.example --user=mojaadmin --ssl-mode=REQUIRED --connect-timeout=20\n"


@pytest.mark.parametrize("password", ["", "a'; DROP USER root; --", "a\\", "ä"])
def test_that_a_password_which_is_no_word_changes_nothing(run, password):
    done, sent = run(mysql_password="abc123", als=password)
    assert done.returncode != 0
    assert done.stderr == "password 'als' is empty or has other characters than letters and digits\n"
    assert not sent.exists()


def test_that_the_chart_names_its_version_once_more_only_in_the_offer():
    """releases.json has the truth of the built archive; the template is told by a variable."""
    version = next(
        line.split()[1] for line in (CHART / "Chart.yaml").read_text().splitlines() if line.startswith("version:")
    )
    assert f"azureChartVersion: {version} " in (CHART.parents[2] / "offer.yaml").read_text()
