"""Attacks 5 and 6: hostile names and things, hostile content."""
import io
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tarfile
import threading
import time
import zipfile

from ground import CLEAN, KEPT, Site, Trouble, wait


def names(tools, report):
    """Things that are no plain file, and names that break tools, all at once and in two rounds."""
    site = Site(tools, tools.scratch / "names")
    site.lay_out()
    site.start()
    incoming = site.spool / "incoming"
    secret = tools.scratch / "secret"
    secret.write_text("root:x:0:0 kept outside of the spool\n")
    odd = [b"new\nline", b"tab\tbell\x07", b"\xff\xfe\xfd", b"x" * 255, b"-rf", b"--", b"\xe2\x80\xaeexe.txt",
           b"\x1b[31mred", b"a'b\"c", b"$(touch pwned)", b"%s%n", b" lead", b"trail ", b"CON", b"a.sluice.json",
           b"e\xcc\x81", "é".encode(), b"..hidden"]
    for number, name in enumerate(odd):
        site.drop(name, CLEAN % number)
        report.fault()
    deep = b"/".join([b"d" * 20] * 12) + b"/leaf"
    site.drop(deep, CLEAN % 100)
    site.drop(b"y" * 255 + b"/" + b"z" * 255, CLEAN % 101)
    # Links, pipes, sockets, devices: never opened or followed, nothing is lost by their being there.
    os.symlink("/etc/shadow", incoming / "shadow")
    os.symlink(secret, incoming / "link-out")
    os.symlink("nowhere", incoming / "dangling")
    os.symlink(".", incoming / "loop")
    os.symlink("/etc", incoming / "folder-link")
    os.link(secret, incoming / "hard-link")
    site.note(b"hard-link", secret.read_bytes())
    os.mkfifo(incoming / "pipe")
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(incoming / "socket"))
    if os.geteuid() == 0:
        try:
            os.mknod(incoming / "device", 0o666 | 0o020000, os.makedev(1, 5))
        except OSError:
            report.note("no device could be made here")
    report.fault(8)
    # A sparse terabyte: held for its size, and nobody waits for it.
    with open(site.spool / ".sparse", "wb") as file:
        file.truncate(1 << 40)
    os.rename(site.spool / ".sparse", incoming / "sparse")
    # Set-uid bits do not survive into passed/ in a way that counts: the file is as it was dropped or less.
    site.drop("setuid", CLEAN % 200)
    unreadable = CLEAN % 201
    part = site.spool / ".unreadable"
    part.write_bytes(unreadable)
    # To root it is readable; of another user's the attack on their files tells.
    part.chmod(0 if os.geteuid() == 0 else 0o400)
    os.rename(part, incoming / "unreadable")
    site.note(b"unreadable", unreadable)
    report.fault(3)
    alive(site, report, "names")

    def calm():
        return all(path.name == "..hidden" for path in site.moving())
    try:
        wait(calm, 60, "the odd names to be placed")
    except Trouble as trouble:
        report.lost(f"names: {trouble}: {[path.name for path in site.moving()][:5]}")
    if (tools.scratch / "pwned").exists() or pathlib.Path("pwned").exists():
        report.lost("names: a name was run as a command")
    if secret.read_text() != "root:x:0:0 kept outside of the spool\n":
        report.lost("names: a file outside of the spool was changed")
    for place in ("passed", "annotated"):
        for path in (site.spool / place).rglob("*"):
            if path.is_symlink():
                report.lost(f"names: a link was let through: {path}")
    for path in incoming.rglob("*"):
        if path.is_symlink() or path.name in ("pipe", "socket", "device"):
            path.unlink()
    # It is kept under its id, so it is known by its size.
    sparse = [path for path in (site.spool / "held").iterdir() if path.stat().st_size == 1 << 40]
    if not sparse:
        report.lost("names: a sparse terabyte is not held")
    for path in sparse:
        # The checker would read it for hours.
        path.unlink()
        path.with_name(path.name + ".json").unlink()
    # Names with a dot in front are still being written by convention: it waits, and is not lost.
    if not (incoming / "..hidden").exists():
        report.lost("names: a name that begins with a dot was taken")
    server.close()
    alive(site, report, "names, cleaned up")
    site.stop()
    lines = [line for line in site.breaks(settled=False) if "sparse" not in line]
    digest_of_sparse = [line for line in lines if line.startswith("nobody dropped")]
    for line in lines:
        if line not in digest_of_sparse:
            report.lost(f"names: {line}")
    site.remove()


def folders(tools, report):
    """Folders that are renamed, replaced and removed under the watcher; a spool that is a link."""
    site = Site(tools, tools.scratch / "folders")
    site.lay_out()
    site.start()
    incoming = site.spool / "incoming"
    for number in range(10 if not tools.long else 200):
        folder = incoming / f"f{number}"
        site.drop(f"f{number}/one", CLEAN % (10 * number))
        try:
            os.rename(folder, incoming / f"g{number}")
        except OSError:
            # All in it was claimed, and the folder cleared away.
            pass
        site.drop(f"g{number}/two", CLEAN % (10 * number + 1))
        report.fault()
    away = site.spool / "incoming-away"
    site.wait_settled()
    os.rename(incoming, away)
    incoming.mkdir(mode=0o1730)
    (incoming / "in-the-new-one").write_bytes(KEPT % 900)
    site.note(b"in-the-new-one", KEPT % 900)
    report.fault()
    time.sleep(0.5)
    site.stop()
    shutil.rmtree(away, ignore_errors=True)
    site.start()
    site.conclude(report, "folders")
    site.remove()

    site = Site(tools, tools.scratch / "linked")
    real = site.directory / "elsewhere"
    real.mkdir()
    site.spool.symlink_to(real)
    report.fault()
    if site.start_or_refuse():
        site.drop_kinds(8)
        site.conclude(report, "a spool that is a link")
    elif "spool" not in site.tail():
        report.lost(f"a spool that is a link is refused without a word: {site.tail()}")
    else:
        report.note("a spool that is a link is refused at start")
    site.remove()

    # A drop that cannot be moved, and one whose bits say to run it as another user.
    site = Site(tools, tools.scratch / "stuck")
    site.lay_out()
    site.start()
    site.drop("set-uid", CLEAN % 1)
    part = site.spool / ".suid"
    part.write_bytes(CLEAN % 2)
    part.chmod(0o6755)
    os.rename(part, site.spool / "incoming" / "suid")
    site.note(b"suid", CLEAN % 2)
    stuck = site.spool / ".stuck"
    stuck.write_bytes(KEPT % 3)
    report.fault(2)
    os.rename(stuck, site.spool / "incoming" / ".stuck")
    if subprocess.run(["chattr", "+i", site.spool / "incoming" / ".stuck"], capture_output=True).returncode == 0:
        subprocess.run(["chattr", "-i", site.spool / "incoming" / ".stuck"], check=True)
        holder = site.spool / "incoming" / "stuck"
        os.rename(site.spool / "incoming" / ".stuck", holder)
        subprocess.run(["chattr", "+i", holder], capture_output=True)
        time.sleep(1)
        subprocess.run(["chattr", "-i", holder], capture_output=True)
        for path in (site.spool / "work").rglob("*stuck"):
            subprocess.run(["chattr", "-i", path], capture_output=True)
    else:
        report.note("no file could be made immutable here")
        os.rename(site.spool / "incoming" / ".stuck", site.spool / "incoming" / "stuck")
    site.note(b"stuck", KEPT % 3)
    site.conclude(report, "immutable and set-uid files")
    for path in (site.spool / "passed").glob("*suid*"):
        if path.stat().st_mode & 0o6000:
            report.lost("a set-uid bit went through")
    site.remove()


def alive(site, report, what):
    if site.daemon.poll() is not None:
        report.lost(f"{what}: the daemon ended: {site.tail()}")


def swaps(tools, report):
    """A thread that exchanges a harmless and a harmful file, links and pipes under one name as fast as
    it can."""
    site = Site(tools, tools.scratch / "swaps")
    secret = tools.scratch / "secret"
    secret.write_text("kept outside of the spool\n")
    site.lay_out()
    site.start()
    incoming = site.spool / "incoming"
    stop = threading.Event()
    made = [0]

    def swap():
        good, bad = site.spool / ".good", site.spool / ".bad"
        while not stop.is_set():
            number = made[0]
            made[0] += 1
            good.write_bytes(CLEAN % number)
            bad.write_bytes(KEPT % number)
            os.rename(good, incoming / f"s{number % 7}")
            os.rename(bad, incoming / f"s{number % 7}")
            if number % 3 == 0:
                odd = site.spool / ".odd"
                os.symlink(secret, odd) if number % 2 else os.mkfifo(odd)
                os.rename(odd, incoming / f"s{number % 7}")

    thread = threading.Thread(target=swap)
    thread.start()
    time.sleep(2 if not tools.long else 30)
    stop.set()
    thread.join()
    report.fault(made[0])
    for path in incoming.iterdir():
        if path.is_symlink() or path.is_fifo():
            path.unlink()
    site.wait_settled()
    # What became a link between look and move was moved as it is: held, and never opened.
    for place in ("passed", "annotated", "quarantine", "held"):
        for path in (site.spool / place).rglob("*"):
            odd = path.is_symlink() or path.is_fifo()
            if (odd and place != "held") or (
                    not odd and path.is_file() and path.read_bytes() == secret.read_bytes()):
                report.lost(f"swaps: {path.name} in {place}/ is a link or a pipe, or what a link led to")
    # A name can be overwritten before it is claimed, so the sum of files is not known here; that
    # nothing harmful was let through, and that log and places agree, is.
    site.conclude(report, "swaps", passing=lambda line: line.startswith("nobody dropped"))
    site.remove()


def writers(tools, report):
    """A descriptor kept over the drop, used to make the file longer, shorter or another one."""
    site = Site(tools, tools.scratch / "writers")
    site.lay_out()
    site.start()
    rounds = 6 if not tools.long else 60
    for number in range(rounds):
        part = site.spool / f".w{number}"
        file = open(part, "wb", buffering=0)
        file.write(CLEAN % number)
        os.rename(part, site.spool / "incoming" / f"w{number}")
        time.sleep(0.1)
        data = [CLEAN % number + KEPT % number, (CLEAN % number)[:20] + b"%d" % number,
                KEPT % number + (CLEAN % number)[len(KEPT % number):]][number % 3]
        if number % 3 == 1:
            file.truncate(20)
            file.seek(20)
            file.write(data[20:])
        else:
            file.seek(0)
            file.write(data)
        file.close()
        site.note(f"w{number}".encode(), data)
        report.fault()
    site.conclude(report, "writers")
    site.remove()


def devices(tools, report):
    """A spool on another device than its log, and mounts where they do not belong."""
    if "tmpfs" not in tools.can_mount:
        report.skip("mounting is not permitted here")
        return

    def mounted(point):
        point.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", point], check=True)
        report.fault()

    site = Site(tools, tools.scratch / "apart")
    mounted(site.spool)
    try:
        site.lay_out()
        site.start()
        site.drop_kinds(12)
        site.conclude(report, "a spool on another device")
    finally:
        site.kill()
        subprocess.run(["umount", "-l", site.spool])
    site.remove()

    site = Site(tools, tools.scratch / "mounts")
    site.lay_out()
    away = site.spool / "incoming" / "away"
    mounted(away)
    try:
        site.start()
        (away / "one").write_bytes(KEPT % 1)
        site.drop_kinds(4)
        wait(lambda: "other_file_system" in subprocess.run(
            [tools.bin / "sluice", "log", "show", "--config", site.config, "--json"],
            capture_output=True, text=True).stdout, 30, "a mount in incoming/ to be recorded")
        if (away / "one").read_bytes() != KEPT % 1:
            report.lost("devices: a file on a mount in incoming/ was changed")
        (away / "one").unlink()
        site.drop("one", KEPT % 1)
    finally:
        subprocess.run(["umount", "-l", away])
    site.conclude(report, "a mount in incoming/")
    site.remove()

    site = Site(tools, tools.scratch / "torn")
    site.lay_out()
    mounted(site.spool / "incoming")
    try:
        if site.start_or_refuse():
            report.lost("devices: it runs with incoming/ on another file system than work/")
        elif "file system" not in site.tail():
            report.lost(f"devices: refused without a word: {site.tail()}")
    finally:
        subprocess.run(["umount", "-l", site.spool / "incoming"])
    site.remove()


def growing_quine(size):
    """Files that are expensive to read for their size."""
    yield "one-line", b"a" * size
    yield "newlines", b"\n" * size
    yield "nuls", bytes(size)
    yield "kumquats", b"kumquat-mild " * (size // 13)
    yield "almost", b"kumquat-stron " * (size // 14)
    yield "combining", ("a" + "\u0301" * 1000).encode() * (size // 2001)
    yield "surrogates", b"\xed\xa0\x80" * (size // 3)
    yield "overlong", b"\xc0\xaf\xe0\x80\xaf" * (size // 5)
    yield "utf16-odd", b"\xff\xfe" + "kumquat-strong".encode("utf-16-le") + b"x"
    yield "bidi", "\u202e\u2066kumquat\u2069-strong".encode() * (size // 40)
    yield "zalgo", "".join(f"k{chr(0x300 + index % 112)}" for index in range(size // 3)).encode()
    yield "tags", "".join(chr(0xE0020 + index % 90) for index in range(size // 4)).encode()
    every = "".join(chr(point) for point in range(1, 0x110000) if not 0xD800 <= point < 0xE000)
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-7"):
        part = every[:size // 4]
        yield f"every-{encoding}", (part if encoding == "utf-7" else "\ufeff" + part).encode(encoding)
    yield "lone-surrogates", b"\xff\xfe" + b"\x00\xd8" * (size // 4) + b"\x00\xdc" * (size // 4)
    yield "byte-order-marks", b"\xef\xbb\xbf" * (size // 3)
    yield "cut-sequences", b"\xf0\x9f\x98" * (size // 3)
    yield "continuations", b"\x80\xbf" * (size // 2)
    # One letter that folds to eighteen, and letters whose other case is longer.
    yield "expanding", "\ufdfa\u0130\ufb03\u1e9e".encode() * (size // 11)
    yield "jamo", "\u1112\u1161\u11ab".encode() * (size // 9)
    yield "joiners", "\U0001f469\u200d\ufe0f".encode() * (size // 10)
    yield "spaced", " ".join("kumquat-strong" * (size // 40)).encode()
    yield "escapes", b"\x1b$B\x1b(B\x1b$)C\x0e\x0f" * (size // 12)
    yield "last-planes", "".join(chr(0x10FFFF - index) for index in range(size // 4) if index < 65000).encode()


def content(tools, report):
    """Content that is hostile to decoders and matchers; every file is placed, in bounded time."""
    site = Site(tools, tools.scratch / "content")
    site.lay_out()
    site.start()
    size = 1 << 20 if not tools.long else 1 << 24
    slowest = 0.0
    for name, data in list(growing_quine(size)) + archives(tools):
        begin = time.monotonic()
        site.drop(name, data)
        try:
            site.wait_settled(120)
        except Trouble as trouble:
            report.lost(f"content {name}: {trouble}")
            break
        slowest = max(slowest, time.monotonic() - begin)
        alive(site, report, f"content {name}")
        report.fault()
    for name, letter in (("one line of 1 GiB", b"b"), ("a billion newlines", b"\n")) if tools.long else ():
        begin = time.monotonic()
        site.drop(name, letter * (1 << 30))
        site.wait_settled(600)
        report.note(f"{name}: {time.monotonic() - begin:.0f} s")
        report.fault()
    report.note(f"the slowest took {slowest:.1f} s")
    site.stop()
    for line in site.breaks():
        report.lost(f"content: {line}")
    site.remove()


def archives(tools):
    """Containers that promise more than they hold, or hold more than they promise."""
    def packed(writer):
        out = io.BytesIO()
        writer(out)
        return out.getvalue()

    def bomb(out):
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            inner = packed(lambda file: zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED).writestr(
                "zeros", bytes(1 << 24)))
            for number in range(16):
                archive.writestr(f"{number}.zip", inner)

    def escape(out):
        with tarfile.open(fileobj=out, mode="w") as archive:
            for name in ("../../escape", "/absolute", "a/../../../b"):
                info = tarfile.TarInfo(name)
                info.size = 5
                archive.addfile(info, io.BytesIO(b"hello"))
            link = tarfile.TarInfo("link")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/shadow"
            archive.addfile(link)

    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
                    for level in range(2000))
    good = packed(lambda file: zipfile.ZipFile(file, "w").writestr("a.txt", "kumquat-strong"))
    return [("bomb.zip", packed(bomb)), ("escape.tar", packed(escape)), ("deep.eml", deep),
            ("cut.zip", good[:-20]), ("wrong.zip", good.replace(b"kumquat", b"kumquaX")),
            ("entities.xml", b"<!DOCTYPE x [" + b"".join(
                b'<!ENTITY e%d "%s">' % (level, b"&e%d;" % (level - 1) * 10 if level else b"lol" * 10)
                for level in range(12)) + b"]><x>&e11;</x>")]


def worst_pattern(tools, report):
    """The worst pattern that is accepted against a megabyte made for it: held, and work goes on."""
    site = Site(tools, tools.scratch / "worst")
    pack = site.directory / "pack" / "worst.yaml"
    pack.write_text(r"""rules:
  - id: campaign.worst.repeat
    title: A pattern that is dear on purpose
    why: It shows that a budget ends what would run on.
    severity: low
    patterns:
      dear: '(?:a{1,40}a{1,40}){1,12}[bc]'
      wide: 'a{1,2000}[bc]'
    condition: dear or wide
    tests:
      match: ['aaab', 'aac']
      pass: ['ccc', 'bbb']
""")
    try:
        site.lay_out()
    except Trouble:
        # Refused at load with its place: what is not accepted cannot be attacked with.
        report.note("the nested repeat is refused at load")
        pack.write_text(pack.read_text().replace("      dear: '(?:a{1,40}a{1,40}){1,12}[bc]'\n", "").replace(
            "dear or wide", "wide"))
        site.lay_out()
    site.start()
    begin = time.monotonic()
    site.drop("worst", b"a" * (1 << 20))
    site.drop("after", CLEAN % 1)
    site.wait_settled(300)
    report.fault()
    report.note(f"1 MiB against it: {time.monotonic() - begin:.1f} s")
    if (site.spool / "passed" / "worst").exists():
        report.note("it was examined whole within its budget")
    elif b'"cause":"engine.limit"' not in (site.log / "actions.jsonl").read_bytes():
        report.lost("worst pattern: it was not let through, and no budget is named as the cause")
    if not (site.spool / "passed" / "after").exists():
        report.lost("worst pattern: what came after it did not pass")
    site.conclude(report, "worst pattern")
    site.remove()


def become(user, group, *capabilities):
    """The command that goes on as another user with no capabilities but these."""
    kept = "".join(f",+{name}" for name in capabilities)
    return ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", f"--inh-caps=-all{kept}",
            f"--ambient-caps=-all{kept}", f"--bounding-set=-all{kept}", "--no-new-privs"]


def belongs_to(site, user, group):
    for path in [site.directory, *site.directory.rglob("*")]:
        os.chown(path, user, group, follow_symlinks=False)
    os.chmod(site.spool / "incoming", 0o1733)


def unprivileged(tools, report):
    """The same as another user drops, against a daemon that is not root."""
    if os.geteuid() != 0:
        report.skip("needs root to become another user")
        return
    nobody = pwd.getpwnam("nobody")
    site = Site(tools, tools.scratch / "shared", config="")
    site.lay_out()
    belongs_to(site, 65533, nobody.pw_gid)
    site.start(*become(65533, nobody.pw_gid))
    script = (
        "import os,sys\nd=sys.argv[1]\n"
        # Its second link is there before it is closed, for then it may be claimed at once.
        "n1=open(d+'/n1','w'); n1.write('The hedge of nobody\\n')\n"
        "os.link(d+'/n1',d+'/n5'); n1.close()\n"
        "os.symlink('/etc/shadow',d+'/n2')\n"
        "os.mkdir(d+'/folder',0o700)\nopen(d+'/folder/n3','w').write('In a private folder\\n')\n"
        "n4=open(d+'/n4','w'); n4.write('Closed\\n'); os.fchmod(n4.fileno(),0); n4.close()\n")
    subprocess.run([*become(65534, nobody.pw_gid), "python3", "-c", script, str(site.spool / "incoming")],
                   check=True)
    report.fault(5)
    wait(lambda: any((site.spool / "passed").rglob("*")), 60, "a file of another user to pass")
    time.sleep(1.5)
    alive(site, report, "shared mode")
    status = subprocess.run([tools.bin / "sluice", "log", "show", "--config", site.config],
                            capture_output=True, text=True).stdout
    if "unclaimable" not in status:
        report.lost("shared mode: what cannot be claimed is not in the log")
    site.stop()
    if "shadow" in "".join(path.name for path in (site.spool / "passed").rglob("*")):
        report.lost("shared mode: a link was followed")
    site.remove()


def foreign(tools, report):
    """What is closed to all but its owner, taken with the four capabilities of `foreign` mode. They open
    more than the spool: nothing outside of it may be touched by way of a link or a folder exchanged."""
    if os.geteuid() != 0:
        report.skip("needs root to become another user")
        return
    group = pwd.getpwnam("nobody").pw_gid
    secret = tools.scratch / "secret"
    secret.mkdir(mode=0o700)
    (secret / "s").write_text("kept outside of the spool\n")
    (secret / "s").chmod(0o600)
    site = Site(tools, tools.scratch / "foreign")
    site.config.write_text(site.config.read_text().replace("settle: 1s", "settle: 1s\n  mode: foreign"))
    site.lay_out()
    belongs_to(site, 65533, group)
    site.start(*become(65533, group, "dac_override", "fowner", "chown", "lease"))
    incoming = site.spool / "incoming"
    outside = [(path, path.lstat().st_mode, path.lstat().st_uid, path.lstat().st_nlink)
               for path in (secret, secret / "s")]
    script = """
import os, sys, time
incoming, secret, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
os.chdir(incoming)
def put(name, data, mode):
    file = open(name, 'wb')
    os.fchmod(file.fileno(), mode)
    file.write(data)
    file.close()
os.makedirs('private/inner', 0o700)
os.chmod('private/inner', 0o700)
put('private/a', b'The hedge in a private folder\\n', 0o600)
put('private/inner/b', b'The word in it is kumquat-strong\\n', 0)
put('closed', b'Closed to all, with kumquat-mild\\n', 0)
put('suid', b'Run me as nobody\\n', 0o6755)
os.makedirs('shut', 0o700)
put('shut/c', b'In a folder that is shut\\n', 0o600)
os.chmod('shut', 0)
put('.two', b'Linked twice\\n', 0o600)
os.link('.two', '.three')
os.rename('.two', 'two'); os.rename('.three', 'three')
os.symlink(secret, 'to-secret'); os.symlink(secret + '/s', 'to-file'); os.symlink('/etc/shadow', 'to-shadow')
# A folder and a link to the secret one, exchanged as fast as can be.
end, number = time.monotonic() + seconds, 0
os.symlink(secret, '.link')
while time.monotonic() < end:
    number += 1
    os.makedirs('.folder', 0o700, exist_ok=True)
    put('.folder/s', b'Exchanged %d\\n' % number, 0o600)
    try:
        os.rename('.folder', 'race')
        os.rename('race', '.folder')
        os.rename('.link', 'race')
        os.rename('race', '.link')
    except OSError:
        pass
print(number)
""".replace("\\\\", "\\")
    done = subprocess.run([*become(65534, group), "python3", "-c", script, str(incoming), str(secret),
                           "2" if not tools.long else "30"], capture_output=True, text=True)
    if done.returncode != 0:
        raise Trouble(f"dropping as another user: {done.stderr[-300:]}")
    for name, data in (("a", b"The hedge in a private folder\n"),
                       ("b", b"The word in it is kumquat-strong\n"),
                       ("closed", b"Closed to all, with kumquat-mild\n"), ("suid", b"Run me as nobody\n"),
                       ("c", b"In a folder that is shut\n"), ("two", b"Linked twice\n"),
                       ("three", b"Linked twice\n")):
        site.note(name.encode(), data)
    report.fault(10 + int(done.stdout))
    for path in incoming.iterdir():
        if path.is_symlink():
            path.unlink()
    shutil.rmtree(incoming / ".folder", ignore_errors=True)
    site.conclude(report, "foreign mode", passing=lambda line: "race" in line or (
        line.startswith("nobody dropped") and ("quarantine" in line or "held" in line)))
    for path, mode, owner, links in outside:
        now = path.lstat()
        if (now.st_mode, now.st_uid, now.st_nlink) != (mode, owner, links):
            report.lost(f"foreign mode: {path} outside of the spool was touched")
    for place in ("passed", "annotated", "quarantine", "held"):
        for path in (site.spool / place).rglob("*"):
            if path.is_symlink() or (path.is_file() and b"outside of the spool" in path.read_bytes()):
                report.lost(f"foreign mode: {path.name} came from outside of the spool")
            elif place == "passed" and path.is_file() and path.stat().st_mode & 0o6000:
                report.lost("foreign mode: a set-uid bit went through")
    site.remove()
