"""Attacks 1 to 4: kills, power cuts, errors from calls, a full disk."""
import concurrent.futures
import errno
import os
import shutil
import subprocess
import threading
import time

from ground import Site, Trouble, children


NO_TRACE = "tracing processes is not permitted here"


class Ground:
    """A prepared spool, copied for each point of a sweep, with files dropped into it."""

    def __init__(self, tools, files, lane=0):
        self.tools, self.files = tools, files
        # All paths in the config hold the directory, so each copy has the same name.
        self.point, self.base = tools.scratch / f"point{lane}", tools.scratch / f"base{lane}"
        Site(tools, self.point).lay_out()
        os.rename(self.point, self.base)

    def fresh(self):
        shutil.rmtree(self.point, ignore_errors=True)
        shutil.copytree(self.base, self.point, symlinks=True)
        site = Site(self.tools, self.point)
        site.drop_kinds(self.files)
        return site


def sweep(ground, tools, rounds, strike_once):
    """`strike_once(ground, round)` for each; in the long form on two grounds side by side."""
    grounds = [ground] + [Ground(tools, ground.files, lane) for lane in range(1, 2 if tools.long else 1)]
    waiting = iter(rounds)
    turn = threading.Lock()

    def work(ground):
        while True:
            with turn:
                if (chosen := next(waiting, None)) is None:
                    return
            strike_once(ground, chosen)

    with concurrent.futures.ThreadPoolExecutor(len(grounds)) as pool:
        list(pool.map(work, grounds))


def strike(site, number, action, tools, seconds=60, extra=()):
    """Runs the daemon under the driver until its files are placed or it was struck down.

    Returns the driver's exit status: 99 if there were fewer calls than `number`."""
    site.start(str(tools.driver), str(number), action, str(site.directory), *extra, "--", ready=False)
    end = time.monotonic() + seconds
    calm = 0
    while site.daemon.poll() is None:
        if time.monotonic() > end:
            site.kill()
            return "hung"
        try:
            calm = calm + 1 if not site.moving() else 0
        except OSError:
            # The file system was shut down under it.
            calm = 0
        if calm > 3:
            # The driver's child is the daemon: an orderly stop is part of the run.
            for child in children(site.daemon.pid):
                try:
                    os.kill(child, 15)
                except ProcessLookupError:
                    pass
            calm = -200
        time.sleep(0.02)
    return site.daemon.returncode


def count_points(ground, tools):
    site = ground.fresh()
    listing = tools.scratch / "calls"
    strike(site, 0, "count", tools, extra=("-l", str(listing)))
    calls = listing.read_text(errors="replace").splitlines()
    site.remove()
    if len(calls) < 50:
        raise Trouble(f"the driver saw {len(calls)} calls only")
    return calls


def points(calls, tools, share):
    """Every call in the long form, else a seeded sample."""
    everything = range(1, len(calls) + 1)
    return everything if tools.long else sorted(tools.random.sample(everything, min(share, len(calls))))


def judge(site, report, what, settle=120):
    """After an attack: the daemon finishes its work, and the checker looks."""
    try:
        site.finish(settle)
    except Trouble as trouble:
        report.lost(f"{what}: {trouble}")
        return
    for line in site.breaks() + site.misplaced():
        report.lost(f"{what}: {line}")


def kills(tools, report):
    if not tools.can_trace:
        report.skip(NO_TRACE)
        return
    ground = Ground(tools, files=8)
    calls = count_points(ground, tools)
    report.note(f"{len(calls)} calls in one batch of {ground.files} files")
    # A third of the rounds is struck again, in the recovery, and a third of those once more.
    rounds = []
    for number in points(calls, tools, 10):
        for action in ("kill", "after"):
            again = [tools.random.randint(1, len(calls) // 2) for _ in range(2)]
            chance = tools.random.random()
            rounds.append((number, action, again[:2 if chance < 0.11 else 1 if chance < 0.33 else 0]))

    def once(ground, chosen):
        number, action, again = chosen
        site = ground.fresh()
        strike(site, number, action, tools)
        for later in again:
            strike(site, later, "kill", tools)
        report.fault(1 + len(again))
        judge(site, report, f"{action} at call {number} ({calls[number - 1]}), then {again}")
        site.remove()

    sweep(ground, tools, rounds, once)


def errors(tools, report):
    if not tools.can_trace:
        report.skip(NO_TRACE)
        return
    # One file of each kind: each call is struck by ten errors.
    ground = Ground(tools, files=4)
    calls = count_points(ground, tools)
    report.note(f"{len(calls)} calls in one batch of {ground.files} files")
    kinds = [("errno:%d" % getattr(errno, name), name) for name in
             ("ENOSPC", "EIO", "EDQUOT", "EMFILE", "ENOMEM", "EACCES", "EROFS", "ESTALE", "EINTR")]
    kinds.append(("short", "short"))
    rounds = [(number, *kind) for number in points(calls, tools, 14)
              for kind in (kinds if tools.long else [tools.random.choice(kinds)])]

    stuck = []

    def once(ground, chosen):
        number, action, name = chosen
        # Only calls that move bytes can be short.
        if action == "short" and calls[number - 1].split()[1] not in ("read", "pread", "write", "pwrite"):
            return
        site = ground.fresh()
        outcome = strike(site, number, action, tools)
        report.fault()
        what = f"{name} from call {number} ({calls[number - 1]})"
        if outcome == "hung":
            # An item whose move is refused waits for the next start, and the journal names it.
            if "stays in work/" in site.errors.read_text(errors="replace"):
                stuck.append(what)
            else:
                report.lost(f"{what}: the daemon stood still")
        judge(site, report, what)
        site.remove()

    sweep(ground, tools, rounds, once)
    if stuck:
        report.note(f"{len(stuck)} left an item in work/ until the next start, as the journal said")


class Loop:
    """A file system in a file, mounted."""

    def __init__(self, tools, kind, megabytes):
        self.tools, self.kind = tools, kind
        self.image = tools.scratch / f"{kind}.img"
        self.mount_point = tools.scratch / f"mnt-{kind}"
        self.mount_point.mkdir(exist_ok=True)
        self.image.unlink(missing_ok=True)
        subprocess.run(["truncate", "-s", f"{megabytes}M", self.image], check=True)
        make = {"ext4": ["mkfs.ext4", "-q", "-F"], "xfs": ["mkfs.xfs", "-q", "-f"]}[kind]
        subprocess.run([*make, self.image], check=True, capture_output=True)

    def mount(self):
        done = subprocess.run(["mount", "-o", "loop", self.image, self.mount_point], capture_output=True,
                              text=True)
        if done.returncode != 0:
            raise Trouble(f"mounting {self.kind}: {done.stderr.strip()}")

    def unmount(self):
        for _ in range(200):
            done = subprocess.run(["umount", self.mount_point], capture_output=True, text=True)
            if done.returncode == 0 or "not mounted" in done.stderr:
                return
            time.sleep(0.05)
        raise Trouble(f"umount: {done.stderr.strip()}")


class Bench:
    """A prepared spool on a file system of its own, which each power cut starts from anew."""

    def __init__(self, tools, kind, megabytes):
        self.tools, self.kind = tools, kind
        self.loop = Loop(tools, kind, megabytes)
        self.base = tools.scratch / f"{kind}.base"
        self.loop.mount()
        site = self.site()
        site.lay_out()
        site.drop_kinds(6)
        self.dropped = site.dropped
        subprocess.run(["sync", "-f", self.loop.mount_point], check=True)
        self.loop.unmount()
        shutil.copyfile(self.loop.image, self.base)
        listing = tools.scratch / "calls"
        self.loop.mount()
        strike(self.site(), 0, "count", tools, extra=("-l", str(listing)))
        self.loop.unmount()
        self.calls = listing.read_text(errors="replace").splitlines()

    def site(self, preload=None):
        return Site(self.tools, self.loop.mount_point / "site", preload=preload)

    def cut(self, point, flag, preload=None):
        """The power fails before the call `point`; then the machine starts again."""
        shutil.copyfile(self.base, self.loop.image)
        self.loop.mount()
        strike(self.site(preload), point, f"stop:{self.tools.powercut} {self.loop.mount_point} {flag}", self.tools)
        self.loop.unmount()
        self.loop.mount()
        site = self.site()
        site.dropped = list(self.dropped)
        return site

    def remove(self):
        self.loop.image.unlink()
        self.base.unlink()


def power_cuts(kind, megabytes):
    """The attack on one file system."""
    def attack(tools, report):
        if not tools.can_trace:
            report.skip(NO_TRACE)
            return
        if kind not in tools.can_mount:
            report.skip(f"{kind} cannot be mounted here")
            return
        bench = Bench(tools, kind, megabytes)
        report.note(f"{len(bench.calls)} calls")
        for point in points(bench.calls, tools, 5):
            for flag in (1, 2):
                site = bench.cut(point, flag)
                report.fault()
                judge(site, report, f"{kind} flag {flag} at call {point} ({bench.calls[point - 1]})")
                bench.loop.unmount()
        bench.remove()
    return attack


def control_without_syncs(tools, report):
    """The proof that the power cuts can find something: without syncs they must find losses."""
    if not tools.can_trace or "ext4" not in tools.can_mount:
        report.skip("tracing or mounting ext4 is not permitted here")
        return
    source = tools.scratch / "nosync.c"
    source.write_text("int fsync(int d){(void)d;return 0;}int fdatasync(int d){(void)d;return 0;}"
                      "int syncfs(int d){(void)d;return 0;}void sync(void){}")
    library = tools.scratch / "nosync.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, source], check=True)
    bench = Bench(tools, "ext4", 64)
    # Where files have just been placed a cut shows what was not on the disk.
    late = [index + 1 for index, call in enumerate(bench.calls) if " renameat2 " in call or " openat " in call]
    losses, rounds = 0, late[-12:]
    for point in rounds:
        site = bench.cut(point, 1, preload=library)
        report.fault()
        try:
            site.finish(60)
            losses += bool(site.breaks() + site.misplaced())
        except Trouble:
            losses += 1
            if site.daemon and site.daemon.poll() is None:
                site.kill()
        bench.loop.unmount()
    bench.remove()
    report.note(f"without syncs {losses} of {len(rounds)} cuts showed a loss, as they must")
    if losses == 0:
        report.lost("without any sync no cut showed a loss: the power cuts prove nothing")


def full_disk(tools, report):
    if not tools.can_mount & {"ext4", "tmpfs"}:
        report.skip("neither ext4 nor tmpfs can be mounted here")
        return
    for kind in ("ext4", "tmpfs"):
        if kind not in tools.can_mount:
            report.note(f"{kind} was left out: it cannot be mounted here")
            continue
        point = tools.scratch / f"full-{kind}"
        point.mkdir(exist_ok=True)
        if kind == "tmpfs":
            done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", point],
                                  capture_output=True, text=True)
            if done.returncode != 0:
                raise Trouble(done.stderr)
        else:
            loop = Loop(tools, "ext4", 16)
            loop.mount_point = point
            loop.mount()
        site = Site(tools, point / "site", config="")
        try:
            site.start()
            site.drop_kinds(20)
            filler = point / "filler"
            for number in range(3 if not tools.long else 20):
                # Filled to the last block while files arrive.
                with open(filler, "wb") as file:
                    try:
                        while True:
                            file.write(bytes(65536))
                            file.flush()
                    except OSError:
                        pass
                report.fault()
                for file_number in range(8):
                    try:
                        site.drop_kinds(1, first=1000 + 8 * number + file_number)
                    except OSError:
                        break
                time.sleep(0.3)
                if site.daemon.poll() is not None:
                    report.lost(f"{kind}: the daemon ended on a full disk: {site.tail()}")
                    break
                filler.unlink()
                site.wait_settled(90)
            site.stop()
            for line in site.breaks() + site.misplaced():
                report.lost(f"{kind}: {line}")
        finally:
            if site.daemon and site.daemon.poll() is None:
                site.kill()
            subprocess.run(["umount", point], check=False)
