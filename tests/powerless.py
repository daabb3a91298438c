"""File modes that count for root, too: a test that runs in a thread without the capabilities that override them."""

from __future__ import annotations

import ctypes
import functools
import os
import threading
from collections.abc import Callable
from typing import ParamSpec

P = ParamSpec("P")

_VERSION_3 = 0x20080522
_OVERRIDES = (1, 2, 3)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER of capabilities(7)


def powerless(test: Callable[P, None]) -> Callable[P, None]:
    """Run a test as somebody whom file modes bind; for users other than root that is as it is."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        if os.geteuid() != 0:
            test(*args, **kwargs)
            return
        raised: list[BaseException] = []

        def body() -> None:
            try:
                _drop_overrides()
                test(*args, **kwargs)
            except BaseException as error:
                raised.append(error)

        thread = threading.Thread(target=body)
        thread.start()
        thread.join()
        if raised:
            raise raised[0]

    return run


def _drop_overrides() -> None:
    """Take the capabilities from this thread alone, for good: from the permitted set as well."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable, twice
    if libc.capget(header, data) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    for capability in _OVERRIDES:
        data[0] &= ~(1 << capability)
        data[1] &= ~(1 << capability)
    if libc.capset(header, data) != 0:
        raise OSError(ctypes.get_errno(), "capset")
