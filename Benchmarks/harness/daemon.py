"""A running sluiced over a spool of its own, for the rows about the way of an item."""
import os
import shutil
import signal
import subprocess
import time

from .contest import Failed, run


class Daemon:
    """With the given pack; `workers` 0 is one a core."""

    def __init__(self, data, name, pack, workers=0, wrap=()):
        self.data, self.root = data, data.folder / "daemons" / name
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        demo = self.root / "site"
        run([data.sluice, "init", "--rules", pack, demo])
        self.config, self.spool = demo / "sluice.yaml", demo / "spool"
        if workers:
            with open(self.config, "a") as file:
                file.write(f"\nworkers: {workers}\n")
        self.wrap = [str(part) for part in wrap]
        self.errors = self.root / "stderr"
        self.process = None

    def start(self):
        """Starts it; seconds until it says that it is ready."""
        begin = time.monotonic()
        with open(self.errors, "wb") as errors:
            self.process = subprocess.Popen(self.wrap + [self.data.sluiced, "--config", self.config], stderr=errors,
                                            stdout=subprocess.DEVNULL)
        while b"ready:" not in self.errors.read_bytes():
            if self.process.poll() is not None or time.monotonic() - begin > 120:
                raise Failed("sluiced did not start: " + self.errors.read_text(errors="replace")[-500:])
            time.sleep(0.001)
        return time.monotonic() - begin

    @property
    def pid(self):
        """Of the daemon itself, where something runs it."""
        if not self.wrap:
            return self.process.pid
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        return int(open(children).read().split()[0])

    def stop(self):
        if self.process and self.process.poll() is None:
            os.kill(self.pid, signal.SIGTERM)
            if self.process.wait(60) != 0:
                raise Failed("sluiced did not stop cleanly")

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.root, ignore_errors=True)

    def memory(self):
        """Resident bytes."""
        with open(f"/proc/{self.pid}/status") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmRSS"))

    def processor_seconds(self):
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def drop(self, stage):
        """Moves every file of a folder into `incoming/`; returns how many."""
        import json
        return json.loads(run([self.data.program("way_floor"), "drop", stage, self.spool / "incoming"])[0])["files"]

    def busy(self):
        if any(os.scandir(self.spool / "incoming")):
            return True
        for batch in os.scandir(self.spool / "work"):
            try:
                if any(os.scandir(batch.path)):
                    return True
            except FileNotFoundError:
                pass
        return False

    def settle(self, patience=180):
        """Waits until nothing is on its way."""
        end = time.monotonic() + patience
        while self.busy():
            if time.monotonic() > end:
                raise Failed("sluiced is not done")
            time.sleep(0.02)

    def placed(self):
        """How many items lie in each final place, by name."""
        return {name: sum(not entry.name.endswith(".json") for entry in os.scandir(self.spool / name))
                for name in ("passed", "annotated", "quarantine", "held")}

    def log_size(self):
        return os.path.getsize(self.spool.parent / "log/actions.jsonl")


def stage(data, name, count):
    """A folder with copies of `count` small files, on the disk."""
    target = data.folder / "stages" / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    done = 0
    for path in sorted(data.texts("small").rglob("*.txt")):
        if done == count:
            break
        shutil.copyfile(path, target / path.name)
        done += 1
    os.sync()
    return target
