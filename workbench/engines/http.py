"""A server over HTTP that is asked in JSON: retries, pace, time limits, and errors in one line without the key."""

from __future__ import annotations

import asyncio
import json
import random as random_module
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from workbench.engines import http_address
from workbench.engines.http_loop import Loop, together
from workbench.engines.http_pace import Pace, backoff, retry_after
from workbench.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping

    import httpx

    from workbench.engines.http_settings import HttpSettings

T = TypeVar("T")

_AGAIN = frozenset({408, 429, 500, 502, 503, 504, 529})
_LARGEST_ANSWER = 32 * 1024 * 1024
_LONGEST_HOLD_SECONDS = 300.0
_MOST_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Means:
    """What a server is asked with: the time, waiting and chance of the machine, and its environment."""

    environ: Mapping[str, str]
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    random: Callable[[], float] = random_module.random


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: its status, the JSON (None where it is none) and its own words for an error, in one line."""

    status: int
    value: Any
    words: str
    kind: str


class _Failed(Exception):
    """One attempt that may succeed later; `wait` is what the server asked for."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.reason = reason
        self.wait = wait
        super().__init__(reason)


class Service:
    """A server, asked by `run(service.get(…))`. `bearer` = the key goes into a header of each request."""

    def __init__(self, settings: HttpSettings, means: Means, *, bearer: bool = False) -> None:
        try:
            import httpx
        except ImportError:
            raise EngineError(
                f"the engine {settings.engine} needs httpx: pip install 'translation-workbench[http]'"
            ) from None
        self._httpx = httpx
        self._settings = settings
        self._means = means
        self._bearer = bearer
        self._pace = Pace(settings.requests_per_minute, clock=means.clock, sleep=means.sleep)
        self._client: httpx.AsyncClient | None = None
        self._limit: asyncio.Semaphore | None = None
        self._loop = Loop(f"engine {settings.engine}")

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of work that asks this server; Ctrl+C ends it. Raises EngineError."""
        return self._loop.run(work)

    def close(self) -> None:
        """Give back the connections; what is under way ends with an EngineError."""
        client, self._client = self._client, None
        if client is not None:
            self._loop.run(client.aclose())
        self._loop.close()

    async def together(self, works: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
        """The results of works that ask this server, in order; the first failure ends all of them."""
        return await together(works)

    async def get(self, path: str) -> Answer:
        """The answer to GET, after retries. Raises EngineError where there is none, or the key is refused."""
        return await self._ask("GET", path, None)

    async def post(self, path: str, body: dict[str, Any]) -> Answer:
        """The answer to POST with that JSON, after retries. Raises EngineError as `get` does."""
        return await self._ask("POST", path, body)

    def fail(self, reason: str) -> EngineError:
        """An error in one line that names the engine and the place, without the key."""
        return EngineError(f"{self._settings.engine} at {self._settings.address.place}: {self.hide(reason)}")

    def hide(self, text: str) -> str:
        """The text without the key and without what would move the cursor of a terminal, as one line."""
        line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
        return self._settings.key.hide(line) if self._settings.key else line

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> Answer:
        if self._limit is None:
            self._limit = asyncio.Semaphore(self._settings.concurrency)
        failures = 0
        while True:
            async with self._limit:
                await self._pace.turn()
                try:
                    return await self._once(method, self._settings.address.url + path, body)
                except _Failed as failed:
                    failures += 1
                    self._give_up_or_hold(failed, failures)

    def _give_up_or_hold(self, failed: _Failed, failures: int) -> None:
        times = f" ({failures} times)" if failures > 1 else ""
        if failures >= self._settings.attempts:
            raise self.fail(f"{failed.reason}{times}; try again later") from None
        if failed.wait is not None and failed.wait > _LONGEST_HOLD_SECONDS:
            raise self.fail(
                f"{failed.reason}; it asks to be left alone for {failed.wait:.0f} seconds"
            ) from None
        wait = backoff(failures, self._means.random)
        self._pace.hold(wait if failed.wait is None else failed.wait + min(wait, 1.0))

    async def _once(self, method: str, url: str, body: dict[str, Any] | None) -> Answer:
        httpx = self._httpx
        seconds = self._settings.timeout_seconds
        try:
            async with asyncio.timeout(seconds):
                for _ in range(_MOST_REDIRECTS + 1):
                    answer, url_or_none = await self._send(method, url, body)
                    if url_or_none is None:
                        return answer
                    url = url_or_none
            raise self.fail("it sends us round in circles: is url right?")
        except (TimeoutError, httpx.TimeoutException):
            raise _Failed(f"no answer within {seconds:g} seconds") from None
        except httpx.ConnectError as error:
            self._unreachable(error)
        except httpx.ProxyError:
            raise self.fail("the proxy that the environment names refused the connection") from None
        except httpx.DecodingError:
            raise self.fail("the answer could not be unpacked") from None
        except httpx.TransportError:
            raise _Failed("the connection was cut") from None

    async def _send(self, method: str, url: str, body: dict[str, Any] | None) -> tuple[Answer, str | None]:
        """One exchange: the answer, and the URL at the same place where it sends us instead."""
        client = self._open_client()
        headers = {"Accept": "application/json"}
        if self._bearer and self._settings.key is not None:
            headers["Authorization"] = f"Bearer {self._settings.key.reveal()}"
        async with client.stream(method, url, json=body, headers=headers) as response:
            if response.is_redirect:
                return Answer(response.status_code, None, "", ""), self._redirect(method, response)
            content = bytearray()
            async for part in response.aiter_bytes():
                content += part
                if len(content) > _LARGEST_ANSWER:
                    raise self.fail("the answer is too large")
        kind = response.headers.get("content-type", "").partition(";")[0]
        try:
            value = json.loads(content)
        except (ValueError, RecursionError):
            value = None
        answer = Answer(response.status_code, value, self.hide(_words(value))[:200], kind)
        self._refused(answer, response.headers.get("retry-after"))
        return answer, None

    def _refused(self, answer: Answer, wait: str | None) -> None:
        """Raises EngineError where asking again is of no use, _Failed where it may be."""
        if answer.status in (401, 403):
            key = self._settings.key
            raise self.fail(
                f"the key from {key.origin} was refused ({answer.status})"
                if key
                else f"it refuses without a key ({answer.status}): {self._settings.key_advice}"
                + (f" (it says: {answer.words})" if answer.words else "")
            )
        if answer.status == 402 or (answer.status == 429 and _is_quota(answer.value)):
            raise self.fail(f"the quota is used up ({answer.status})" + _said(answer.words))
        if answer.status in _AGAIN:
            reason = (
                "too many requests (429)" if answer.status == 429 else f"the server failed ({answer.status})"
            )
            raise _Failed(reason + _said(answer.words), retry_after(wait))

    def _redirect(self, method: str, response: httpx.Response) -> str:
        """Where a redirection leads, if to the same place; else EngineError, so that no key or text goes there."""
        try:
            target = str(response.url.join(response.headers.get("location", "")))
        except self._httpx.InvalidURL:
            target = ""
        shown = target.partition("?")[0].partition("#")[0] or "no address"
        if not self._settings.address.has(target):
            raise self.fail(
                f"it sends us to {shown}, which is not asked: set url to that address if you trust it"
            )
        if method != "GET" and response.status_code not in (307, 308):
            raise self.fail(f"it sends us to {shown}: is url right?")
        return target

    def _unreachable(self, error: Exception) -> NoReturn:
        text = str(error)
        causes: list[BaseException] = []
        cause: BaseException | None = error
        while cause is not None and len(causes) < 10:
            causes.append(cause)
            cause = cause.__cause__ or cause.__context__
        if any(isinstance(one, ssl.SSLError) for one in causes) or "CERTIFICATE" in text:
            raise self.fail("no secure connection: its certificate was not accepted") from None
        if any(isinstance(one, ConnectionRefusedError) for one in causes) or "refused" in text.lower():
            raise self.fail("the connection was refused: does the server run there?") from None
        raise self.fail("cannot be reached: check url and the network") from None

    def _open_client(self) -> httpx.AsyncClient:
        """The client; only what `proxy_for` says is taken from the environment, no .netrc is read."""
        if self._client is None:
            settings = self._settings
            try:
                self._client = self._httpx.AsyncClient(
                    trust_env=False,
                    verify=self._trust(),
                    proxy=http_address.proxy_for(settings.address, self._means.environ),
                    follow_redirects=False,
                    timeout=self._httpx.Timeout(
                        settings.timeout_seconds, connect=min(10, settings.timeout_seconds)
                    ),
                    headers={"User-Agent": "translation-workbench"},
                )
            except (ValueError, ImportError, OSError):
                raise self.fail(
                    "the proxy or certificates that the environment names cannot be used"
                ) from None
        return self._client

    def _trust(self) -> ssl.SSLContext:
        """The certificates that are trusted; none at an http:// address, where reading them would be for nothing."""
        if self._settings.address.scheme == "https":
            return self._httpx.create_ssl_context()
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _words(value: Any) -> str:
    """What a server says of an error: `{"error": "…"}`, `{"error": {"message": "…"}}` or `{"detail": "…"}`."""
    if not isinstance(value, dict):
        return ""
    error = value.get("error", value.get("detail", value.get("message")))
    if isinstance(error, dict):
        error = error.get("message")
    return error if isinstance(error, str) else ""


def _said(words: str) -> str:
    return f": {words}" if words else ""


def _is_quota(value: Any) -> bool:
    error = value.get("error") if isinstance(value, dict) else None
    return isinstance(error, dict) and "insufficient_quota" in (error.get("code"), error.get("type"))
