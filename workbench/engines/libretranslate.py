"""The engine libretranslate: a server with LibreTranslate's API, at an address that the user gives."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from workbench import langs
from workbench.engines.base import EngineKind, Proposal
from workbench.engines.http_settings import settings
from workbench.errors import EngineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engines.base import EngineOptions, Request
    from workbench.engines.http import Answer, Means

_BATCH_SIZE = 16
_MARKS = {"?": "？", "!": "！", ",": "，", ";": "；", ".": "。"}
_UNDERSTOOD = "the answer was not understood: is this a LibreTranslate server, and url right?"


class LibreTranslateEngine:
    """Texts go in lists to /translate; terms cannot be told to it."""

    name = "libretranslate"

    def __init__(
        self, source_lang: str, target_lang: str, options: EngineOptions, *, means: Means | None = None
    ) -> None:
        from workbench.engines.http import Means, Service

        means = means or Means(os.environ)
        self._settings = settings(self.name, options.values, means.environ, batch_size=_BATCH_SIZE)
        self._service = Service(self._settings, means)
        try:
            self._codes = self._service.run(self._pair(source_lang, target_lang))
        except BaseException:
            self._service.close()
            raise

    @property
    def label(self) -> str:
        return f"LibreTranslate at {self._settings.address.place}"

    @property
    def batch_size(self) -> int:
        return self._settings.batch_size * self._settings.concurrency

    @property
    def is_local(self) -> bool:
        return self._settings.address.is_loopback

    def propose(
        self,
        requests: Sequence[Request],
        *,
        alternatives: int = 1,
        careful: bool = False,  # noqa: ARG002 - the API has no such setting
    ) -> list[tuple[Proposal, ...]]:
        """As `Engine.propose`; the API knows neither terms nor `careful`."""
        return self._service.run(self._propose(requests, alternatives))

    def close(self) -> None:
        self._service.close()

    async def _pair(self, source_lang: str, target_lang: str) -> tuple[str, str]:
        """The server's own codes of the two languages. Raises EngineError where it has no such pair."""
        answer = await self._service.get("/languages")
        if answer.status != 200 or not isinstance(answer.value, list):
            raise self._service.fail(_UNDERSTOOD)
        targets: dict[str, list[str]] = {}
        known = [one for one in answer.value if isinstance(one, dict) and isinstance(one.get("code"), str)]
        for one in known:
            listed = one.get("targets")
            targets[one["code"]] = [
                code
                for code in (listed if isinstance(listed, list) else [each["code"] for each in known])
                if isinstance(code, str)
            ]
        if not targets:
            raise self._service.fail("it has no languages: give it a model first")
        source = _code(source_lang, list(targets))
        target = _code(target_lang, targets[source]) if source else None
        if source is None or target is None:
            pairs = ", ".join(f"{one}→{'/'.join(others)}" for one, others in targets.items())
            raise self._service.fail(
                f"no translation from {source_lang} to {target_lang} (there are: {pairs})"[:400]
            )
        return source, target

    async def _propose(self, requests: Sequence[Request], alternatives: int) -> list[tuple[Proposal, ...]]:
        asked = [number for number, one in enumerate(requests) if one.text.strip()]
        size = self._settings.batch_size
        batches = [asked[at : at + size] for at in range(0, len(asked), size)]
        found = await self._service.together(
            self._batch([requests[number].text for number in batch], alternatives) for batch in batches
        )
        texts = dict(zip(asked, (one for batch in found for one in batch), strict=True))
        return [
            tuple(Proposal(text) for text in texts.get(number, (one.text,)))
            for number, one in enumerate(requests)
        ]

    async def _batch(self, texts: list[str], alternatives: int) -> list[tuple[str, ...]]:
        """The translations of one batch, halved where the server finds it too long or gives back another number.

        Where it gives fewer alternatives than are asked for, so many are asked for.
        """
        body: dict[str, Any] = {
            "q": texts,
            "source": self._codes[0],
            "target": self._codes[1],
            "format": "text",
        }
        if alternatives > 1:
            body["alternatives"] = alternatives - 1
        if self._settings.key is not None:
            body["api_key"] = self._settings.key.reveal()
        answer = await self._service.post("/translate", body)
        found = _texts(answer.value, texts, alternatives) if answer.status == 200 else None
        if found is not None:
            return found
        fewer = re.search(r"\balternatives\b.*<= *(\d+)", answer.words) if answer.status == 400 else None
        if fewer and int(fewer[1]) < alternatives - 1:
            return await self._batch(texts, int(fewer[1]) + 1)
        too_long = answer.status == 413 or (answer.status == 400 and "limit" in answer.words.lower())
        if len(texts) > 1 and (too_long or answer.status == 200):
            middle = len(texts) // 2
            first = await self._batch(texts[:middle], alternatives)
            return first + await self._batch(texts[middle:], alternatives)
        raise self._refused(answer, too_long=too_long)

    def _refused(self, answer: Answer, *, too_long: bool) -> EngineError:
        if answer.status == 200:
            return self._service.fail(_UNDERSTOOD)
        if too_long:
            return self._service.fail(f"a text is too long for it: {answer.words or answer.status}")
        if re.search(r"\bAPI key\b", answer.words, re.IGNORECASE):
            return self._service.fail(
                f"it wants a key: {self._settings.key_advice} (it says: {answer.words})"
            )
        if answer.status in (404, 405):
            return self._service.fail(f"no /translate there ({answer.status}): is url right?")
        words = f": {answer.words}" if answer.words else ""
        return self._service.fail(f"the request was refused ({answer.status}){words}")


def _code(tag: str, known: Sequence[str]) -> str | None:
    """The code among `known` for that language; Traditional Chinese is never taken for Simplified, nor the reverse."""
    if langs.primary(tag) == "zh":
        wanted = ["zh-Hant", "zh-TW", "zt"] if langs.is_traditional(tag) else ["zh-Hans", "zh", "zh-CN"]
    else:
        try:
            wanted = [langs.normalize(tag), langs.primary(tag)]
        except UsageError:
            wanted = [tag]
    codes = {code.replace("_", "-").lower(): code for code in reversed(known)}
    return next((codes[one.lower()] for one in wanted if one.lower() in codes), None)


def _texts(value: Any, sources: Sequence[str], alternatives: int) -> list[tuple[str, ...]] | None:
    """The translations of each text, the best first; None where the answer has another form or number."""
    count = len(sources)
    best = value.get("translatedText") if isinstance(value, dict) else None
    if not isinstance(best, list) or len(best) != count or not all(isinstance(one, str) for one in best):
        return None
    others = value.get("alternatives")
    if not isinstance(others, list) or len(others) != count:
        others = [[]] * count
    found = []
    for source, first, more in zip(sources, best, others, strict=True):
        good = [one for one in more if isinstance(one, str) and one.strip()] if isinstance(more, list) else []
        whole = dict.fromkeys(_without_second_mark(source, one) for one in [first, *good])
        found.append(tuple(whole)[:alternatives])
    return found


def _without_second_mark(source: str, text: str) -> str:
    """The text without the mark of the source's end that the server puts behind the Chinese one: `？?`."""
    mark = source.rstrip()[-1:]
    return text[:-1] if _MARKS.get(mark) and text.endswith(_MARKS[mark] + mark) else text


KIND = EngineKind(
    name=LibreTranslateEngine.name,
    title="A server with LibreTranslate's API, at a URL of yours",
    extra="http",
    open=LibreTranslateEngine,
)
