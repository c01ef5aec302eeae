"""The directory that rules, texts, compiled programs and slices are kept in, made once a seed."""
import os
import pathlib
import random
import shutil
import venv

from . import corpus, rules
from .contest import run, say, size_of

DEBIAN = ["yara", "ripgrep", "clamav", "libvectorscan-dev", "libpcre2-dev", "python3-venv", "gcc", "libc6-dev",
          "pkg-config", "strace", "util-linux", "man-db", "manpages", "manpages-dev", "manpages-ru", "manpages-ja",
          "manpages-zh"]
COUNTS = [50, 500, 5000]


class Data:
    def __init__(self, root, folder, seed, size, programs=None):
        self.root, self.folder = pathlib.Path(root), pathlib.Path(folder).resolve()
        self.seed, self.size = seed, size
        built = pathlib.Path(programs).resolve() if programs else self.root / ".build/release"
        self.sluice, self.sluiced = built / "sluice", built / "sluiced"
        self.engine = built / "engine-bench"
        if not self.engine.exists():
            self.engine = self.root / "Benchmarks/.build/release/engine-bench"
        self.python = self.folder / "venv/bin/python"

    def program(self, name):
        return self.folder / "bin" / name

    def rules(self, count, kind):
        return self.folder / f"rules/{count}" / kind

    def texts(self, name):
        return self.folder / "corpus" / name

    def prepare(self, install, build):
        if install:
            self.install()
        if build:
            self.build()
        self.build_peers()
        if not (self.folder / "ready").exists():
            self.make()

    def install(self):
        """Peers, and documents in other scripts."""
        run([self.root / "scripts/need-packages", *DEBIAN])
        if not self.python.exists():
            say("installing yara-x")
            venv.create(self.folder / "venv", with_pip=True)
            run([self.python, "-m", "pip", "-q", "install", "yara-x"])

    def build(self):
        say("building")
        for product in ("sluice", "sluiced", "sluice-extract"):
            run(["swift", "build", "-c", "release", "--product", product], cwd=self.root, timeout=3600)
        run(["swift", "build", "-c", "release", "--package-path", "Benchmarks"], cwd=self.root, timeout=3600)

    def build_peers(self):
        (self.folder / "bin").mkdir(parents=True, exist_ok=True)
        peers = self.root / "Benchmarks/peers"
        for name, libraries in (("pcre2_loop", ["-lpcre2-8"]), ("vectorscan", ["-lhs", "-lpcre2-8"]),
                                ("way_floor", [])):
            run(["gcc", "-O2", "-march=native", "-Wall", "-Wextra", "-o", self.program(name), peers / f"{name}.c"]
                + libraries)

    def make(self):
        say("making rules and texts")
        made = rules.make(max(COUNTS), self.seed)
        for count in COUNTS:
            part = made[:count]
            self.rules(count, "pack").mkdir(parents=True, exist_ok=True)
            self.rules(count, "patterns").write_text("".join(r.pattern + "\n" for r in part))
            self.rules(count, "grep").write_text("".join(rules.for_grep(r.pattern) + "\n" for r in part))
            self.rules(count, "rules.yar").write_text(rules.yara_source(part))
            self.rules(count, "rules.ldb").write_text(rules.clam_source(part))
            for name, text in rules.pack(part, self.seed).items():
                self.rules(count, "pack").joinpath(name).write_text(text)
        shutil.rmtree(self.folder / "corpus", ignore_errors=True)
        corpus.make(str(self.folder / "corpus"), made[:500], self.seed, self.size)
        (self.folder / "ready").write_text(f"{self.seed} {self.size}\n")

    def slice(self, texts, size):
        """About `size` bytes of the files of a folder, chosen by the seed; as links, which tools read as files."""
        target = self.folder / "slices" / f"{texts}-{size}"
        if target.exists():
            return target
        paths = sorted(p for p in self.texts(texts).rglob("*") if p.is_file())
        random.Random(self.seed).shuffle(paths)
        done = 0
        for path in paths:
            if done >= size:
                break
            place = target / path.relative_to(self.texts(texts))
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, place)
            done += path.stat().st_size
        return target

    def warm(self, path):
        """Reads all of it once, so that every contestant finds it in the page cache."""
        for folder, _, names in os.walk(path):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    while file.read(1 << 20):
                        pass
        return size_of(path)
