"""
Builds the compiled kernel into a wheel, where cargo is there and its crates can be reached.

Otherwise the wheel is pure Python, with the reason in it: an installation never
fails for the kernel. What cargo makes is kept in the user's cache folder, so that the
second build takes seconds. SEARCHLIB_BUILD_KERNEL=no leaves the kernel out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACE = "searchlib/native"
REASON = "not_built.txt"
MOST_S = 900
MOST_SAID = 300
_LIBRARIES = ("lib_kernel.so", "lib_kernel.dylib", "_kernel.dll")


class KernelBuildHook(BuildHookInterface[Any]):
    """Adds the extension, or the reason why it is not there."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before the files of a wheel are collected; *version* is `standard` or `editable`."""
        source = Path(self.root) / PLACE
        self._folder = tempfile.TemporaryDirectory(prefix="searchlib-kernel-")
        made = Path(self._folder.name)
        name = "_kernel.pyd" if os.name == "nt" else "_kernel.abi3.so"
        reason = build(source, made / name)
        kept = REASON if reason else name
        if reason:
            (made / REASON).write_text(reason + "\n", "utf-8")
            self.app.display_warning(f"searchlib is built without its compiled kernel: {reason}")
        else:
            build_data["pure_python"] = False
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"cp311-abi3-{platform}"
        if version == "editable":  # the source tree is what is imported
            for other in (name, REASON):
                (source / other).unlink(missing_ok=True)
            shutil.copyfile(made / kept, source / f"{kept}.new")
            (source / f"{kept}.new").replace(source / kept)  # a process may have the old one mapped
        else:
            build_data["force_include"][str(made / kept)] = f"{PLACE}/{kept}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Take away what was built, which is in the wheel now."""
        self._folder.cleanup()


def build(source: Path, into: Path) -> str:
    """Build the extension into a file and return nothing, or the reason why there is none."""
    if os.environ.get("SEARCHLIB_BUILD_KERNEL", "").lower() in {"no", "0", "off"}:
        return "SEARCHLIB_BUILD_KERNEL says so"
    if sys.implementation.name != "cpython" or sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "it is for CPython with its global lock"
    cargo = shutil.which("cargo") or shutil.which("cargo", path=str(Path.home() / ".cargo" / "bin"))
    if cargo is None:
        return "cargo (Rust) was not found"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "searchlib" / "kernel"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "used").touch()
    except OSError:
        cache = into.parent / "target"
        cache.mkdir()
    # Without a name of the interpreter, which is another one for each build, nothing is compiled again.
    other = {"PYO3_PYTHON": sys.executable} if os.name == "nt" else {"PYO3_NO_PYTHON": "1"}
    if sys.platform == "darwin":
        other["RUSTFLAGS"] = "-C link-arg=-undefined -C link-arg=dynamic_lookup"
    command = [cargo, "build", "--release", "--locked", "--quiet"]
    command += ["--manifest-path", str(source / "Cargo.toml"), "--target-dir", str(cache)]
    with _alone(cache):
        _forget_other_tree(cache, source)
        reason = _built(command, os.environ | other, cache / "release", into)
        if not reason:
            (cache / "tree").write_text(str(source), "utf-8")
        return reason


def _forget_other_tree(cache: Path, source: Path) -> None:
    """Take the library away that was made from another tree: cargo would take it for that of this one."""
    tree = cache / "tree"
    if not tree.is_file() or tree.read_text("utf-8") != str(source):
        for name in _LIBRARIES:
            for folder in (cache / "release", cache / "release" / "deps"):
                (folder / name).unlink(missing_ok=True)


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """Let no other build of another tree put its library in the place of ours before it is copied."""
    try:
        import fcntl  # noqa: PLC0415 (not on Windows)
    except ImportError:
        yield
        return
    with (cache / "used").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _built(command: list[str], environment: dict[str, str], release: Path, into: Path) -> str:
    try:
        done = subprocess.run(  # noqa: S603 (cargo, as it was found)
            command, env=environment, capture_output=True, text=True, check=False, timeout=MOST_S
        )
    except (OSError, subprocess.SubprocessError) as error:
        return f"cargo could not be run: {error}"
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        told = next((line for line in lines if line.startswith("error")), lines[-1] if lines else "")
        return f"cargo failed: {told[:MOST_SAID]}"
    built = next((release / name for name in _LIBRARIES if (release / name).is_file()), None)
    if built is None:
        return "cargo made no library"
    shutil.copyfile(built, into)
    return ""
