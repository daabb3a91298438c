"""What an engine over HTTP is told: its address, limits and where its key is; shown without asking the network."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.engines import http_address, http_key
from workbench.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engines.http_address import Address
    from workbench.engines.http_key import Key

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """The address of an engine and how it is asked; `batch_size` is segments a request."""

    engine: str
    address: Address
    key: Key | None
    batch_size: int
    concurrency: int
    attempts: int
    timeout_seconds: float
    requests_per_minute: float | None

    @property
    def key_advice(self) -> str:
        """What to do where a key is wanted."""
        return (
            f"name the variable of the environment that holds the key in key_env of [engines.{self.engine}], "
            f"or keep it with: keyring set {http_key.SERVICE} {self.address.place}"
        )


@dataclass(frozen=True, slots=True)
class HttpState:
    """Whether an engine over HTTP can be asked, and a line for people: where it is, or what it lacks."""

    is_configured: bool
    text: str


def settings(
    engine: str, values: Mapping[str, Value], environ: Mapping[str, str], *, batch_size: int
) -> HttpSettings:
    """The settings of an engine as a value, `batch_size` where none is set. Raises EngineError."""
    address = http_address.parse(engine, values.get("url"))
    variable = text_of(engine, values, "key_env")
    rate = number(engine, values, "requests_per_minute", 0.0)
    return HttpSettings(
        engine=engine,
        address=address,
        key=http_key.find(engine, address, variable, environ, http_key.from_keyring),
        batch_size=max(1, int(number(engine, values, "batch_size", batch_size))),
        concurrency=max(1, int(number(engine, values, "concurrency", 2))),
        attempts=max(1, int(number(engine, values, "attempts", 5))),
        timeout_seconds=number(engine, values, "timeout_seconds", 60.0) or 60.0,
        requests_per_minute=rate or None,
    )


def describe(
    engine: str, values: Mapping[str, Value], *, environ: Mapping[str, str] | None = None
) -> HttpState:
    """Whether the engine libretranslate or openai is configured by `values`, and where; nothing is sent anywhere."""
    environ = os.environ if environ is None else environ
    try:
        address = http_address.parse(engine, values.get("url"))
        parts = [f"model {needed(engine, values, 'model')}"] if engine == "openai" else []
        variable = text_of(engine, values, "key_env")
        if variable:
            http_key.find(engine, address, variable, environ, lambda _service, _user: None)
            parts.append(f"key from {variable}")
    except EngineError as error:
        return HttpState(is_configured=False, text=str(error))
    privacy = "on this machine" if address.is_loopback else "texts leave this machine"
    return HttpState(is_configured=True, text=", ".join([address.url, *parts, privacy]))


def number(engine: str, values: Mapping[str, Value], name: str, default: float) -> float:
    """A setting that is a number, 0 or more. Raises EngineError where it is none."""
    value = values.get(name, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < float("inf"):
        raise EngineError(f"{name} of the engine {engine} must be a number, 0 or more")
    return value


def text_of(engine: str, values: Mapping[str, Value], name: str) -> str:
    """A setting that is text, "" where it is not set. Raises EngineError where it is none."""
    value = values.get(name, "")
    if not isinstance(value, str):
        raise EngineError(f"{name} of the engine {engine} must be text")
    return value.strip()


def needed(engine: str, values: Mapping[str, Value], name: str) -> str:
    """A setting that the engine cannot do without. Raises EngineError."""
    value = text_of(engine, values, name)
    if not value:
        raise EngineError(
            f"the engine {engine} has no {name}: set {name} in [engines.{engine}] of workbench.toml"
        )
    return value
