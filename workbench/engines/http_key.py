"""The key of an engine over HTTP: taken from the environment or the keyring, and never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from workbench.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbench.engines.http_address import Address

SERVICE = "workbench"
"""The name under which the keyring keeps the keys, one for each host."""
HOST_ENDING = "_HOST"
"""Behind the name of a key's variable: the variable that says to which hosts that key may go."""


class Key:
    """A key whose text only `reveal` gives: not its repr, not a copy in a file, not a line of a log."""

    __slots__ = ("_text", "origin")

    def __init__(self, text: str, *, origin: str) -> None:
        self._text = text
        self.origin = origin

    def __repr__(self) -> str:
        return f"Key(from {self.origin})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not stored")

    def reveal(self) -> str:
        return self._text

    def hide(self, text: str) -> str:
        """The text without the key, wherever it holds it."""
        return text.replace(self._text, "…")


def find(
    engine: str,
    address: Address,
    variable: str,
    environ: Mapping[str, str],
    keyring: Callable[[str, str], str | None],
) -> Key | None:
    """The key for that address: from the variable of the environment if one is named, else from the keyring.

    A project may come from somebody else: what its file names goes nowhere unless the environment, or the keyring,
    says that it is for that host. None where no variable is named and the keyring has none. Raises EngineError where
    the variable is not set or not for that host, where the key can be none, and where it would travel unencrypted.
    """
    if variable:
        text, origin = environ.get(variable, "").strip(), variable
        if not text:
            raise EngineError(
                f"{variable} is not set in the environment: it is where the engine {engine} takes its key from "
                f"(key_env in [engines.{engine}] of workbench.toml)"
            )
        hosts = environ.get(variable + HOST_ENDING, "").replace(",", " ").lower().split()
        if address.host not in hosts and address.place not in hosts:
            raise EngineError(
                f"{variable} is not sent to {address.place}, which workbench.toml names: if the key is for it, say so "
                f"with {variable}{HOST_ENDING}={address.place} in the environment"
            )
    else:
        text, origin = (keyring(SERVICE, address.place) or "").strip(), "the keyring"
    if not text:
        return None
    if not text.isascii() or not text.isprintable() or " " in text:
        raise EngineError(
            f"what {origin} holds for the engine {engine} is no key: it has characters that no key has"
        )
    if not address.may_take_key:
        raise EngineError(
            f"the key of the engine {engine} is not sent to {address.place} unencrypted: write https:// in its url"
        )
    return Key(text, origin=origin)


def from_keyring(service: str, user: str) -> str | None:
    """What the keyring of this machine holds; None where there is none, or it cannot be opened."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(service, user)
    except (KeyringError, RuntimeError, OSError):
        return None
    return found
