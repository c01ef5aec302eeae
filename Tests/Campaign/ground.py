"""A site to attack: a spool, a log, a config with one small pack, and the daemon that runs on it."""
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

CLEAN = b"The hedge is cut on Saturday. Bring gloves and a rake, please. Number %d\n"
NOTED = b"One kumquat-mild on the list. Number %d\n"
KEPT = b"The word is kumquat-strong. Number %d\n"
HELD = b"PK\x03\x04" + bytes(range(32)) + b"%d"
KINDS = [(CLEAN, "passed"), (NOTED, "annotated"), (KEPT, "quarantine"), (HELD, "held")]


class Trouble(Exception):
    """The attack could not be run, which is not the same as a loss."""


def wait(condition, seconds, what):
    """Polls until `condition()` is true."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > end:
            raise Trouble(f"waited {seconds} s for {what}")
        time.sleep(0.01)
    return value


def children(pid):
    try:
        return [int(line) for line in
                pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


class Site:
    """Everything below one directory; made fresh, or copied from a prepared one."""

    def __init__(self, tools, directory, config="", rules="", preload=None):
        self.preload = preload
        self.tools, self.directory = tools, pathlib.Path(directory)
        self.spool, self.log = self.directory / "spool", self.directory / "log"
        self.config = self.directory / "sluice.yaml"
        self.dropped = []
        # What shows a loss is kept for inspection.
        self.losses = len(tools.report.losses)
        self.daemon = None
        self.errors = self.directory / "daemon.err"
        if not self.directory.exists():
            self.directory.mkdir(parents=True)
            shutil.copytree(HERE / "pack", self.directory / "pack")
            for folder in ("log", "state"):
                (self.directory / folder).mkdir()
            self.config.write_text(
                f"spool:\n  path: '{self.spool}'\n  settle: 1s\n"
                f"rules:\n  paths: ['{self.directory}/pack']\n{rules}"
                f"log:\n  path: '{self.log}'\nstate:\n  path: '{self.directory}/state'\n"
                f"control:\n  socket: '{self.directory}/control.sock'\n"
                f"limits:\n  free_space: 1MiB\nworkers: 2\n{config}")

    def command(self):
        return [str(self.tools.bin / "sluiced"), "--config", str(self.config)]

    def start(self, *wrapper, ready=True):
        environment = dict(os.environ, SWIFT_BACKTRACE="enable=no")
        if self.preload:
            environment["LD_PRELOAD"] = str(self.preload)
        with open(self.errors, "ab") as errors:
            self.daemon = subprocess.Popen([*wrapper, *self.command()], stderr=errors,
                                           stdout=subprocess.DEVNULL, env=environment,
                                           start_new_session=True)
        if ready:
            self.wait_ready()

    def status(self):
        answer = subprocess.run([self.tools.bin / "sluice", "status", "--config", self.config, "--json"],
                                capture_output=True)
        try:
            return json.loads(answer.stdout) if answer.returncode == 0 else None
        except ValueError:
            return None

    def wait_ready(self, seconds=60):
        def answer():
            if self.daemon.poll() is not None:
                raise Trouble(f"sluiced ended with {self.daemon.returncode}: {self.tail()}")
            return self.status()
        wait(answer, seconds, "sluiced to answer")

    def tail(self):
        return self.errors.read_text(errors="replace")[-600:] if self.errors.exists() else ""

    def lay_out(self):
        """Makes the spool by a start and an orderly stop."""
        self.start()
        self.stop()

    def stop(self):
        self.daemon.send_signal(signal.SIGTERM)
        try:
            code = self.daemon.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Trouble("sluiced did not stop within a minute")
        return code

    def kill(self):
        try:
            os.killpg(self.daemon.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.daemon.wait()

    def drop(self, name, data, note=True):
        """Puts a file in as producers do: written beside, moved in. Remembers it."""
        name = os.fsencode(name)
        part = os.fsencode(self.spool / ".part")
        with open(part, "wb") as file:
            file.write(data)
        target = os.path.join(os.fsencode(self.spool / "incoming"), name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.rename(part, target)
        if note:
            self.note(name, data)

    def note(self, name, data):
        self.dropped.append({"name": os.fsdecode(name).encode(errors="backslashreplace").decode(),
                             "sha256": hashlib.sha256(data).hexdigest()})

    def drop_kinds(self, count, first=0):
        for number in range(first, first + count):
            text, place = KINDS[number % len(KINDS)]
            self.drop(f"{place}-{number}", text % number)

    def moving(self):
        """Regular files in `incoming/` and `work/`; folders may go away while they are read."""
        found = []
        for folder in ("incoming", "work"):
            for place, _, names in os.walk(self.spool / folder):
                for name in names:
                    path = pathlib.Path(place, name)
                    # The trial file of a start is Sluice's own; a fault may have left it.
                    if name != ".sluice-trial" and not path.is_symlink() and path.is_file():
                        found.append(path)
        return found

    def wait_settled(self, seconds=60):
        wait(lambda: not self.moving() or self.daemon.poll() is not None, seconds,
             "all files to reach their places")

    def finish(self, seconds=90):
        """Starts what was stopped by an attack, lets it do its work, and stops it in order."""
        self.start()
        self.wait_settled(seconds)
        self.stop()

    def breaks(self, settled=True):
        """What the checker, which shares no code with Sluice, finds wrong."""
        listing = self.directory / "dropped.jsonl"
        listing.write_text("".join(json.dumps(line) + "\n" for line in self.dropped))
        answer = subprocess.run(
            [ROOT / "scripts/check-spool", "--spool", self.spool, "--log", self.log,
             "--dropped", listing, "--quiet", *(["--settled"] if settled else [])],
            capture_output=True, text=True, errors="replace")
        lines = [line for line in answer.stdout.splitlines() if not line.endswith(" breaks")]
        if answer.returncode == 2:
            lines.append(answer.stderr.strip())
        verify = subprocess.run([self.tools.bin / "sluice", "log", "verify", "--config", self.config],
                                capture_output=True, text=True)
        if verify.returncode != 0:
            lines.append("sluice log verify: " + (verify.stdout + verify.stderr).strip()[:300])
        return lines

    def misplaced(self):
        """Files whose content asks for another place; `held` is right for everything in doubt."""
        wrong = []
        for place in ("passed", "annotated"):
            for path in (self.spool / place).rglob("*"):
                if not path.is_file() or path.name.endswith(".sluice.json"):
                    continue
                data = path.read_bytes()
                if b"kumquat-strong" in data or data.startswith(b"PK") or (
                        place == "passed" and b"kumquat-mild" in data):
                    wrong.append(f"{place}/{path.name} was let through")
        return wrong

    def conclude(self, report, what, passing=lambda line: False):
        """The end of an attack: nobody died, everything is placed, and the checker finds nothing.

        `passing(line)` tells breaks that the attack makes by itself."""
        if self.daemon.poll() is not None:
            report.lost(f"{what}: the daemon ended: {self.tail()}")
        self.wait_settled(120)
        self.stop()
        for line in self.breaks() + self.misplaced():
            if not passing(line):
                report.lost(f"{what}: {line}")

    def start_or_refuse(self, seconds=20):
        """Starts where a start may be refused. Returns whether it runs."""
        self.start(ready=False)
        try:
            wait(lambda: self.daemon.poll() is not None or self.status(), seconds, "sluiced")
        except Trouble:
            pass
        return self.daemon.poll() is None

    def remove(self):
        if self.daemon and self.daemon.poll() is None:
            self.kill()
        kept = self.directory.parent / f"lost-{self.directory.name}"
        if len(self.tools.report.losses) > self.losses and not kept.exists():
            os.rename(self.directory, kept)
        shutil.rmtree(self.directory, ignore_errors=True)
