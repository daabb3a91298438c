"""A server process with the two APIs, LibreTranslate's and OpenAI's, for tests: honest unless a plan says otherwise.

`PUT /_plan` takes a list of what the next API requests meet instead of an honest answer, one each (null = honest):
{"status", "headers", "body"}, {"cut": N} (that many bytes of an answer that promised more), {"sleep": SECONDS} before
an honest answer. `GET /_log` gives the requests that came.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CHINESE = {
    "Good morning.": ["早上好。", "早安。"],
    "The train leaves at 9:30.": ["火车9:30出发。", "列车九点半开。"],
    "Thank you very much.": ["非常感谢。"],
    "See page 12.": ["见第12页。"],
    "Fish &amp; chips": ["炸鱼薯条"],
}
LANGUAGES = [
    {"code": "en", "name": "English", "targets": ["zh-Hans", "fr"]},
    {"code": "zh-Hans", "name": "Chinese", "targets": ["en"]},
    {"code": "fr", "name": "French", "targets": ["en"]},
]
BATCH_LIMIT = 8
MODELS = ("small",)


def translations(text: str, count: int) -> list[str]:
    return CHINESE.get(text, [f"译{text}"])[:count]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    plan: list[dict[str, Any] | None] = []  # noqa: RUF012 - shared by all requests on purpose
    log: list[dict[str, Any]] = []  # noqa: RUF012
    languages: Any = LANGUAGES
    lock = threading.Lock()
    under_way = 0

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_PUT(self) -> None:
        plan = self.read()
        with self.lock:
            Handler.plan[:] = plan
            Handler.log.clear()
            Handler.languages = LANGUAGES
        self.send(200, {})

    def do_GET(self) -> None:
        if self.path == "/_log":
            with self.lock:
                self.send(200, list(Handler.log))
            return
        self.api("GET", None)

    def do_POST(self) -> None:
        self.api("POST", self.read())

    def read(self) -> Any:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def send(
        self, status: int, value: Any, headers: dict[str, str] | None = None, cut: int | None = None
    ) -> None:
        content = value.encode() if isinstance(value, str) else json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        kind = "text/html" if isinstance(value, str) and value.startswith("<") else "application/json"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, one in (headers or {}).items():
            self.send_header(name, one)
        self.end_headers()
        self.wfile.write(content[:cut])
        if cut is not None:
            self.close_connection = True

    def api(self, method: str, body: Any) -> None:
        with self.lock:
            Handler.under_way += 1
            Handler.log.append(
                {
                    "method": method,
                    "path": self.path,
                    "authorization": self.headers.get("Authorization"),
                    "body": body,
                    "at": time.monotonic(),
                    "under_way": Handler.under_way,
                }
            )
            step = Handler.plan.pop(0) if Handler.plan else None
        try:
            self.answer(step or {}, body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with self.lock:
                Handler.under_way -= 1

    def answer(self, step: dict[str, Any], body: Any) -> None:
        if "status" in step:
            self.send(step["status"], step.get("body", {}), step.get("headers"))
            return
        time.sleep(step.get("sleep", 0))
        status, value = self.honest(body)
        self.send(status, value, cut=step.get("cut"))

    def honest(self, body: Any) -> tuple[int, Any]:
        if self.path.endswith("/languages"):
            return 200, Handler.languages
        if self.path.endswith("/translate"):
            return self.translate(body)
        if self.path.endswith("/chat/completions"):
            return self.chat(body)
        return 404, {"error": "not found"}

    def translate(self, body: dict[str, Any]) -> tuple[int, Any]:
        texts = body["q"]
        if len(texts) > BATCH_LIMIT:
            return 400, {
                "error": f"Invalid request: request ({len(texts)}) exceeds text limit ({BATCH_LIMIT})"
            }
        if body["target"] not in [
            one for each in LANGUAGES if each["code"] == body["source"] for one in each["targets"]
        ]:
            return 400, {"error": f"{body['target']} is not supported"}
        more = body.get("alternatives", 0)
        found = [translations(text, 1 + more) for text in texts]
        value: dict[str, Any] = {"translatedText": [one[0] for one in found]}
        if more:
            value["alternatives"] = [one[1:] for one in found]
        return 200, value

    def chat(self, body: dict[str, Any]) -> tuple[int, Any]:
        if body["model"] not in MODELS:
            return 404, {
                "error": {"message": f"The model `{body['model']}` does not exist", "code": "model_not_found"}
            }
        system, user = (one["content"] for one in body["messages"])
        wanted = re.search(r"Give (\d+) different", system)
        count = int(wanted[1]) if wanted else 1
        segments = [
            {"id": one["id"], "translations": translations(one["text"], count)}
            for one in json.loads(user)["segments"]
        ]
        content = json.dumps({"segments": segments}, ensure_ascii=False)
        message = {"role": "assistant", "content": content}
        return 200, {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)  # noqa: T201 - the port, for who started it
    threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
