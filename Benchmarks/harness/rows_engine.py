"""The rows about matching: the engine alone, whole runs of `sluice scan`, numbers of rules, languages."""
import os
import subprocess

from .contest import Contestant, Failed, Figures, Ratio, interleave, ratio, run, say, size_of
from .tools import SLOW, Tools

MB = 1_000_000


def pace(tools, name, seconds, quick):
    """A slice that takes the tool about `seconds`; the whole for a tool that is fast."""
    probe = tools.data.slice("mid", 2 * MB if name in ("sluice", "Vectorscan", "yara-x") else MB // 2)
    rate = tools.rate(name, probe)
    most = (32 if quick else 256) * MB
    if rate >= SLOW:
        return tools.data.slice("mid", most) if quick else tools.data.texts("mid")
    # Sizes in steps, so that slices are found again.
    size = max(1, min(most, int(rate * seconds)) // (MB // 4)) * (MB // 4)
    return tools.data.slice("mid", size)


def engine(data, options):
    """500 rules, texts of 25 KB: every tool on one core."""
    tools = Tools(data)
    names = ["sluice", "Vectorscan", "yara-x", "yara", "PCRE2 loop", "ripgrep", "grep", "clamscan"]
    slices = {}
    for name in names:
        try:
            slices[name] = pace(tools, name, 2 if options.quick else 5, options.quick)
        except Failed as error:
            say(f"  {name} is left out: {error}")
    names = list(slices)
    for folder in slices.values():
        data.warm(folder)
    contestants = [tools.contestant(name, slices[name]) for name in names]
    slow = slices["PCRE2 loop"]
    contestants.insert(1, Contestant("sluice, slice", lambda: size_of(slow) / tools.reported("sluice", slow)["seconds"],
                                     "the slice of the PCRE2 loop"))
    figures = interleave(contestants, options.rounds)
    by_name = {f.name: f for f in figures}
    ratios = [ratio("engine", f"engine alone / {name}", by_name["sluice"], by_name[name], **bounds)
              for name, bounds in (("Vectorscan", dict(wanted=4, aim=8)), ("yara-x", dict(wanted=30, aim=60)),
                                   ("PCRE2 loop", dict(wanted=200, aim=450)), ("yara", {}), ("ripgrep", {}),
                                   ("grep", {}), ("clamscan", {})) if name in by_name]
    return figures, ratios + [agreement(tools, options)]


def agreement(tools, options):
    """Whether the tools whose expressions mean the same find the same pairs of file and rule."""
    texts = tools.data.slice("mid", MB if options.quick else 4 * MB)
    for name in ("sluice", "PCRE2 loop", "Vectorscan", "yara-x"):
        tools.reported(name, texts)
    ours, loop = tools.found("sluice"), tools.found("PCRE2 loop")
    for name, found in (("Vectorscan", tools.found("Vectorscan")), ("yara-x", tools.found("yara-x")),
                        ("yara", tools.found_by_yara(texts)), ("sluice", ours)):
        say(f"  hits of {name}: {len(found)}, {len(found - loop)} more and {len(loop - found)} fewer than PCRE2")
    return Ratio("engine", f"pairs of file and rule found as PCRE2 finds them ({len(loop)} in {size_of(texts) // MB} MB)",
                 [len(ours & loop) / max(1, len(ours | loop))], wanted=1, unit="of all")


def scan(data, options):
    """`sluice scan` on a folder, all costs in and the shipped packs beside, against yara-x on the same."""
    tools = Tools(data)
    size = (8 if options.quick else 64) * MB
    texts = data.slice("mid", size)
    part = data.slice("mid", size // 4)
    for folder in (texts, part):
        data.warm(folder)
    figures = interleave([
        Contestant("sluice scan", lambda: size_of(texts) / tools.wall("sluice scan", texts)),
        Contestant("yara-x", lambda: size_of(part) / tools.reported("yara-x", part)["seconds"]),
    ], options.rounds)
    return figures, [ratio("scan", "sluice scan with the shipped packs / yara-x", *figures, wanted=20, aim=50)]


def rules(data, options):
    """The same texts with 50, 500 and 5,000 rules."""
    texts = data.slice("mid", (4 if options.quick else 32) * MB)
    size = data.warm(texts)
    figures = interleave([
        Contestant(f"{count} rules", lambda count=count: size / Tools(data, count).reported("sluice", texts)["seconds"])
        for count in (50, 500, 5000)], options.rounds)
    few, some, many = figures
    return figures, [
        ratio("rules", "time with 5,000 rules / with 500", some, many, wanted=2.5, aim=1.5, at_most=True),
        ratio("rules", "time with 500 rules / with 50", few, some, at_most=True)]


def foreign(data, options):
    """Russian, Ukrainian, Hindi, Chinese and Japanese against English."""
    tools = Tools(data)
    folders = [data.slice(name, (8 if options.quick else 32) * MB) for name in ("latin", "foreign")]
    for folder in folders:
        data.warm(folder)
    figures = interleave([tools.contestant("sluice", folder) for folder in folders], options.rounds)
    for figure, name in zip(figures, ("English", "other scripts")):
        figure.name = name
    return figures, [ratio("foreign", "other scripts / English", figures[1], figures[0], wanted=1 / 3, aim=2 / 3)]


def sizes(data, options):
    """Files of 1 to 4 KB, of 25 KB, and one large one."""
    tools = Tools(data)
    size = (8 if options.quick else 64) * MB
    places = {"1–4 KB": data.slice("small", min(size, 48 * MB)), "25 KB": data.slice("mid", size),
              "one file": data.texts("one") / "big.txt"}
    contestants = []
    for label, place in places.items():
        data.warm(place)
        for name in ("sluice", "Vectorscan"):
            made = tools.contestant(name, place)
            contestants.append(Contestant(f"{name}, {label}", made.run))
    figures = interleave(contestants, options.rounds)
    return figures, [ratio("sizes", f"sluice / Vectorscan on {label}", figures[2 * i], figures[2 * i + 1])
                     for i, label in enumerate(places)]


def cores(data, options):
    """Two cores against one, by `sluice scan`."""
    tools = Tools(data)
    texts = data.slice("mid", (8 if options.quick else 64) * MB)
    size = data.warm(texts)

    def rate(jobs):
        command = [data.sluice, "scan", "--jobs", jobs, "--rules", data.rules(500, "pack")]
        spent = lambda where: run(command + [where], ok=(0, 1, 3))[1]
        return size / max(1e-3, spent(texts) - spent(tools.empty))

    figures = interleave([Contestant(f"{jobs} of two cores", lambda jobs=jobs: rate(jobs)) for jobs in (1, 2)],
                         options.rounds)
    return figures, [ratio("cores", "two cores / one", figures[1], figures[0], wanted=1.8, aim=1.95)]


def large(data, options):
    """Peak memory of `sluice scan` on a file of 2 GB against that on a small one."""
    size = (256 if options.quick else 2048) << 20
    path = data.folder / "large.txt"
    if not path.exists() or path.stat().st_size != size:
        with open(data.texts("one") / "big.txt", "rb") as file:
            text = file.read(64 << 20)
        text = text[:text.rindex(b"\n") + 1]
        with open(path, "wb") as file:
            left = size
            while left:
                left -= file.write(text[:left])
    small = next((data.texts("mid") / "000").iterdir())

    def peak(where):
        process = subprocess.Popen([data.sluice, "scan", "--jobs", "1", "--rules", data.rules(500, "pack"), where],
                                   stdout=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        return usage.ru_maxrss * 1024

    figures = [Figures("a small file", [peak(small)]), Figures(f"{size >> 20} MiB", [peak(path)])]
    return figures, [ratio("large", "peak memory of a 2 GB file / of a small one", figures[1], figures[0], wanted=1.5,
                           at_most=True)]
