"""Compiles the inner loops of the clause engine (fairs/clauses/compiled/, ADR 39).

Without a C compiler or the header files of Python it says so and leaves it: the engine then reads more slowly.
"""

import shlex
import shutil
import subprocess
import sys
import sysconfig
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "fairs/clauses/compiled").glob("*.pyx"))


def lacking() -> str:
    """What this machine lacks to compile, or nothing."""
    compiler = shlex.split(sysconfig.get_config_var("LDSHARED") or "cc")[0]
    if not shutil.which(compiler):
        return f"the C compiler {compiler}"
    return "" if Path(sysconfig.get_path("include"), "Python.h").exists() else "the header files of Python"


def compiled(source: Path) -> None:
    """Compile one file beside itself; raises subprocess.CalledProcessError."""
    code = source.with_suffix(".c")
    subprocess.run([sys.executable, "-m", "cython", "-3", source.relative_to(ROOT)], check=True, cwd=ROOT)
    settings = " ".join(
        str(sysconfig.get_config_var(name) or "") for name in ("LDSHARED", "CCSHARED", "CFLAGS")
    )
    target = source.with_suffix(sysconfig.get_config_var("EXT_SUFFIX"))
    written = target.with_suffix(".new")
    include = f"-I{sysconfig.get_path('include')}"
    subprocess.run([*shlex.split(settings), include, str(code), "-o", str(written)], check=True)
    written.replace(target)  # at once: a process may be reading the old one
    code.unlink()


def main() -> None:
    """Compile everything, or say why not."""
    if what := lacking():
        print(
            f"{what} is lacking: postings are checked at a third of the speed. To change that, install it",
            end="",
        )
        print(" (on Debian gcc, libc6-dev and python3-dev), then say: touch constraints.txt; make setup")
        return
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(compiled, SOURCES))


if __name__ == "__main__":
    main()
