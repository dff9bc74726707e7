#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a manual page: its syntax, and that it names exactly the commands and options its program has.

Usage: man_pages.py PAGE [PROGRAM]
"""

import os
import re
import subprocess
import sys

QUIET = {"--help-all"}  # Qt's own, of no use to anyone


def output(*command):
    environment = dict(os.environ, LC_ALL="C.UTF-8", MANWIDTH="100", QT_QPA_PLATFORM="offscreen")
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout, done.stderr


def long_options(text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*[a-z]", text)) - QUIET


def sub_commands(help_text):
    """Names under "Subcommands:" in the help of a command."""
    block = re.search(r"^Subcommands:\n((?:  .*\n)+)", help_text, re.MULTILINE)
    return re.findall(r"^  (\S+)", block.group(1), re.MULTILINE) if block else []


def options_part(help_text):
    """The lists of options, without the examples and the sentences around them."""
    return "\n".join(re.findall(r"^ +-.*$", help_text, re.MULTILINE))


def main():
    page = sys.argv[1]
    text, warnings = output("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", page)
    problems = [warnings] if warnings.strip() else []
    text = re.sub(r"\x1b\[[0-9;]*m|.\x08", "", text).replace("\u2010\n", "")  # colours, bold, cut words

    if len(sys.argv) > 2:
        program = sys.argv[2]
        commands = [[]]
        options = set()
        for command in commands:  # grows while it is walked
            help_text, _ = output(program, *command, "--help")
            options |= long_options(options_part(help_text))
            commands += [command + [name] for name in sub_commands(help_text)]
        for command in commands[1:]:
            title = " ".join(["attest"] + command)
            if not re.search(rf"^ +{title}\b", text, re.MULTILINE) and not sub_commands(
                    output(program, *command, "--help")[0]):
                problems.append(f"'{title}' is not in {page}")
        described = long_options(text)
        problems += [f"{option} is not in {page}" for option in sorted(options - described)]
        problems += [f"{option} is in {page}, but no command has it" for option in sorted(described - options)]

    if problems:
        sys.exit("\n".join(problems))
    print(f"{page}: good")


main()
