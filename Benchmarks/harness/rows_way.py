"""The rows about the way of an item through the running daemon."""
import json
import os
import re
import shutil
import statistics
import threading
import time

from .contest import Contestant, Figures, Ratio, interleave, ratio, run, say
from .daemon import Daemon, stage

# Bytes of a record of an item that passes, about.
LINE = 800


def way(data, options):
    """Files of 1 to 4 KB through the running daemon, against a program that only makes the calls."""
    count = 4_000 if options.quick else 20_000
    processor = []

    def daemon():
        folder = stage(data, "way", count)
        with Daemon(data, "way", data.rules(500, "pack")) as sluice:
            before = sluice.processor_seconds()
            begin = time.monotonic()
            sluice.drop(folder)
            sluice.settle()
            seconds = time.monotonic() - begin
            processor.append((sluice.processor_seconds() - before) / count)
            placed = sluice.placed()
        if sum(placed.values()) != count:
            raise RuntimeError(f"{count} dropped, placed {placed}")
        return count / seconds

    def floor():
        folder = data.folder / "floor"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        stage(data, "floor", count).rename(folder / "incoming")
        out, _ = run([data.program("way_floor"), "run", folder, LINE, 256])
        shutil.rmtree(folder)
        return count / json.loads(out)["seconds"]

    figures = interleave([Contestant("sluiced", daemon), Contestant("floor", floor)], options.rounds)
    figures[0].note = f"{statistics.median(processor) * 1e6:.0f} µs of processor time an item"
    return figures, [ratio("way", f"{count:,} small files a second / floor in C", *figures, wanted=0.5, aim=0.8)]


def calls(data, options):
    """System calls an item, counted by strace."""
    count = 1_000
    folder = stage(data, "calls", count)
    report = data.folder / "strace"
    with Daemon(data, "calls", data.rules(50, "pack"), wrap=["strace", "-f", "-c", "-o", report]) as sluice:
        sluice.drop(folder)
        sluice.settle()
    rows = [(int(n), name) for n, name in
            re.findall(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)$", report.read_text(), re.M)
            if name != "total"]
    most = ", ".join(f"{name} {n / count:.1f}" for n, name in sorted(rows, reverse=True)[:12])
    total = sum(n for n, _ in rows) / count
    figures = [Figures("system calls an item", [total], most)]
    return figures, [Ratio("calls", "system calls an item, start and stop included", [total], unit="calls")]


def lone(data, options):
    """One file after another on an idle machine: from its close to its final place."""
    times = []
    with Daemon(data, "lone", data.rules(500, "pack")) as sluice:
        passed = sluice.spool / "passed"
        for number in range(30 if options.quick else 150):
            time.sleep(0.05)
            with open(sluice.spool / "incoming" / f"lone-{number}.txt", "wb") as file:
                file.write(b"Nothing of note was said at the meeting.\n" * 40)
            begin = time.monotonic()
            place = passed / f"lone-{number}.txt"
            while not place.exists():
                if time.monotonic() - begin > 20:
                    raise RuntimeError("a lone file did not arrive")
                time.sleep(0.0003)
            times.append(time.monotonic() - begin)
    probe = data.folder / "probe"
    probe.mkdir(exist_ok=True)
    syncs = [float(t) for t in run([data.program("way_floor"), "sync", probe, 100])[0].split()]
    times.sort()
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
    sync = statistics.median(syncs)
    figures = [Figures("close to place, p50", [statistics.median(times) * 1e3], "ms"),
               Figures("close to place, p99", [p99 * 1e3], "ms"), Figures("one fdatasync, p50", [sync * 1e3], "ms")]
    return figures, [
        Ratio("lone", "a lone file, p99", [p99 * 1e3], wanted=30, at_most=True, unit="ms"),
        Ratio("lone", "a lone file, median / one fdatasync", [statistics.median(times) / sync], wanted=4, at_most=True)]


def start(data, options):
    """Until the daemon is ready with 500 rules: the first time, and again."""
    cold, cached = [], []
    for _ in range(options.rounds):
        sluice = Daemon(data, "start", data.rules(500, "pack"))
        cold.append(sluice.start())
        sluice.stop()
        cached.append(sluice.start())
        sluice.stop()
    return [Figures("cold", cold, "s"), Figures("cached", cached, "s")], [
        Ratio("start", "cold start with 500 rules", cold, wanted=3, aim=1, at_most=True, unit="s"),
        Ratio("start", "cached start with 500 rules", [t * 1e3 for t in cached], wanted=100, aim=30, at_most=True,
              unit="ms")]


def memory(data, options):
    """Resident memory with 500 rules and two workers after very many items."""
    each = 5_000
    rounds = options.items // each if options.items else 1 if options.quick else 20
    folder = stage(data, "memory", each)
    sizes = []
    with Daemon(data, "memory", data.rules(500, "pack"), workers=2) as sluice:
        for number in range(rounds):
            sluice.drop(folder)
            sluice.settle()
            sizes.append(sluice.memory())
            for name in ("passed", "annotated", "quarantine", "held"):
                for entry in os.scandir(sluice.spool / name):
                    os.rename(entry.path, folder / entry.name) if name == "passed" else os.remove(entry.path)
            say(f"  {(number + 1) * each:,} items: {sizes[-1] >> 20} MiB")
    figures = [Figures("after the first items", [sizes[0]]), Figures("at the end", [sizes[-1]])]
    return figures, [Ratio("memory", f"resident after {rounds * each:,} items", [sizes[-1] / 1e6], wanted=120, aim=60,
                           at_most=True, unit="MB")]


def reload(data, options):
    """Throughput while the rules are loaded anew, by the growth of the log in windows of half a second."""
    count = 4_000 if options.quick else 20_000
    folder = stage(data, "reload", count)
    samples = []
    with Daemon(data, "reload", data.rules(500, "pack")) as sluice:
        over = threading.Event()

        def watch():
            while not over.is_set():
                samples.append((time.monotonic(), sluice.log_size()))
                time.sleep(0.02)

        watcher = threading.Thread(target=watch)
        watcher.start()
        sluice.drop(folder)
        base = sluice.log_size()
        while sluice.log_size() < base + count * LINE // 5 and sluice.busy():
            time.sleep(0.01)
        begin = time.monotonic()
        run([data.sluice, "reload", "--config", sluice.config])
        end = time.monotonic()
        sluice.settle()
        finished = time.monotonic()
        over.set()
        watcher.join()
    grown = lambda a, b: (max(s for t, s in samples if t <= b) - max(s for t, s in samples if t <= a)) / (b - a)
    start_time = next(t for t, s in samples if s > base)
    before, during = grown(start_time, begin), grown(begin, max(end, begin + 0.5))
    after = grown(max(end, begin + 0.5), finished) if finished > end + 1 else before
    usual = statistics.mean([before, after])
    figures = [Figures("usual", [usual], "bytes of log a second"), Figures("during the reload", [during], f"{end - begin:.2f} s")]
    return figures, [Ratio("reload", "throughput during a reload / usual", [during / usual], wanted=0.85)]
