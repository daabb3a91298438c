"""Reading ahead, behind the screen, what the first key of an editor would otherwise wait for."""

from __future__ import annotations

import threading

_begun = threading.Event()


def warm_words() -> None:
    """Read the dictionary of Chinese words on a thread, once."""
    if _begun.is_set():
        return
    _begun.set()
    threading.Thread(target=_read, name="background", daemon=True).start()


def _read() -> None:
    from workbench.tui import words

    words.warm()
