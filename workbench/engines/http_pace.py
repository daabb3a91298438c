"""When a request may be sent: not more of them a minute than wanted, and later again after a refusal."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0


class Pace:
    """Turns for requests, evenly apart; whoever was told to wait makes all others wait too."""

    def __init__(
        self,
        requests_per_minute: float | None,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._apart = 60 / requests_per_minute if requests_per_minute else 0.0
        self._clock = clock
        self._sleep = sleep
        self._free_at = -math.inf

    async def turn(self) -> None:
        """Returns when the next request may be sent."""
        while True:
            now = self._clock()
            if self._free_at <= now:
                self._free_at = now + self._apart
                return
            await self._sleep(self._free_at - now)

    def hold(self, seconds: float) -> None:
        """No turn for that long."""
        self._free_at = max(self._free_at, self._clock() + seconds)


def retry_after(header: str | None, *, now: datetime | None = None) -> float | None:
    """The seconds that a Retry-After header asks for (RFC 9110, 10.2.3: a number or a date); None for another."""
    if not header:
        return None
    if header.strip().isascii() and header.strip().isdigit():
        return float(header)
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds())


def backoff(failures: int, random: Callable[[], float]) -> float:
    """The seconds to wait after so many failures in a row: doubled each time, and spread out."""
    longest: float = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (failures - 1))
    return longest * (0.5 + random() / 2)
