"""Machine code of the loops in `kernels.py`: compiled once by numba, kept in the user's cache, loaded by llvmlite.

numba takes most of a second to be imported and as long again to find its own cache; llvmlite, on which it stands, links
an object file in a twentieth of that. So numba is imported only where an object is missing.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import inspect
import platform
import re
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

_DIGEST = 32
_CALLED = ("memset", "memcpy", "memmove", "memcmp", "bcmp")
"""What LLVM makes of some loops."""

_NEVER_CALLED = (
    "NRT_Free", "NRT_MemInfo_call_dtor", "NRT_incref", "NRT_decref", "numba_gil_ensure", "numba_gil_release",
    "numba_do_raise", "numba_runtime_build_excinfo_struct", "numba_unpickle", "PyBytes_FromStringAndSize",
    "PyErr_Clear", "PyErr_SetNone", "PyErr_SetString", "PyErr_WriteUnraisable", "PyExc_RuntimeError",
    "PyExc_StopIteration", "PyExc_SystemError", "PyUnicode_FromString", "Py_DecRef",
)  # fmt: skip
"""What numba's objects name for the case of an exception, which the loops never raise."""

_linked: list[Any] = []


@cache
def available() -> bool:
    """Whether numba is installed."""
    return importlib.util.find_spec("numba") is not None


def ready(function: Callable[..., Any]) -> bool:
    """Whether the function was compiled before, for this processor and by this numba: then it is soon loaded."""
    if function in _entries:
        return True
    return any(_folder().glob(f"{_name(function)}-*.o")) and _place(function).exists()


_entries: dict[Callable[..., Any], Callable[..., int]] = {}


def entry(function: Callable[..., Any]) -> Callable[..., int]:
    """The compiled function, to be called with addresses of arrays and integers; other threads run meanwhile."""
    if function not in _entries:
        address = (_load(_place(function)) if sys.platform == "linux" else None) or _compile(function)
        kinds = [ctypes.c_void_p if kind else ctypes.c_int64 for kind in _kinds(function)]
        _entries[function] = ctypes.CFUNCTYPE(ctypes.c_int64, *kinds)(address)
    return _entries[function]


def compile_aside(function: Callable[..., Any]) -> None:
    """Have the function compiled by a process of its own, once, for those who cannot wait seconds for it."""
    if function not in _started:
        _started.add(function)
        code = (
            f"from workbench.metrics import machine; from {function.__module__} import {function.__name__} as f;"
            "machine.entry(f)"
        )
        with suppress(OSError):
            subprocess.Popen(
                [sys.executable, "-c", code],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )


_started: set[Callable[..., Any]] = set()


def _kinds(function: Callable[..., Any]) -> list[str]:
    """The element type of each parameter that is an array, "" for an integer."""
    names = {"Codes": "uint32", "Flags": "uint8", "Long": "int64", "Work": "int32", "int": ""}
    return [names[each.annotation] for each in inspect.signature(function).parameters.values()]


@cache
def _folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("workbench")) / "compiled"


@cache
def _source(module: str) -> str:
    """A digest of the source of a module of loops."""
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        return ""
    return hashlib.sha256(Path(spec.origin).read_bytes()).hexdigest()[:16]


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__name__}-{_source(function.__module__)}"


def _place(function: Callable[..., Any]) -> Path:
    """The file of a function's object, named by all that machine code depends on."""
    import llvmlite
    import llvmlite.binding as llvm

    parts = (
        llvmlite.__version__,
        llvm.get_process_triple(),
        llvm.get_host_cpu_name(),
        llvm.get_host_cpu_features().flatten(),
        platform.python_version(),
    )
    return _folder() / f"{_name(function)}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:16]}.o"


def _load(place: Path) -> int | None:
    """The address of the function in an object file, None where there is none that is whole."""
    try:
        data = place.read_bytes()
    except OSError:
        return None
    digest, name, code = data[:_DIGEST], *data[_DIGEST:].partition(b"\0")[::2]
    if hashlib.sha256(data[_DIGEST:]).digest() != digest:
        return None
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    library = ctypes.CDLL(None)
    for symbol in (*_CALLED, *_NEVER_CALLED):
        known = getattr(library, symbol if symbol in _CALLED else "abort")
        if not llvm.address_of_symbol(symbol):
            llvm.add_symbol(symbol, ctypes.cast(known, ctypes.c_void_p).value)
    machine = llvm.Target.from_default_triple().create_target_machine()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    _linked.append((engine, code))
    address: int = engine.get_function_address(name.decode())
    return address or None


def _compile(function: Callable[..., Any]) -> int:
    """Have numba compile the function, and keep the object for the next time."""
    import numba
    from numba.extending import register_jitable

    module = inspect.getmodule(function)
    assert module is not None
    for helper in _functions(module):
        if helper is not function:
            register_jitable(helper)
    kinds = [
        numba.types.CPointer(getattr(numba.types, kind)) if kind else numba.types.int64
        for kind in _kinds(function)
    ]
    keeping = sys.platform == "linux"
    compiled: Any = numba.cfunc(numba.types.int64(*kinds), error_model="numpy", cache=not keeping)(function)
    _linked.append(compiled)
    declared = set(re.findall(r"^declare .*@([\w.]+)\(", compiled.inspect_llvm(), re.MULTILINE))
    make = getattr(getattr(compiled, "_library", None), "_get_compiled_object", None)
    outside = {name for name in declared if not name.startswith("llvm.")} - {*_CALLED, *_NEVER_CALLED}
    if keeping and make is not None and not outside:
        _keep(_place(function), compiled.native_name.encode() + b"\0" + make())
    address: int = compiled.address
    return address


def _functions(module: ModuleType) -> list[Callable[..., Any]]:
    return [each for _, each in inspect.getmembers(module, inspect.isfunction)]


def _keep(place: Path, data: bytes) -> None:
    """Write the object through a temporary file; where that cannot be, it is compiled again the next time."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(hashlib.sha256(data).digest() + data)
        Path(file.name).replace(place)
