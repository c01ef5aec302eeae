"""Attacks 1 to 4: kills, power cuts, errors from calls, a full disk."""
import errno
import os
import pathlib
import shutil
import subprocess
import time

from ground import Site, Trouble, wait


class Ground:
    """A prepared spool with files in `incoming/`, copied for each point of a sweep."""

    def __init__(self, tools, files=8):
        self.tools, self.files = tools, files
        self.base = tools.scratch / "base"
        shutil.rmtree(self.base, ignore_errors=True)
        site = Site(tools, self.base)
        site.lay_out()

    def fresh(self, name="point"):
        """All paths in the config hold the directory, so it always has the same name."""
        directory = self.tools.scratch / name
        shutil.rmtree(directory, ignore_errors=True)
        site = Site(self.tools, directory)
        site.lay_out()
        site.drop_kinds(self.files)
        return site


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
        calm = calm + 1 if not site.moving() else 0
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


def children(pid):
    try:
        return [int(line) for line in
                pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


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
    ground = Ground(tools)
    calls = count_points(ground, tools)
    report.note(f"{len(calls)} calls in one batch of {ground.files} files")
    for number in points(calls, tools, 10):
        for action in ("kill", "after"):
            site = ground.fresh()
            strike(site, number, action, tools)
            report.fault()
            # A third of the rounds is struck again, in the recovery.
            if tools.random.random() < 0.34:
                strike(site, tools.random.randint(1, len(calls) // 2), "kill", tools)
                report.fault()
            judge(site, report, f"{action} at call {number} ({calls[number - 1]})")
            site.remove()


def errors(tools, report):
    ground = Ground(tools)
    calls = count_points(ground, tools)
    kinds = [("errno:%d" % getattr(errno, name), name) for name in
             ("ENOSPC", "EIO", "EDQUOT", "EMFILE", "ENOMEM", "EACCES", "EROFS", "ESTALE", "EINTR")]
    kinds.append(("short", "short"))
    for number in points(calls, tools, 14):
        chosen = kinds if tools.long else [tools.random.choice(kinds)]
        for action, name in chosen:
            site = ground.fresh()
            outcome = strike(site, number, action, tools)
            report.fault()
            what = f"{name} from call {number} ({calls[number - 1]})"
            if outcome == "hung":
                report.note(f"{what}: stood still until it was ended")
            judge(site, report, what)
            site.remove()


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


def power_cuts(tools, report):
    if not tools.can_mount:
        report.skip("mounting loop devices is not permitted here")
        return
    for kind, size in (("ext4", 64), ("xfs", 320)):
        loop = Loop(tools, kind, size)
        loop.mount()
        site = Site(tools, loop.mount_point / "site")
        site.lay_out()
        site.drop_kinds(6)
        dropped = site.dropped
        subprocess.run(["sync", "-f", loop.mount_point], check=True)
        loop.unmount()
        base = tools.scratch / f"{kind}.base"
        shutil.copyfile(loop.image, base)
        calls = None
        number = 0
        while True:
            number += 1
            if calls is None:
                loop.mount()
                site = Site(tools, loop.mount_point / "site")
                listing = tools.scratch / "calls"
                strike(site, 0, "count", tools, extra=("-l", str(listing)))
                calls = listing.read_text(errors="replace").splitlines()
                loop.unmount()
                report.note(f"{kind}: {len(calls)} calls")
                chosen = list(points(calls, tools, 5))
                rounds = [(point, flag) for point in chosen for flag in (1, 2)]
            if number > len(rounds):
                break
            point, flag = rounds[number - 1]
            shutil.copyfile(base, loop.image)
            loop.mount()
            site = Site(tools, loop.mount_point / "site")
            site.dropped = list(dropped)
            strike(site, point, f"stop:{tools.powercut} {loop.mount_point} {flag}", tools)
            report.fault()
            loop.unmount()
            loop.mount()
            judge(site, report, f"{kind} flag {flag} at call {point} ({calls[point - 1]})")
            loop.unmount()
        loop.image.unlink()
        base.unlink()


def control_without_syncs(tools, report):
    """The proof that the power cuts can find something: without syncs they must find losses."""
    if not tools.can_mount:
        report.skip("mounting loop devices is not permitted here")
        return
    source = tools.scratch / "nosync.c"
    source.write_text("int fsync(int d){(void)d;return 0;}int fdatasync(int d){(void)d;return 0;}"
                      "int syncfs(int d){(void)d;return 0;}void sync(void){}")
    library = tools.scratch / "nosync.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, source], check=True)
    loop = Loop(tools, "ext4", 64)
    losses = 0
    rounds = 12
    base = tools.scratch / "control.base"
    loop.mount()
    site = Site(tools, loop.mount_point / "site")
    site.lay_out()
    site.drop_kinds(6)
    dropped = site.dropped
    subprocess.run(["sync", "-f", loop.mount_point], check=True)
    loop.unmount()
    shutil.copyfile(loop.image, base)
    loop.mount()
    site = Site(tools, loop.mount_point / "site")
    listing = tools.scratch / "calls"
    strike(site, 0, "count", tools, extra=("-l", str(listing)))
    calls = listing.read_text(errors="replace").splitlines()
    loop.unmount()
    # Where files have just been placed a cut shows what was not on the disk.
    late = [index + 1 for index, call in enumerate(calls) if " renameat2 " in call or " openat " in call]
    for point in late[-rounds:]:
        shutil.copyfile(base, loop.image)
        loop.mount()
        site = Site(tools, loop.mount_point / "site")
        site.dropped = list(dropped)
        environment = os.environ.get("LD_PRELOAD")
        os.environ["LD_PRELOAD"] = str(library)
        try:
            strike(site, point, f"stop:{tools.powercut} {loop.mount_point} 1", tools)
        finally:
            if environment is None:
                del os.environ["LD_PRELOAD"]
            else:
                os.environ["LD_PRELOAD"] = environment
        report.fault()
        loop.unmount()
        loop.mount()
        try:
            site.finish(60)
            losses += bool(site.breaks() + site.misplaced())
        except Trouble:
            losses += 1
            if site.daemon and site.daemon.poll() is None:
                site.kill()
        loop.unmount()
    loop.image.unlink()
    base.unlink()
    report.note(f"without syncs {losses} of {rounds} cuts showed a loss, as they must")
    if losses == 0:
        report.lost("without any sync no cut showed a loss: the power cuts prove nothing")


def full_disk(tools, report):
    if not tools.can_mount:
        report.skip("mounting is not permitted here")
        return
    for kind in ("ext4", "tmpfs"):
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
