"""What it was measured on."""

import functools
import os
import platform
import re
import subprocess

import peers


def said(command, pattern=r"(.+)"):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found = re.search(pattern, done.stdout + done.stderr)
        return found.group(1) if found else "unknown"
    except OSError:
        return "absent"


@functools.lru_cache(maxsize=None)
def commit():
    name = said(["git", "-C", peers.ROOT, "rev-parse", "--short", "HEAD"])
    changed = subprocess.run(["git", "-C", peers.ROOT, "status", "--porcelain", "--", "src", "server.xml", "pom.xml"],
                             capture_output=True, text=True, check=False).stdout
    return name + ("+" if changed.strip() else "")


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as f:
        found = re.search(r"model name\s*: (.+)", f.read())
    return found.group(1) if found else platform.machine()


def describe():
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return "%s, %d processors, %.0f GiB, Linux %s; JDK %s; Node %s; gcc %s; Python %s" % (
        processor(), os.cpu_count(), memory, platform.release(), said(["java", "-version"], r'"(.+?)"'),
        said(["node", "--version"], r"v(\S+)"), said(["cc", "-dumpfullversion"]), platform.python_version())


def others():
    """The other processes that use a processor now, busiest first."""
    lines = subprocess.run(["top", "-b", "-n", "2", "-d", "1"], capture_output=True, text=True, check=False).stdout
    second = lines.rsplit("top - ", 1)[-1].splitlines()
    busy = []
    for line in second:
        part = line.split()
        if len(part) >= 12 and part[0].isdigit() and part[11] != "top":
            share = float(part[8].replace(",", "."))
            if share >= 2:
                busy.append("%s %.0f %%" % (part[11], share))
    return ", ".join(busy[:6]) or "nothing above 2 % of a processor"
