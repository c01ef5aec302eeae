"""Runs of several contestants in turn, and what they come to."""
import dataclasses
import os
import statistics
import subprocess
import sys
import time


@dataclasses.dataclass
class Contestant:
    """`run` does the work once and returns its rate: bytes, files or rules a second."""
    name: str
    run: object
    note: str = ""


@dataclasses.dataclass
class Figures:
    name: str
    rates: list
    note: str = ""

    @property
    def median(self):
        return statistics.median(self.rates)


@dataclasses.dataclass
class Ratio:
    """A figure of the report: what was compared, and what was asked of it."""
    row: str
    what: str
    ratios: list
    wanted: float = None
    aim: float = None
    at_most: bool = False
    unit: str = "×"

    @property
    def median(self):
        return statistics.median(self.ratios)

    @property
    def verdict(self):
        if self.wanted is None:
            return ""
        good = lambda bound: self.median <= bound if self.at_most else self.median >= bound
        if self.aim is not None and good(self.aim):
            return "aim met"
        return "met" if good(self.wanted) else "short"

    def json(self):
        return {"row": self.row, "what": self.what, "median": self.median, "least": min(self.ratios),
                "most": max(self.ratios), "unit": self.unit, "wanted": self.wanted, "aim": self.aim,
                "at_most": self.at_most, "verdict": self.verdict}


def interleave(contestants, rounds):
    """Every contestant once a round, so that a change of the machine's pace meets all alike."""
    figures = [Figures(c.name, [], c.note) for c in contestants]
    for number in range(rounds):
        for contestant, figure in zip(contestants, figures):
            say(f"  round {number + 1} of {rounds}: {contestant.name}")
            figure.rates.append(contestant.run())
    return figures


def ratio(row, what, over, under, **bounds):
    """Of two figures, round by round."""
    return Ratio(row, what, [a / b for a, b in zip(over.rates, under.rates)], **bounds)


def say(text):
    print(text, file=sys.stderr, flush=True)


class Failed(Exception):
    """A tool could not do its work."""


def run(command, ok=(0,), timeout=600, core=None, **options):
    """A finished process: its output, wall seconds, peak memory in KiB."""
    command = [str(c) for c in command]
    if core is not None:
        command = ["taskset", "-c", str(core)] + command
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Failed(f"{command[0]}: not done after {timeout} s") from None
    seconds = time.monotonic() - start
    if process.returncode not in ok:
        raise Failed(f"{' '.join(command)[:200]}: exit status {process.returncode}: "
                     + err.decode(errors="replace")[-500:])
    return out.decode(errors="replace"), seconds


def size_of(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name))
               for folder, _, names in os.walk(path) for name in names)
