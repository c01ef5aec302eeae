"""Attacks 7 to 11: rules and config, reload under fire, watching, two daemons and clocks, tampering."""
import datetime
import json
import os
import pathlib
import shutil
import signal
import subprocess
import threading
import time

from ground import CLEAN, HERE, KEPT, Site, Trouble, children, wait


def rules_of(first, last):
    out = ["rules:"]
    for number in range(first, last):
        word = f"quince{number}x"
        out.append(f"  - id: campaign.many.r{number}\n    title: Word {number}\n    why: One of many.\n"
                   f"    severity: low\n    patterns:\n      word: '\\b{word}\\b'\n"
                   f"    tests:\n      match: ['{word}', 'a {word}']\n      pass: ['x', 'y']")
    return "\n".join(out) + "\n"


def sluice(tools, *arguments, seconds=120):
    return subprocess.run([tools.bin / "sluice", *map(str, arguments)], capture_output=True, text=True,
                          errors="replace", timeout=seconds)


def mutations(tools, report):
    """Packs and config broken at random: each is taken or refused with a place, never a crash."""
    source = (HERE / "pack" / "words.yaml").read_bytes()
    manifest = (HERE / "pack" / "pack.yaml").read_bytes()
    tokens = [b"'", b'"', b"{", b"}", b"[", b"]", b":", b"-", b"|", b"&a", b"*a", b"\t", b"\n", b"\xff", b"(?",
              b"{1,", b"999999999", b"near(", b"not not", b"\\", b"{{x}}", b"!!", b"%", b"#", b"\0", b"- - -"]
    for number in range(25 if not tools.long else 3000):
        directory = tools.scratch / "mutant"
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir()
        data = {"words.yaml": bytearray(source), "pack.yaml": bytearray(manifest)}
        for _ in range(tools.random.randint(1, 4)):
            target = data[tools.random.choice(list(data))]
            at = tools.random.randrange(len(target))
            action = tools.random.random()
            if action < 0.4:
                target[at:at] = tools.random.choice(tokens)
            elif action < 0.7:
                del target[at:at + tools.random.randint(1, 12)]
            else:
                end = min(len(target), at + tools.random.randint(1, 60))
                target[at:at] = target[at:end] * tools.random.randint(1, 3)
        for name, content in data.items():
            (directory / name).write_bytes(content)
        answer = sluice(tools, "rules", "check", directory)
        report.fault()
        if answer.returncode not in (0, 1):
            report.lost(f"mutation {number}: rules check ended with {answer.returncode}")
        elif answer.returncode == 1 and "error: [" not in answer.stdout + answer.stderr:
            report.lost(f"mutation {number}: refused without a diagnostic")


def sizes(tools, report):
    """Sets of none, one and very many rules."""
    for count in (0, 1, 10_000, 50_000) if tools.long else (0, 1, 10_000):
        directory = tools.scratch / "many"
        shutil.rmtree(directory, ignore_errors=True)
        shutil.copytree(HERE / "pack", directory)
        (directory / "words.yaml").unlink()
        # A file may not hold more than some ten thousand values.
        for first in range(0, count, 1000):
            (directory / f"many{first}.yaml").write_text(rules_of(first, min(first + 1000, count)))
        begin = time.monotonic()
        answer = sluice(tools, "rules", "check", directory, seconds=900)
        report.fault()
        report.note(f"{count} rules: {time.monotonic() - begin:.1f} s, status {answer.returncode}")
        # A pack without a rule is refused, with its place; all others are taken.
        if answer.returncode != (0 if count else 1) or "Fatal" in answer.stderr:
            report.lost(f"{count} rules: ended with {answer.returncode}: {answer.stderr[-200:]}")


def old_rules_act(site, report, what):
    """After an update that was refused, what the old rules keep is kept."""
    number = len(site.dropped)
    site.drop(f"u{number}", KEPT % number)
    site.wait_settled()
    if site.misplaced():
        report.lost(f"updates: after {what} the old rules do not act")


def bad_updates(tools, report):
    """Updates that must not take hold: broken, older, badly signed, swapped while they are read."""
    site = Site(tools, tools.scratch / "updates", rules="  memory: 1MiB\n")
    site.lay_out()
    site.start()
    words = site.directory / "pack" / "words.yaml"
    manifest = site.directory / "pack" / "pack.yaml"
    good, version = words.read_text(), manifest.read_text()

    def refused(what):
        answer = sluice(tools, "reload", "--config", site.config)
        report.fault()
        if answer.returncode == 0:
            report.lost(f"updates: {what} was taken")
        old_rules_act(site, report, what)

    words.write_text(good.replace("strong\\b", "strong(\\b"))
    refused("a broken pattern")
    words.write_text(good)
    manifest.write_text(version.replace("1.0.0", "0.9.0"))
    refused("an older version")
    manifest.write_text(version)
    (site.directory / "pack" / "SHA256SUMS").write_text("0" * 64 + "  words.yaml\n")
    refused("a pack that does not fit its sums")
    (site.directory / "pack" / "SHA256SUMS").unlink()
    for name in ("key", "other"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f",
                        site.directory / name], check=True)
    sluice(tools, "rules", "sign", "--key", site.directory / "key", site.directory / "pack")
    signature = site.directory / "pack" / "SHA256SUMS.sig"
    (site.directory / "pack" / "SHA256SUMS").write_text(
        (site.directory / "pack" / "SHA256SUMS").read_text() + "\n")
    refused("a signature of other sums")
    signature.write_bytes(b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n")
    refused("a signature that is none")
    for name in ("SHA256SUMS", "SHA256SUMS.sig"):
        (site.directory / "pack" / name).unlink()
    many = site.directory / "pack" / "many.yaml"
    many.write_text("rules:\n" + "".join(
        f"  - id: campaign.wide.r{number}\n    title: Wide\n    why: To take memory.\n    severity: low\n"
        f"    patterns:\n      wide: '{'|'.join(f'w{number}x{word}y' for word in range(60))}'\n    tests:\n"
        f"      match: ['w{number}x1y', 'w{number}x2y']\n      pass: ['x', 'y']\n" for number in range(300)))
    refused("a set that takes too much memory")
    many.unlink()
    if "rules-memory" not in sluice(tools, "log", "show", "--config", site.config, "--json").stdout:
        report.lost("updates: that a set takes too much memory is not in the log")

    stop = threading.Event()

    def swap():
        while not stop.is_set():
            words.write_text(good.replace("strong", "stronk"))
            words.write_text(good)

    thread = threading.Thread(target=swap)
    thread.start()
    for _ in range(5 if not tools.long else 100):
        sluice(tools, "reload", "--config", site.config)
        report.fault()
    stop.set()
    thread.join()
    words.write_text(good)
    sluice(tools, "reload", "--config", site.config)
    site.drop("last", KEPT % 9999)
    site.conclude(report, "updates")
    site.remove()


def signed_updates(tools, report):
    """Packs must be signed: what is not, is signed by a stranger, or is older and signed is refused."""
    site = Site(tools, tools.scratch / "signed", rules=(
        "  require_signatures: true\n"
        f"  trusted_keys: '{tools.scratch / 'trusted'}'\n"))
    pack = site.directory / "pack"
    (tools.scratch / "trusted").mkdir()
    for name in ("ours", "strangers"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f",
                        tools.scratch / name], check=True)
    shutil.copy(tools.scratch / "ours.pub", tools.scratch / "trusted")
    versions = {}

    def signed(version, key, text="strong"):
        """The pack of that version, as its publisher would send it."""
        made = tools.scratch / f"{version}-{key}"
        shutil.copytree(HERE / "pack", made)
        for name, old, new in (("pack.yaml", "version: 1.0.0", f"version: {version}"),
                               ("words.yaml", "kumquat-strong", f"kumquat-{text}")):
            (made / name).write_text((made / name).read_text().replace(old, new))
        answer = sluice(tools, "rules", "sign", "--key", tools.scratch / key, made)
        if answer.returncode != 0:
            raise Trouble(f"signing: {answer.stdout}{answer.stderr}")
        versions[version, key] = made

    def install(version, key="ours"):
        shutil.rmtree(pack)
        shutil.copytree(versions[version, key], pack)
        return sluice(tools, "reload", "--config", site.config)

    signed("1.0.0", "ours", text="weak")
    signed("1.1.0", "ours")
    signed("1.2.0", "strangers", text="weak")
    install("1.1.0")
    site.lay_out()
    site.start()

    def refused(what, answer):
        report.fault()
        if answer.returncode == 0:
            report.lost(f"updates: {what} was taken")
        elif "error: [" not in answer.stdout + answer.stderr:
            report.lost(f"updates: {what} was refused without a diagnostic: {answer.stdout}{answer.stderr}")
        old_rules_act(site, report, what)

    refused("an older signed version", install("1.0.0"))
    refused("a stranger's signature", install("1.2.0", "strangers"))
    install("1.1.0")
    words = pack / "words.yaml"
    words.write_text(words.read_text().replace("strong", "stronk"))
    refused("a signed pack that was changed", sluice(tools, "reload", "--config", site.config))
    for name in ("SHA256SUMS", "SHA256SUMS.sig"):
        (pack / name).unlink()
    refused("a pack that is not signed", sluice(tools, "reload", "--config", site.config))
    # The older version is taken by whoever asks for it.
    site.config.write_text(site.config.read_text().replace(
        "  require_signatures", "  allow_downgrade: true\n  require_signatures"))
    if (answer := install("1.0.0")).returncode != 0:
        report.lost(f"updates: an older version that was asked for is refused: {answer.stdout}{answer.stderr}")
    site.conclude(report, "signed updates")
    site.remove()


def probation(tools, report):
    """A new rule that would keep everything is disarmed; a flood does not disarm an old one."""
    site = Site(tools, tools.scratch / "probation", config="probation:\n  min_items: 50\n")
    site.lay_out()
    site.start()
    for number in range(120):
        site.drop(f"flood{number}", KEPT % number)
    site.wait_settled()
    report.fault(120)
    if len(list((site.spool / "quarantine").glob("01*"))) < 120:
        report.lost("probation: a flood got an old rule disarmed")
    words = site.directory / "pack" / "words.yaml"
    words.write_text(words.read_text() + """
  - id: campaign.words.all
    title: A word of every text
    why: A rule that went wrong keeps everything.
    severity: high
    score: 90
    patterns:
      word: '\\bnumber\\b'
    tests:
      match: ['Number', 'a number']
      pass: ['x', 'y']
""")
    if (answer := sluice(tools, "reload", "--config", site.config)).returncode != 0:
        report.lost(f"probation: the new rule was refused: {answer.stdout}{answer.stderr}")
    for number in range(1000, 1200):
        site.drop(f"plain{number}", CLEAN % number)
    site.wait_settled()
    report.fault(200)
    told = b"".join(path.read_bytes() for path in sorted(site.log.glob("actions*.jsonl")))
    if b'"event":"rule.disarmed"' not in told or b"campaign.words.all" not in told:
        report.lost("probation: a rule that keeps everything was not disarmed")
    if any(path.name.startswith("plain") for path in (site.spool / "passed").iterdir()):
        report.lost("probation: what a disarmed rule finds was let through")
    site.drop("after", KEPT % 5000)
    site.conclude(report, "probation")
    site.remove()


def reloads(tools, report):
    """Reloads while files flow, a third of them bad."""
    site = Site(tools, tools.scratch / "reloads")
    # In one file, so that it can be followed.
    site.config.write_text(site.config.read_text().replace("log:\n", "log:\n  rotate: 1TiB\n"))
    site.lay_out()
    site.start()
    words = site.directory / "pack" / "words.yaml"
    good = words.read_text()
    rounds = 25 if not tools.long else 10_000
    stop = threading.Event()
    numbers = [0]

    began = {}

    def flow():
        while not stop.is_set():
            began[numbers[0]] = time.time()
            site.drop_kinds(1, first=numbers[0])
            numbers[0] += 1
            time.sleep(0.004)

    def resident():
        for line in pathlib.Path(f"/proc/{site.daemon.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1])

    told = open(site.log / "actions.jsonl", "rb")

    def changes():
        """How many sets were taken or refused since the last look."""
        found = 0
        while line := told.readline():
            if not line.endswith(b"\n"):
                told.seek(-len(line), os.SEEK_CUR)
                break
            found += b'"event":"rules.' in line
        return found

    changes()
    thread = threading.Thread(target=flow)
    thread.start()
    memory = []
    for number in range(rounds):
        bad = number % 3 == 2
        text = good.replace("A word that keeps a file", f"A word that keeps a file {number}")
        words.write_text(text.replace("mild\\b", "mild(\\b") if bad else text)
        if number % 2:
            site.daemon.send_signal(signal.SIGHUP)
            found = wait(changes, 60, "a reload to be recorded")
        else:
            answer = sluice(tools, "reload", "--config", site.config)
            found = changes()
            if (answer.returncode != 0) != bad:
                report.lost(f"reloads: a {'bad' if bad else 'good'} set: {answer.stdout}{answer.stderr}")
        if found != 1:
            report.lost(f"reloads: reload {number} left {found} records")
        report.fault()
        if number % max(1, rounds // 20) == 0:
            memory.append(resident())
        if site.daemon.poll() is not None:
            report.lost(f"reloads: the daemon ended: {site.tail()}")
            break
    # Signals that come together are one reload or two.
    for _ in range(50):
        site.daemon.send_signal(signal.SIGHUP)
    report.fault(50)
    time.sleep(1)
    if not 1 <= (found := changes()) <= 50:
        report.lost(f"reloads: 50 signals in a row left {found} records")
    stop.set()
    thread.join()
    site.wait_settled(120)
    report.note(f"{numbers[0]} files meanwhile; resident {memory[0] // 1024} to {max(memory) // 1024} MiB")
    if max(memory[len(memory) // 2:]) > 2 * max(memory[:len(memory) // 2]):
        report.lost(f"reloads: memory grows: {memory}")
    site.conclude(report, "reloads")
    known, mixed, slowest = set(), 0, 0.0
    for name in sorted(site.log.glob("actions*.jsonl")):
        for line in name.read_bytes().splitlines():
            record = json.loads(line)
            if record["event"] in ("started", "rules.loaded"):
                known.add(record.get("generation"))
            if record["event"].startswith("item.") and record.get("generation"):
                mixed += record["generation"] not in known
                decided = datetime.datetime.fromisoformat(record["time"].replace("Z", "+00:00"))
                slowest = max(slowest, decided.timestamp() - began[int(record["name"].rsplit("-", 1)[1])])
    if mixed:
        report.lost(f"reloads: {mixed} items name a generation that was not live")
    report.note(f"the longest from drop to decision {slowest:.2f} s")
    if slowest > 10:
        report.lost(f"reloads: an item waited {slowest:.1f} s")
    site.remove()


def watching(tools, report):
    """More files at once than the kernel queues events for, and drops in every way."""
    site = Site(tools, tools.scratch / "watching")
    site.lay_out()
    count = 2_000 if not tools.long else 100_000
    site.start()
    site.daemon.send_signal(signal.SIGSTOP)
    for number in range(count):
        site.drop_kinds(1, first=number)
    site.daemon.send_signal(signal.SIGCONT)
    report.fault(count)
    incoming = site.spool / "incoming"
    source = site.directory / "from"
    source.mkdir()
    (source / "copied").write_bytes(CLEAN % 1_000_001)
    subprocess.run(["cp", source / "copied", incoming / "copied"], check=True)
    site.note(b"copied", CLEAN % 1_000_001)
    tree = source / "tree"
    (tree / "a" / "b").mkdir(parents=True)
    (tree / "a" / "b" / "leaf").write_bytes(CLEAN % 1_000_002)
    os.rename(tree, incoming / "tree")
    site.note(b"leaf", CLEAN % 1_000_002)
    # rsync and scp write beside and rename; a name in .part is left alone until then.
    (incoming / ".slow.XyZ123").write_bytes(CLEAN % 1_000_003)
    os.rename(incoming / ".slow.XyZ123", incoming / "slow")
    site.note(b"slow", CLEAN % 1_000_003)
    (incoming / "later.part").write_bytes(CLEAN % 1_000_004)
    time.sleep(0.3)
    os.rename(incoming / "later.part", incoming / "later")
    site.note(b"later", CLEAN % 1_000_004)
    # Written for a while under its final name: claimed when its writer has closed it, not before.
    pace = 2 if not tools.long else 60
    slow = open(incoming / "written-slowly", "wb", buffering=0)
    for step in range(pace * 10):
        slow.write(CLEAN % step)
        time.sleep(0.1)
    slow.write(KEPT % 1_000_006)
    slow.close()
    site.note(b"written-slowly", b"".join(CLEAN % step for step in range(pace * 10)) + KEPT % 1_000_006)
    # As NFS servers do: the name appears by a link, and no close is ever seen.
    (site.spool / ".nameless").write_bytes(CLEAN % 1_000_007)
    os.link(site.spool / ".nameless", incoming / "linked")
    (site.spool / ".nameless").unlink()
    site.note(b"linked", CLEAN % 1_000_007)
    # Under one name again and again, faster than anybody claims: what was overwritten was never dropped.
    for step in range(20):
        site.drop("again", CLEAN % (2_000_000 + step), note=False)
    # Deleted while it waits.
    for step in range(20):
        site.drop(f"away{step}", CLEAN % (3_000_000 + step), note=False)
        (incoming / f"away{step}").unlink(missing_ok=True)
    report.fault(42)
    gone = incoming / "gone"
    gone.write_bytes(b"")
    gone.unlink(missing_ok=True)
    report.fault(6)
    if shutil.which("rsync"):
        (source / "synced").write_bytes(CLEAN % 1_000_005)
        subprocess.run(["rsync", "-a", source / "synced", str(incoming) + "/"], check=True)
        site.note(b"synced", CLEAN % 1_000_005)
        report.fault()
    site.wait_settled(300 if not tools.long else 1800)
    # A file that was deleted or overwritten again may have been taken before.
    site.conclude(report, "watching", passing=lambda line: any(
        f"passed/{name}" in line for name in ("gone", "again", "away")))
    if not any(path.stat().st_size > 1000 for path in (site.spool / "quarantine").glob("01*")):
        report.lost("watching: a file was judged before its writer had ended")
    site.remove()


def two_daemons(tools, report):
    site = Site(tools, tools.scratch / "two")
    site.lay_out()
    site.start()
    second = subprocess.run(site.command(), capture_output=True, text=True, timeout=60)
    report.fault()
    if second.returncode == 0:
        report.lost("two daemons: the second one ran")
    if str(site.daemon.pid) not in second.stderr:
        report.lost(f"two daemons: the second does not say who owns the spool: {second.stderr[-200:]}")
    site.drop_kinds(8)
    site.conclude(report, "two daemons")
    site.remove()


def clocks(tools, report):
    """A clock an hour back, then a year ahead, between and during runs."""
    if not shutil.which("faketime"):
        report.skip("faketime is not installed")
        return
    site = Site(tools, tools.scratch / "clocks")
    site.lay_out()
    for shift in ("-1h", "+1y", "-1h"):
        site.start("faketime", "-f", shift)
        site.drop_kinds(6, first=len(site.dropped))
        report.fault()
        site.wait_settled()
        # The daemon is the child of faketime, which ends after it.
        for child in children(site.daemon.pid):
            os.kill(child, signal.SIGTERM)
        site.daemon.wait(60)
    for line in site.breaks() + site.misplaced():
        report.lost(f"clocks: {line}")
    site.remove()
    clock_jumps(tools, report)


def clock_jumps(tools, report):
    """The same under a daemon that runs: its system clock jumps, its monotonic clock does not."""
    library = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if library is None:
        report.note("jumps during a run were left out: there is no libfaketime.so.1")
        return
    site = Site(tools, tools.scratch / "clock-jumps")
    site.lay_out()
    now = site.directory / "now"
    now.write_text("+0")
    site.start("env", f"LD_PRELOAD={library}", f"FAKETIME_TIMESTAMP_FILE={now}", "FAKETIME_NO_CACHE=1",
               "FAKETIME_DONT_FAKE_MONOTONIC=1", "DONT_FAKE_MONOTONIC=1",
               # The library adds to the environment where it is first loaded; Swift finds its arguments
               # beside an environment that was left where it was.
               "sh", "-c", 'exec "$0" "$@"')
    for shift in ("-1h", "+1y", "-1y", "+0"):
        now.write_text(shift)
        report.fault()
        site.drop_kinds(8, first=len(site.dropped))
        site.wait_settled()
        time.sleep(0.3)
    site.conclude(report, "clock jumps")
    years = {json.loads(line)["time"][:4] for line in (site.log / "actions.jsonl").read_bytes().splitlines()}
    if len(years) < 3:
        report.lost(f"clock jumps: the clock did not jump: the log knows {', '.join(sorted(years))} only")
    site.remove()


def log_trouble(tools, report):
    """The log's partition full, its file deleted, its directory replaced, its key missing or another."""
    site = Site(tools, tools.scratch / "log-trouble")
    site.lay_out()
    site.start()
    site.drop_kinds(4)
    site.wait_settled()
    (site.log / "actions.jsonl").unlink()
    report.fault()
    site.drop_kinds(4, first=10)
    time.sleep(1.5)
    passed = [path.name for path in (site.spool / "passed").iterdir()]
    told = b"".join(path.read_bytes() for path in site.log.glob("actions*.jsonl"))
    for name in passed:
        if name.endswith(("-12", "-16")) and name.encode() not in told:
            report.note(f"{name} was let through while the log's file was deleted")
            report.lost("log: a file was let through whose record cannot be read")
    if b"its file was removed" not in told:
        report.lost("log: that its file was removed is not in it")
    site.conclude(report, "log, its file removed")
    # While nobody writes, lines that a checkpoint seals are gone for good: a start must refuse.
    (site.log / "actions.jsonl").unlink()
    report.fault()
    if site.start_or_refuse():
        if sluice(tools, "log", "verify", "--config", site.config).returncode == 0:
            report.lost("log: after its file was deleted the log verifies as if whole")
        site.kill()
    site.remove()

    log_folder_replaced(tools, report)
    full_log(tools, report)
    site = Site(tools, tools.scratch / "log-key")
    site.lay_out()
    site.start()
    site.drop_kinds(4)
    site.wait_settled()
    site.stop()
    for key in (site.directory / "state").rglob("log.key"):
        key.unlink()
    report.fault()
    if site.start_or_refuse():
        site.drop_kinds(4, first=20)
        site.wait_settled()
        site.stop()
        if b'"log.key"' not in b"".join(path.read_bytes() for path in site.log.glob("actions*.jsonl")):
            report.lost("log: a new key was made without a record")
    for line in site.misplaced():
        report.lost(f"log: {line}")
    site.remove()
    changed_key(tools, report)


def changed_key(tools, report):
    """Another valid key in the place of the log's own: it is recorded, and the old checkpoints show it."""
    site, other = (Site(tools, tools.scratch / name) for name in ("log-key-changed", "log-key-other"))
    site.lay_out()
    other.lay_out()
    site.start()
    site.drop_kinds(4)
    site.wait_settled()
    site.stop()
    keys = site.directory / "state" / "keys"
    own = (keys / "log.pub").read_bytes()
    shutil.copytree(other.directory / "state" / "keys", keys, dirs_exist_ok=True)
    report.fault()
    if site.start_or_refuse():
        site.drop_kinds(4, first=20)
        site.wait_settled()
        site.stop()
        if b'"event":"log.key"' not in (site.log / "actions.jsonl").read_bytes():
            report.lost("log: its key was changed without a record")
        answer = sluice(tools, "log", "verify", "--config", site.config)
        if answer.returncode == 0 or "not signed by the log's key" not in answer.stdout + answer.stderr:
            report.lost(f"log: its key was changed, and verify says {answer.stdout + answer.stderr}")
        kept = site.directory / "own.pub"
        kept.write_bytes(own)
        answer = sluice(tools, "log", "verify", "--config", site.config, "--key", kept)
        if answer.returncode == 0:
            report.lost("log: with the key that was kept, checkpoints of another one are as good")
    for line in site.misplaced():
        report.lost(f"log: {line}")
    other.remove()
    site.remove()


def log_folder_replaced(tools, report):
    """The log's directory renamed away under the daemon, and another put in its place."""
    site = Site(tools, tools.scratch / "log-folder")
    site.lay_out()
    site.start()
    site.drop_kinds(4)
    site.wait_settled()
    away = site.directory / "log-away"
    os.rename(site.log, away)
    site.log.mkdir()
    report.fault()
    site.drop_kinds(8, first=10)
    time.sleep(1.5)
    told = b"".join(path.read_bytes() for place in (site.log, away) for path in place.glob("actions*.jsonl"))
    for path in (site.spool / "passed").iterdir():
        if path.name.encode() not in told:
            report.lost(f"log folder: {path.name} was let through without a record that can be read")
    site.kill()
    # With the lines of the new folder gone as well, what a checkpoint seals is missing: no start.
    shutil.rmtree(site.log)
    os.rename(away, site.log)
    report.fault()
    if site.start_or_refuse():
        report.lost("log folder: the daemon runs on a log that ends before its last checkpoint")
    elif "log.broken" not in site.tail():
        report.lost(f"log folder: refused without its reason: {site.tail()}")
    for line in site.misplaced():
        report.lost(f"log folder: {line}")
    site.remove()


def full_log(tools, report):
    """A log's partition that is full: nothing is let through without a record; work goes on after."""
    point = tools.scratch / "full-log"
    point.mkdir(exist_ok=True)
    if "tmpfs" not in tools.can_mount:
        report.note("a full log's partition was left out: mounting is not permitted here")
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", point], check=True)
    site = Site(tools, tools.scratch / "log-full")
    try:
        site.log.rmdir()
        site.log.symlink_to(point)
        site.config.write_text(site.config.read_text().replace(f"'{site.log}'", f"'{point}'"))
        site.log = point
        site.lay_out()
        site.start()
        filler = point / "filler"
        with open(filler, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(512))
            except OSError:
                pass
        report.fault()
        site.drop_kinds(40)
        time.sleep(2)
        told = (point / "actions.jsonl").read_bytes()
        for path in (site.spool / "passed").iterdir():
            if path.name.encode() not in told:
                report.lost(f"full log: {path.name} was let through without a record")
        filler.unlink()
        site.conclude(report, "full log")
    finally:
        site.remove()
        subprocess.run(["umount", "-l", point], check=False)


def tampering(tools, report):
    """Every byte of a short log, one byte a line of a longer one, every line removed, swapped, doubled."""
    site = Site(tools, tools.scratch / "tamper")
    site.lay_out()
    site.start()
    site.drop_kinds(16)
    site.wait_settled()
    site.stop()
    file = site.log / "actions.jsonl"
    original = file.read_bytes()
    lines = original.splitlines(keepends=True)
    report.note(f"each of {len(original)} bytes of {len(lines)} lines" if tools.long else f"{len(lines)} lines")

    def found(changed, what):
        file.write_bytes(changed)
        answer = sluice(tools, "log", "verify", "--config", site.config)
        report.fault()
        if answer.returncode == 0:
            report.lost(f"tampering: {what} was not found")
        elif not (answer.stdout + answer.stderr).strip():
            report.lost(f"tampering: {what} was found and not named")

    longer_log(tools, report)
    places = range(len(original)) if tools.long else tools.random.sample(range(len(original)), 25)
    for at in places:
        changed = bytearray(original)
        changed[at] ^= 1 << tools.random.randrange(8)
        found(bytes(changed), f"byte {at}")
    # Each end it could be cut to; that of a whole line is a cut as any other.
    for end in places:
        found(original[:end], f"cut to {end} bytes")
    indices = range(len(lines)) if tools.long else tools.random.sample(range(len(lines) - 1), 4)
    for index in indices:
        found(b"".join(lines[:index] + lines[index + 1:]), f"line {index + 1} removed")
        found(b"".join(lines[:index + 1] + lines[index:]), f"line {index + 1} doubled")
        if index + 1 < len(lines):
            swapped = lines[:index] + [lines[index + 1], lines[index]] + lines[index + 2:]
            found(b"".join(swapped), f"lines {index + 1} and {index + 2} swapped")
    # Rebuilt as a whole by somebody without the key: the chain fits, the signatures do not.
    found(rebuilt(lines), "a log rebuilt without the key")
    # A tail cut off together with its checkpoints shows with a checkpoint kept elsewhere.
    checkpoints = site.log / "checkpoints"
    kept = site.directory / "kept-checkpoint"
    whole = checkpoints.read_bytes()
    shutil.copyfile(checkpoints, kept)
    file.write_bytes(b"".join(lines[:len(lines) // 2]))
    checkpoints.write_bytes(b"")
    answer = sluice(tools, "log", "verify", "--config", site.config, "--checkpoint", kept)
    report.fault()
    if answer.returncode == 0:
        report.lost("tampering: a tail cut with its checkpoints was not found with one kept elsewhere")
    checkpoints.write_bytes(whole)
    file.write_bytes(original)
    if sluice(tools, "log", "verify", "--config", site.config).returncode != 0:
        report.lost("tampering: the log as it was does not verify")
    site.remove()


def rebuilt(lines):
    import hashlib
    out, previous = [], "0" * 64
    for number, line in enumerate(lines):
        record = json.loads(line)
        if number == len(lines) // 2:
            record["time"] = "2020-01-01T00:00:00.000000Z"
        record["prev"] = previous
        text = json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        previous = hashlib.sha256(text).hexdigest()
        out.append(text)
    return b"".join(out)


def longer_log(tools, report):
    """One byte in each line of a log of a thousand lines."""
    site = Site(tools, tools.scratch / "tamper-long")
    site.lay_out()
    site.start()
    site.drop_kinds(1000)
    site.wait_settled(120)
    site.stop()
    file = site.log / "actions.jsonl"
    original = file.read_bytes()
    lines = original.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    for index in range(len(lines)) if tools.long else tools.random.sample(range(len(lines)), 8):
        changed = bytearray(original)
        changed[starts[index] + tools.random.randrange(len(lines[index]))] ^= 1
        file.write_bytes(changed)
        answer = sluice(tools, "log", "verify", "--config", site.config)
        report.fault()
        if answer.returncode == 0:
            report.lost(f"tampering: a byte of line {index + 1} of {len(lines)} was not found")
    site.remove()


def soak(tools, report, hours):
    """Steady load with a reload now and then; memory and descriptors must stay flat."""
    site = Site(tools, tools.scratch / "soak")
    site.lay_out()
    site.start()
    end = time.monotonic() + hours * 3600
    samples, number = [], 0
    while True:
        for _ in range(500):
            site.drop_kinds(1, first=number)
            number += 1
        site.wait_settled(300)
        status = pathlib.Path(f"/proc/{site.daemon.pid}/status").read_text()
        resident = int([line for line in status.splitlines() if line.startswith("VmRSS")][0].split()[1])
        descriptors = len(os.listdir(f"/proc/{site.daemon.pid}/fd"))
        samples.append((resident, descriptors))
        report.fault(500)
        if time.monotonic() > end:
            break
        # What was let through is taken away, as consumers do; its digests are no longer asked for.
        for place in ("passed", "annotated", "quarantine", "held"):
            for path in (site.spool / place).iterdir():
                path.unlink() if path.is_file() else shutil.rmtree(path)
        site.dropped.clear()
        if len(samples) % 20 == 0:
            sluice(tools, "reload", "--config", site.config)
    half = len(samples) // 2 or 1
    report.note(f"{number} files in {hours:g} h; resident {samples[0][0] // 1024} MiB at first, at most "
                f"{max(samples[:half])[0] // 1024} in the first half and {max(samples[half:])[0] // 1024} in the "
                f"second; {samples[0][1]} descriptors at first, {samples[-1][1]} at last")
    if max(samples[half:])[0] > 1.3 * max(samples[:half])[0]:
        report.lost("soak: memory grows")
    if samples[-1][1] > max(sample[1] for sample in samples[:half]) + 4:
        report.lost("soak: descriptors grow")
    site.stop()
    # The log of hours is too long for the witness; the program's own check reads it as a stream.
    listing = site.directory / "dropped.jsonl"
    listing.write_text("".join(json.dumps(line) + "\n" for line in site.dropped))
    answer = sluice(tools, "fsck", "--config", site.config, "--dropped", listing, seconds=3600)
    if answer.returncode != 0:
        report.lost(f"soak: {(answer.stdout + answer.stderr)[-400:]}")
    site.remove()
