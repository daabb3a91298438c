"""The engine openai: a language model behind a chat endpoint of OpenAI's form, at an address that the user gives."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from workbench.engines import http_prompt
from workbench.engines.base import EngineKind, Proposal
from workbench.engines.http_settings import needed, number, settings, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engines.base import EngineOptions, Request
    from workbench.engines.http import Answer, Means
    from workbench.errors import EngineError

_BATCH_SIZE = 10
_ALONE_TIMES = 2
_FORMAT_WORDS = ("response_format", "json_schema", "json_object", "schema", "structured")


class OpenAIEngine:
    """Segments go as JSON with ids, several a request; what does not come back is asked again alone."""

    name = "openai"

    def __init__(
        self, source_lang: str, target_lang: str, options: EngineOptions, *, means: Means | None = None
    ) -> None:
        from workbench.engines.http import Means, Service

        values = options.values
        means = means or Means(os.environ)
        self._settings = settings(self.name, values, means.environ, batch_size=_BATCH_SIZE)
        self._model = needed(self.name, values, "model")
        self._wishes = text_of(self.name, values, "instructions")
        self._temperature: float | None = number(self.name, values, "temperature", 0)
        self._may_drop_temperature = "temperature" not in values
        self._pair = source_lang, target_lang
        self._format = 0
        self._service = Service(self._settings, means, bearer=True)

    @property
    def label(self) -> str:
        return f"{self._model} at {self._settings.address.place}"

    @property
    def batch_size(self) -> int:
        return self._settings.batch_size * self._settings.concurrency

    @property
    def is_local(self) -> bool:
        return self._settings.address.is_loopback

    def propose(
        self, requests: Sequence[Request], *, alternatives: int = 1, careful: bool = False
    ) -> list[tuple[Proposal, ...]]:
        """As `Engine.propose`; `careful` = each segment in a request of its own, with a word on what goes wrong."""
        return self._service.run(self._propose(requests, alternatives, careful))

    def close(self) -> None:
        self._service.close()

    async def _propose(
        self, requests: Sequence[Request], alternatives: int, careful: bool
    ) -> list[tuple[Proposal, ...]]:
        asked = [at for at, one in enumerate(requests) if one.text.strip()]
        size = 1 if careful else self._settings.batch_size
        batches = [asked[at : at + size] for at in range(0, len(asked), size)]
        found = await self._service.together(
            self._batch([requests[at] for at in batch], alternatives, careful) for batch in batches
        )
        texts = dict(zip(asked, (one for batch in found for one in batch), strict=True))
        return [
            tuple(Proposal(text) for text in texts.get(at, (one.text,))) for at, one in enumerate(requests)
        ]

    async def _batch(
        self, requests: Sequence[Request], alternatives: int, careful: bool
    ) -> list[tuple[str, ...]]:
        """The translations of one batch; a segment that did not come back is asked again by itself."""
        found, reason = await self._asked(requests, alternatives, careful)
        missing = [which for which in range(1, len(requests) + 1) if which not in found]
        times = _ALONE_TIMES if len(requests) > 1 else _ALONE_TIMES - 1
        for _ in range(times):
            again = await self._service.together(
                self._asked([requests[which - 1]], alternatives, careful) for which in missing
            )
            for which, (one, why) in zip(missing, again, strict=True):
                if 1 in one:
                    found[which] = one[1]
                else:
                    reason = why
            missing = [which for which in missing if which not in found]
        if missing:
            shown = requests[missing[0] - 1].text[:40]
            raise self._service.fail(
                f"the answer of {self._model} was not understood for {shown!r}: {reason}"
            )
        return [found[which] for which in range(1, len(requests) + 1)]

    async def _asked(
        self, requests: Sequence[Request], alternatives: int, careful: bool
    ) -> tuple[dict[int, tuple[str, ...]], str]:
        """The translations by id, and why one may be missing."""
        system = http_prompt.instructions(
            *self._pair, requests, alternatives=alternatives, careful=careful, wishes=self._wishes
        )
        messages = [
            {"role": "system", "content": system},
            {"role": "user", "content": http_prompt.question(requests)},
        ]
        choice = await self._choice(messages)
        message = choice.get("message")
        content = message.get("content") if isinstance(message, dict) else None
        if choice.get("finish_reason") == "length":
            reason = "it was cut off at the model's limit"
        elif choice.get("finish_reason") == "content_filter" or (
            isinstance(message, dict) and message.get("refusal")
        ):
            reason = "it was refused by the server's filter"
        else:
            reason = "no translation with the id that was asked for"
        text = content if isinstance(content, str) else ""
        return http_prompt.answers(text, len(requests), alternatives=alternatives), reason

    async def _choice(self, messages: list[dict[str, str]]) -> dict[str, Any]:
        """The first choice of the answer; a form or temperature that the server does not know is given up."""
        while True:
            body: dict[str, Any] = {"model": self._model, "messages": messages}
            used, form = self._format, http_prompt.FORMATS[self._format]
            if self._temperature is not None:
                body["temperature"] = self._temperature
            if form is not None:
                body["response_format"] = form
            answer = await self._service.post("/chat/completions", body)
            if answer.status == 200:
                return self._first(answer)
            words = answer.words.lower()
            if (
                answer.status in (400, 422)
                and form is not None
                and any(one in words for one in _FORMAT_WORDS)
            ):
                self._format = max(self._format, used + 1)
            elif (
                answer.status in (400, 422)
                and "temperature" in words
                and self._may_drop_temperature
                and ("temperature" in body)
            ):
                self._temperature = None
            else:
                raise self._refused(answer)

    def _first(self, answer: Answer) -> dict[str, Any]:
        choices = answer.value.get("choices") if isinstance(answer.value, dict) else None
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
            kind = f" ({answer.kind})" if answer.value is None and answer.kind else ""
            raise self._service.fail(
                f"the answer was not understood{kind}: is this a chat endpoint of OpenAI's form, and url right?"
            )
        first: dict[str, Any] = choices[0]
        return first

    def _refused(self, answer: Answer) -> EngineError:
        words = f": {answer.words}" if answer.words else ""
        if "model" in answer.words.lower() and answer.status in (400, 404, 422):
            return self._service.fail(f"no model {self._model!r} there ({answer.status}){words}")
        if answer.status in (404, 405):
            return self._service.fail(
                f"no chat endpoint there ({answer.status}): url is what stands before /chat/completions, "
                "such as https://HOST/v1"
            )
        return self._service.fail(f"the request was refused ({answer.status}){words}")


KIND = EngineKind(
    name=OpenAIEngine.name,
    title="A language model behind a chat endpoint of OpenAI's form, at a URL of yours",
    extra="http",
    open=OpenAIEngine,
)
