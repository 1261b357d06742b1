"""Compiles the inner loops of the clause engine (fairs/clauses/compiled/, ADR 39).

Without a C compiler or the header files that it needs it says so and leaves it: the engine then reads more slowly.
"""

import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "fairs/clauses/compiled").glob("*.pyx"))


def command(code: Path, target: Path) -> list[str]:
    """How this Python compiles C code for itself."""
    settings = " ".join(
        str(sysconfig.get_config_var(name) or "") for name in ("LDSHARED", "CCSHARED", "CFLAGS")
    )
    include = f"-I{sysconfig.get_path('include')}"
    return [*shlex.split(settings), include, str(code), "-o", str(target)]


def lacking() -> str:
    """What this machine lacks to compile, or nothing: found out by trying."""
    compiler = command(Path(), Path())[0]
    if not shutil.which(compiler):
        return f"the C compiler {compiler}"
    with tempfile.TemporaryDirectory() as folder:
        code = Path(folder, "trial.c")
        code.write_text("#include <Python.h>\n")
        trial = subprocess.run(command(code, code.with_suffix(".so")), capture_output=True, check=False)
    return "a header file of C or Python" if trial.returncode else ""


def compiled(source: Path) -> None:
    """Compile one file beside itself; raises subprocess.CalledProcessError."""
    code = source.with_suffix(".c")
    subprocess.run([sys.executable, "-m", "cython", "-3", source.relative_to(ROOT)], check=True, cwd=ROOT)
    target = target_of(source)
    written = target.with_suffix(".new")
    subprocess.run(command(code, written), check=True)
    written.replace(target)  # at once: a process may be reading the old one
    code.unlink()


def target_of(source: Path) -> Path:
    """The module that a file becomes."""
    return source.with_suffix(sysconfig.get_config_var("EXT_SUFFIX"))


def outdated(source: Path) -> bool:
    """Whether the module was made from an older file, and may not fit what is around it."""
    target = target_of(source)
    return target.exists() and target.stat().st_mtime < source.stat().st_mtime


def main() -> None:
    """Compile everything, or say why not."""
    if what := lacking():
        for target in map(target_of, filter(outdated, SOURCES)):
            target.unlink(missing_ok=True)
        print(
            f"{what} is lacking: postings are checked at about half the speed. To change that, install it",
            end="",
        )
        print(" (on Debian gcc, libc6-dev and python3-dev), then say: touch constraints.txt; make setup")
        return
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(compiled, SOURCES))


if __name__ == "__main__":
    main()
