#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs the build folder into a scratch folder and tries what lies there, as a package would have it.

Usage: installed_tree.py BUILD_FOLDER SOURCE_FOLDER [--hardened]
--hardened: also looks at how the programs were linked (builds we ship).
"""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

problems = []


def expect(condition, message):
    if not condition:
        problems.append(message)


def run(command, **more):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=240, **more)


def check_program(program, source, build):
    """How one program was compiled and linked; True when it calls a function with a size check."""
    header = run(["readelf", "--wide", "--file-header", "--program-headers", "--dynamic", program]).stdout
    name = program.name
    expect(re.search(r"Type:\s+DYN", header) and "PIE" in header, f"{name}: not position-independent")
    expect("GNU_RELRO" in header, f"{name}: no RELRO")
    expect("BIND_NOW" in header or re.search(r"FLAGS_1.*NOW", header), f"{name}: lazy binding, RELRO is partial")
    stack = re.search(r"GNU_STACK.*", header)
    expect(stack and "RWE" not in stack.group(0), f"{name}: executable stack")
    expect("RUNPATH" not in header and "RPATH" not in header, f"{name}: has a run path")
    symbols = run(["readelf", "--wide", "--dyn-syms", program]).stdout
    expect("__stack_chk_fail" in symbols, f"{name}: no stack protector")
    if re.search(r"Machine:\s+Advanced Micro Devices X86-64", header):
        # The mark in the notes is lost, because Debian's crt1.o has none; the instructions are there.
        landings = run(["objdump", "--disassemble", "--no-show-raw-insn", program]).stdout.count("endbr64")
        expect(landings > 50, f"{name}: no control-flow protection ({landings} landing points)")
    needed = re.findall(r"\(NEEDED\).*\[(.*)\]", header)
    for library in needed:
        expect(not re.match(r"lib(Qt6Network|curl|ssl|gnutls|soup)", library), f"{name}: links {library}")
    content = stripped_bytes(program)
    for folder in (source, build):
        expect(str(folder).encode() not in content, f"{name}: contains the path {folder}")
    return re.search(r"__(?!stack)\w+_chk@", symbols) is not None


def stripped_bytes(program):
    """The program's bytes without debugging information, as packages have it."""
    with tempfile.NamedTemporaryFile() as stripped:
        subprocess.run(["strip", "-o", stripped.name, str(program)], check=True)
        return Path(stripped.name).read_bytes()


def main():
    build, source = Path(sys.argv[1]), Path(sys.argv[2])
    scratch = Path(tempfile.mkdtemp(prefix="attest-installed-"))
    try:
        tree = scratch / "root"
        done = run(["cmake", "--install", build, "--prefix", "/usr"], env=dict(os.environ, DESTDIR=str(tree)))
        if done.returncode != 0:
            sys.exit(done.stderr)
        usr = tree / "usr"
        # Nothing of the machine that built it: another HOME, no variables of ours.
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(scratch / "home"), "LC_ALL": "C.UTF-8",
                       "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(scratch)}
        (scratch / "home").mkdir()

        test = run([usr / "bin/attest", "self-test"], env=environment)
        expect(test.returncode == 0, f"attest self-test: exit code {test.returncode}\n{test.stdout}{test.stderr}")
        programs = [usr / "bin/attest", usr / "libexec/attest/attest-reader"]

        gui = usr / "bin/attest-gui"
        if gui.exists():
            programs.append(gui)
            version = run([gui, "--version"], env=environment)
            expect(version.returncode == 0 and re.search(r"\d+\.\d+", version.stdout),
                   f"attest-gui --version: exit code {version.returncode}\n{version.stdout}{version.stderr}")
            entry = configparser.ConfigParser(interpolation=None)
            entry.optionxform = str
            entry.read(usr / "share/applications/org.attest.Attest.desktop")
            started = entry["Desktop Entry"]["Exec"].split()[0]
            expect((usr / "bin" / started).exists(), f"the desktop entry starts {started}, which is not installed")
            icon = entry["Desktop Entry"]["Icon"]
            expect((usr / f"share/icons/hicolor/scalable/apps/{icon}.svg").exists(), f"no icon {icon}")

        for program in programs:
            expect(any((usr / "share/man").glob(f"man?/{program.name}.[18]*")), f"{program.name}: no manual page")
        if "--hardened" in sys.argv:
            fortified = [check_program(program, source, build) for program in programs]
            expect(any(fortified), "no program calls a fortified function")
        for path in tree.rglob("*"):
            expect(not path.is_symlink() and not path.name.endswith((".py", ".pyc")), f"installed: {path}")
            if path.is_file():
                expect(path.stat().st_mode & 0o022 == 0, f"{path}: others may write it")
    finally:
        shutil.rmtree(scratch)
    if problems:
        sys.exit("\n".join(problems))
    print("good")


main()
