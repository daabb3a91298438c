"""Where an engine over HTTP is: the address that the user gave, and what may be sent there."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from workbench.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """A base URL without a slash at its end; no name, password, query or fragment is in it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """The scheme, host and port, the port left out where the scheme says it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        return self.origin + self.path

    @property
    def place(self) -> str:
        """The host for people, with the port where it is not the usual one."""
        return self.origin.partition("://")[2]

    @property
    def is_loopback(self) -> bool:
        """Whether what is sent there stays on this machine."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def may_take_key(self) -> bool:
        """Whether a key cannot be read on the way: encrypted, or never leaving the machine."""
        return self.scheme == "https" or self.is_loopback

    def has(self, url: str) -> bool:
        """Whether that URL is at the same scheme, host and port."""
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS.get(parts.scheme)
        except ValueError:
            return False
        return (parts.scheme, parts.hostname, port) == (self.scheme, self.host, self.port)


def parse(engine: str, url: object) -> Address:
    """The address that the setting `url` of an engine names. Raises EngineError, which says what to do next."""
    if not isinstance(url, str) or not url.strip():
        raise EngineError(
            f"the engine {engine} has no address: set url in [engines.{engine}] of workbench.toml"
        )
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise EngineError(f"the url of the engine {engine} is none: {error}") from None
    if parts.username is not None or parts.password is not None:
        raise EngineError(
            f"the url of the engine {engine} holds a name or password: take it out, and name the variable of the "
            f"environment that holds the key in key_env of [engines.{engine}]"
        )
    if parts.query or parts.fragment:
        raise EngineError(f"the url of the engine {engine} holds a ? or #: give the address up to there")
    if parts.scheme not in _PORTS or not host or any(one.isspace() for one in parts.path):
        raise EngineError(
            f"the url of the engine {engine} must begin with https:// or http:// and name a host"
        )
    return Address(parts.scheme, host, port or _PORTS[parts.scheme], parts.path.rstrip("/"))


def proxy_for(address: Address, environ: Mapping[str, str]) -> str | None:
    """The proxy that the environment names for that address; never one for this machine itself.

    HTTPS_PROXY, http_proxy, ALL_PROXY and NO_PROXY are read in either case, as curl reads them, but HTTP_PROXY in
    capitals, which a request could set where a program runs behind a web server (CVE-2016-5385).
    """

    def value(name: str) -> str:
        return environ.get(name) or environ.get(name.upper(), "")

    if address.is_loopback or _is_excepted(address, value("no_proxy")):
        return None
    own = environ.get("http_proxy", "") if address.scheme == "http" else value("https_proxy")
    return own or value("all_proxy") or None


def _is_excepted(address: Address, names: str) -> bool:
    """Whether NO_PROXY lists the host, a domain that it is in, or `*`."""
    for one in names.lower().split(","):
        name = one.strip().removeprefix("*.").removeprefix(".")
        if name in ("*", address.host, f"{address.host}:{address.port}"):
            return True
        if name and address.host.endswith(f".{name}"):
            return True
    return False
