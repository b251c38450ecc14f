"""Dovecot on loopback: a real server that keeps mail, for any user whose password is `right`."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shenava.messages.models import Mailbox

PASSWORD = "right"
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_max_userip_connections = 0
mail_location = maildir:{folder}/mail/%u
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""


@dataclass
class Server:
    """One running Dovecot."""

    folder: Path
    port: int
    tls_port: int

    @contextmanager
    def visited(self, user: str, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        """Somebody else's mail program, in one folder of a user."""
        program = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        program.login(user, PASSWORD)
        program.create(folder)
        program.select(folder)
        try:
            yield program
        finally:
            program.logout()

    def deliver(self, user: str, *letters: bytes, folder: str = "INBOX", flags: str = "", arrived: str = "") -> None:
        """Put letters into a user's folder, as his mail server does."""
        with self.visited(user, folder) as program:
            for raw in letters:
                assert program.append(folder, flags, arrived, raw)[0] == "OK"

    def count(self, user: str, criteria: str = "ALL", folder: str = "INBOX") -> int:
        """How many mails of a user's folder meet IMAP search criteria."""
        with self.visited(user, folder) as program:
            return len(program.search(None, criteria)[1][0].split())

    def forget_numbers(self, user: str) -> None:
        """Lose the numbers of all mails, as after a restore: the folder's UIDVALIDITY changes."""
        for name in self.folder.glob(f"mail/{user}/dovecot*"):
            name.unlink()

    def mailbox(self, user: str, **fields: object) -> Mailbox:
        """A mailbox that is fetched from a user of this server, and sends nothing."""
        given = {
            "name": user, "address": f"{user}@arman.example", "imap_host": "127.0.0.1", "imap_port": self.port,
            "imap_security": "none", "imap_user": user, "imap_password": PASSWORD, "never_sends": True,
        }  # fmt: skip
        return Mailbox.objects.create(**(given | fields))


@contextmanager
def running(certificate: tuple[str, str]) -> Iterator[Server]:
    """Dovecot in a folder of its own, run by an ordinary user, ended after."""
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    server = Server(folder, _free_port(), _free_port())
    for place, name in zip(certificate, ("certificate.pem", "key.pem"), strict=True):
        shutil.copy(place, folder / name)
    (folder / "dovecot.conf").write_text(
        CONFIGURATION.format(
            folder=folder, user=owner.pw_name, group=grp.getgrgid(owner.pw_gid).gr_name, uid=owner.pw_uid,
            gid=owner.pw_gid, port=server.port, tls_port=server.tls_port, password=PASSWORD,
        )
    )  # fmt: skip
    for place in (folder, *folder.iterdir()):
        os.chown(place, owner.pw_uid, owner.pw_gid)
    command = [_program(), "-F", "-c", str(folder / "dovecot.conf")]
    process = subprocess.Popen(command, user=owner.pw_uid, group=owner.pw_gid, extra_groups=[], cwd="/")
    try:
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _program() -> str:
    place = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    assert place, "these tests need Dovecot: apt-get install dovecot-imapd"
    return place


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < deadline:
        try:
            imaplib.IMAP4("127.0.0.1", server.port, timeout=5).logout()
            return
        except OSError:
            time.sleep(0.05)
    log = server.folder / "log"
    raise AssertionError(log.read_text() if log.exists() else "Dovecot did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
