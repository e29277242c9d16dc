"""Where the scheduler of a cluster is, and how it is spoken to: its address, and the certificates of TLS."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.batch.errors import BatchError
from engine.scenario.problems import listed, shortened

SCHEMES = ("tcp", "tls", "ws", "wss", "ucx")

SECRET = ("tls", "wss")
"""Where nobody in between can listen or put in words of their own."""

MOST_PORT = 65535

_ADDRESS = re.compile(r"(?:(?P<scheme>[a-z]+)://)?(?P<host>\[[^\s\[\]/]+\]|[^\s:/\[\]]+):(?P<port>[0-9]{1,5})/?")


@dataclass(frozen=True)
class Tls:
    """Files in PEM: who is trusted, who we are, and the proof of it; each None where dask's configuration names it."""

    ca_file: str | None = None
    """The authority that has signed the certificates of all who take part."""
    cert: str | None = None
    key: str | None = None

    def __bool__(self) -> bool:
        return self != Tls()

    @property
    def named(self) -> dict[str, str]:
        """The files by the options that name them."""
        files = {"--tls-ca-file": self.ca_file, "--tls-cert": self.cert, "--tls-key": self.key}
        return {option: path for option, path in files.items() if path is not None}

    def security(self) -> Any:
        """As dask takes it, files that it can use; raises :class:`BatchError`."""
        import distributed

        for option, path in self.named.items():
            _look_at(option, path)
        given = {"tls_ca_file": self.ca_file, "tls_client_cert": self.cert, "tls_client_key": self.key}
        security = distributed.Security(
            require_encryption=True, **{name: path for name, path in given.items() if path is not None}
        )
        if not (security.tls_ca_file and security.tls_client_cert):
            raise BatchError("a tls:// address needs certificates: --tls-ca-file, --tls-cert and --tls-key")
        try:
            security.get_connection_args("client")
        except OSError as error:  # ssl.SSLError is one
            raise BatchError(f"{self._files()} can't be used for TLS: {_reason(error)}") from None
        return security

    def _files(self) -> str:
        return listed([shortened(path, 100) for path in self.named.values()]) or "the files of dask's configuration"


@dataclass(frozen=True)
class Address:
    """The address of a scheduler."""

    scheme: str
    host: str
    """A name or a number, without brackets."""
    port: int

    @classmethod
    def read(cls, text: str, tls: Tls | None = None) -> Address:
        """From what a person wrote; without ``tcp://`` or ``tls://`` the certificates decide.

        Raises :class:`BatchError`.
        """
        found = _ADDRESS.fullmatch(text)
        scheme = (found and found["scheme"]) or ("tls" if tls else "tcp")
        if found is None or scheme not in SCHEMES or not 0 < int(found["port"]) <= MOST_PORT:
            shown = shortened(text, 100) or "an empty text"
            raise BatchError(f"{shown} is no address of a dask scheduler, {_example(text)}")
        if tls and scheme not in SECRET:
            raise BatchError(f"{shortened(text, 100)} is not asked with TLS: with certificates, write tls:// before it")
        host = found["host"]
        if host.startswith("["):
            host = _ipv6(host[1:-1], text)
        return cls(scheme, host, int(found["port"]))

    @property
    def is_secret(self) -> bool:
        """Whether it is spoken to with TLS."""
        return self.scheme in SECRET

    @property
    def is_here(self) -> bool:
        """Whether what is sent there stays on this machine."""
        name = self.host.rstrip(".").lower()
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return name == "localhost" or name.endswith(".localhost")

    @property
    def warning(self) -> str | None:
        """What whoever gives the command should know before it is sent."""
        if self.is_here or self.is_secret:
            return None
        return (
            f"{self} is on another machine and is asked without TLS: whoever can reach it, or stands between, can run "
            "programs here and on every worker; docs/how-to/cluster.md tells how to keep them out"
        )

    def silence(self, seconds: float, security: Any) -> str:
        """Why nobody answers, as far as one more try can tell."""
        import socket  # which a batch without a cluster does without

        try:
            with socket.create_connection((self.host, self.port), timeout=seconds) as plain:
                if security is None:
                    return "something listens there that does not speak as a scheduler does; perhaps it wants tls://"
                context = security.get_connection_args("client")["ssl_context"]
                with context.wrap_socket(plain):
                    return "it takes the certificates and is silent"
        except OSError as error:
            return _reason(error)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def _ipv6(inside: str, text: str) -> str:
    """The number between brackets; in an address the ``%`` before a zone may itself be written ``%25`` (RFC 6874)."""
    host = re.sub(r"%25(?=.)", "%", inside, count=1)
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        raise BatchError(f"{shortened(text, 100)} has no IPv6 address in its brackets, {_example(text)}") from None
    return host


def _example(text: str) -> str:
    if text.count(":") > 2 and "[" not in text:
        return "such as tcp://[::1]:8786: an IPv6 address stands in brackets"
    return "such as tcp://10.0.0.1:8786 or tls://[fd00::1]:8786"


def _look_at(option: str, path: str) -> None:
    try:
        content = Path(path).read_bytes() if Path(path).is_file() else None
    except OSError as error:
        raise BatchError(f"{option} {shortened(path, 200)} can't be read: {_reason(error)}") from None
    if content is None:
        raise BatchError(f"{option} {shortened(path, 200)}: there is no such file")
    if b"PRIVATE KEY" in content and b"ENCRYPTED" in content:
        raise BatchError(f"{option} {shortened(path, 200)} is locked with a passphrase, and dask can't ask for it")


def _reason(error: OSError) -> str:
    import ssl  # late, since few batches need it

    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return f"TLS says: {(error.reason or str(error)).replace('_', ' ').lower()}"
    return (error.strerror or str(error) or "no answer in time").lower()
