"""TLS in front of the tests' Postgres, which has none: it answers SSLRequest as a server with certificates does."""

import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select

import pytest

SSL_REQUEST = bytes.fromhex("0000000804d2162f")


class Certificates:
    """An authority, a server that it vouches for as `localhost`, a client, and an authority that vouches for nobody."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("openssl") is None:
            pytest.skip("no openssl to make certificates with")
        self.folder = folder
        for name in ("root", "stranger"):
            self._openssl(
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.crt",
            )  # fmt: skip
        (folder / "names").write_text("subjectAltName=DNS:localhost\n")
        for name in ("server", "client"):
            self._openssl(
                "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}",
                "-keyout", f"{name}.key", "-out", f"{name}.csr",
            )  # fmt: skip
            self._openssl(
                "x509", "-req", "-in", f"{name}.csr", "-CA", "root.crt", "-CAkey", "root.key", "-CAcreateserial",
                "-days", "2", "-extfile", "names", "-out", f"{name}.crt",
            )  # fmt: skip

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)


@contextmanager
def in_front_of(behind: Path, made: Certificates | None, *, client: bool = False) -> Iterator[int]:
    """A port of localhost at which the Postgres at that socket speaks TLS, or (none made) refuses to.

    `client`: only with those who show a certificate too.
    """
    context = None
    if made is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(made["server.crt"], made["server.key"])
        if client:
            context.load_verify_locations(made["root.crt"])
            context.verify_mode = ssl.CERT_REQUIRED

    class Talk(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            front: socket.socket = self.request
            first = front.recv(8)
            if first == SSL_REQUEST:
                front.sendall(b"N" if context is None else b"S")
                if context is not None:
                    try:
                        front = context.wrap_socket(front, server_side=True)
                    except OSError:
                        return  # the client did not like what it saw, or we did not
                elif not select([front], [], [], 1.0)[0]:
                    return  # the client insists on TLS
                first = b""
            with front, socket.socket(socket.AF_UNIX) as back:
                back.connect(str(behind))
                back.sendall(first)
                with suppress(OSError):
                    _talk(front, back)

    with socketserver.ThreadingTCPServer(("localhost", 0), Talk) as server:
        running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            running.join()


def _talk(front: socket.socket, back: socket.socket) -> None:
    """Pass on what either says until one hangs up."""
    while True:
        told = front.pending() if isinstance(front, ssl.SSLSocket) else 0
        ready = [front] if told else select([front, back], [], [])[0]
        for one in ready:
            data = one.recv(65536)
            if not data:
                return
            (back if one is front else front).sendall(data)
