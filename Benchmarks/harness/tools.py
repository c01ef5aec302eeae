"""The tools that are compared, each given the same expressions and the same files.

Those that report their own scan time are measured by that; of the others the time of a run over an
empty folder is taken off, so that starting and compiling rules do not count against them.
"""
import json
import os
import pathlib
import re

from .contest import Contestant, run, size_of

# Tools below this many bytes a second get a slice that takes them about as long as asked.
SLOW = 20e6


class Tools:
    def __init__(self, data, count=500, core=0):
        self.data, self.count, self.core = data, count, core
        self.hits = data.folder / "hits"
        self.hits.mkdir(exist_ok=True)
        self.empty = data.folder / "empty"
        self.empty.mkdir(exist_ok=True)

    def reported(self, name, texts, threads=1):
        """Runs a tool that prints its own times."""
        data, hits = self.data, self.hits / name
        patterns = data.rules(self.count, "patterns")
        commands = {
            "sluice": [data.engine, patterns, texts, hits, threads],
            "PCRE2 loop": [data.program("pcre2_loop"), patterns, texts, hits],
            "Vectorscan": [data.program("vectorscan"), patterns, texts, hits,
                           data.folder / f"vectorscan-{self.count}.db"],
            "yara-x": [data.python, data.root / "Benchmarks/peers/yara_x_scan.py",
                       data.rules(self.count, "rules.yar"), texts, hits, data.folder / f"yara-x-{self.count}.bin"],
        }
        core = self.core if threads == 1 else None
        return json.loads(run(commands[name], core=core)[0])

    def command(self, name, texts):
        data = self.data
        rules = lambda kind: data.rules(self.count, kind)
        return {
            "grep": ["grep", "-r", "-o", "-i", "-a", "-E", "-c", "-f", rules("grep"), texts],
            "ripgrep": ["rg", "-j1", "-i", "-a", "-c", "--no-ignore", "--no-unicode", "--dfa-size-limit",
                        "1G", "--regex-size-limit", "1G", "-f", rules("patterns"), texts],
            "yara": ["yara", "-p", "1", "-r", "-C", self.compiled_yara(), texts],
            "clamscan": ["clamscan", "-r", "--no-summary", "--infected", "-d", rules("rules.ldb"), texts],
            "sluice scan": [data.sluice, "scan", "--jobs", "1", "--rules", rules("pack"), "--rules",
                            data.root / "Rules", texts],
        }[name]

    def compiled_yara(self):
        path = self.data.folder / f"yara-{self.count}.bin"
        if not path.exists():
            run(["yarac", "-w", self.data.rules(self.count, "rules.yar"), path])
        return path

    def wall(self, name, texts):
        """Seconds of the command over `texts`, less those over nothing."""
        environment = dict(os.environ, LC_ALL="C")
        run_once = lambda where: run(self.command(name, where), ok=(0, 1, 3), core=self.core, env=environment)[1]
        return max(1e-3, run_once(texts) - run_once(self.empty))

    def contestant(self, name, texts):
        size = size_of(texts)
        if name in ("sluice", "PCRE2 loop", "Vectorscan", "yara-x"):
            return Contestant(name, lambda: size / self.reported(name, texts)["seconds"])
        return Contestant(name, lambda: size / self.wall(name, texts))

    def rate(self, name, texts):
        return self.contestant(name, texts).run()

    def found(self, name):
        """The pairs of file and rule that the last run of a reporting tool found."""
        return {(pathlib.PurePath(path).name, int(rule)) for path, rule in
                (line.rsplit("\t", 1) for line in (self.hits / name).read_text().splitlines())}

    def found_by_yara(self, texts):
        out, _ = run(self.command("yara", texts), env=dict(os.environ, LC_ALL="C"))
        return {(pathlib.PurePath(path).name, int(rule)) for rule, path in
                re.findall(r"^r(\d+) (.*)$", out, re.M)}
