"""A page in headless Chromium, spoken to over a pipe: what it says on the console, what it asks for, what is on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Page:
    """One tab; `complaints` are errors, warnings and violations of the policy, `requests` the addresses asked for."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._held = b""
        self._number = 0
        self._session: str | None = None
        self.complaints: list[str] = []
        self.requests: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its result; what happens meanwhile is noted."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._held:
            piece = os.read(self._back, 1 << 20)
            assert piece, "the browser is gone"
            self._held += piece
        line, _, self._held = self._held.partition(b"\0")
        answer: dict[str, Any] = json.loads(line)
        params = answer.get("params", {})
        if answer.get("method") == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif answer.get("method") in (
            "Log.entryAdded",
            "Runtime.exceptionThrown",
            "Runtime.consoleAPICalled",
        ):
            self.complaints.append(json.dumps(params))
        return answer

    def open(self, address: str) -> float:
        """Load a page; the milliseconds until it had loaded and run its scripts."""
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=address)
        while self.run("document.readyState + location.protocol") != "completefile:":
            time.sleep(0.05)
        timing = "performance.getEntriesByType('navigation')[0]"
        return float(self.run(f"{timing}.loadEventEnd || {timing}.domComplete"))

    def run(self, script: str) -> Any:
        """The value of a script in the page."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")


@contextmanager
def browser_page() -> Iterator[Page]:
    """A tab of a browser of its own."""
    program = shutil.which("chromium") or "chromium-headless-shell"
    there, to = os.pipe()
    back, here = os.pipe()
    # Chromium reads commands from descriptor 3 and answers on 4.
    command = f"exec {program} --headless --no-sandbox --disable-gpu --disable-background-networking"
    command += f" --remote-debugging-pipe about:blank 3<&{there} 4>&{here}"
    process = subprocess.Popen(
        ["bash", "-c", command], pass_fds=(there, here), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(there)
    os.close(here)
    try:
        yield Page(to, back)
    finally:
        os.close(to)
        os.close(back)
        process.terminate()
        process.wait(timeout=20)


def address(path: Path, view: str = "") -> str:
    """The address of a file with a part behind #."""
    return path.as_uri() + (f"#{view}" if view else "")
