"""Texts from a seed: what this machine's Debian documents say, cut up, shuffled, with matches planted.

Documents are those of the installed packages, so that two machines with the same packages make the
same texts; nothing is downloaded. Everything is valid UTF-8 without NUL.
"""
import gzip
import html
import os
import random
import re
import sys

ROOTS = ["/usr/share/doc", "/usr/share/man", "/usr/share/info", "/usr/share/perl",
         "/usr/share/common-licenses", "/usr/lib/python3", "/usr/lib/python3.11"]
FOREIGN = {"ru": "Russian", "uk": "Ukrainian", "ja": "Japanese", "zh_CN": "Chinese", "zh_TW": "Chinese",
           "hi": "Hindi"}
NO_TEXT = (".png", ".jpg", ".svg", ".pyc", ".so", ".js", ".woff", ".woff2", ".ttf", ".pdf", ".gif", ".css",
           ".a", ".ico", ".whl", ".bz2", ".xz", ".epub")
TAGS = re.compile(r"<(?:script|style).*?</(?:script|style)>|<[^>]{0,400}>", re.S | re.I)
ROFF = re.compile(r"\\f[BIRP]|\\-|^\.[A-Za-z]{1,3} ?|^'\\\".*$", re.M)
BLANK = re.compile(r"[ \t]{3,}")
LINES = re.compile(r"\n\s*\n+")


def files(root):
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            if not name.endswith(NO_TEXT) and os.path.isfile(path) and not os.path.islink(path):
                yield path


def text_of(path):
    """The document as text; nothing for what is none."""
    try:
        with open(path, "rb") as file:
            data = file.read(4 << 20)
        if path.endswith(".gz"):
            data = gzip.decompress(data)
        text = data.decode()
    except (OSError, EOFError, ValueError):
        return ""
    if len(text) < 200 or "\0" in text:
        return ""
    if path.endswith((".html", ".htm")) or text[:200].lstrip().lower().startswith(("<!doctype", "<html")):
        text = html.unescape(TAGS.sub(" ", text))
    if "/man/" in path:
        text = ROFF.sub("", text)
    return LINES.sub("\n\n", BLANK.sub("  ", text)).replace("\0", "") + "\n"


def catalogue(path):
    """The translations in a catalogue of messages (.mo)."""
    import gettext
    try:
        with open(path, "rb") as file:
            return "\n".join(str(v) for v in gettext.GNUTranslations(file)._catalog.values() if v) + "\n"
    except (OSError, ValueError, UnicodeDecodeError):
        return ""


def pieces(text, size=2000):
    start = 0
    while start < len(text):
        end = text.find("\n", start + size)
        end = len(text) if end < 0 else end + 1
        yield text[start:end]
        start = end


def is_foreign(piece):
    return sum(ord(c) > 0x2FF for c in piece) * 4 > len(piece)


def gather():
    """Pieces of English, and pieces by other language."""
    english, foreign, seen = [], {}, set()
    languages = [f"/{name}/" for name in FOREIGN]
    for root in ROOTS:
        for path in files(root):
            local = re.match(r"/usr/share/man/([a-z]{2}(?:_[A-Z]{2})?)/", path)
            if local and local[1] not in FOREIGN:
                continue
            text = text_of(path)
            key = hash(text[:4000])
            if not text or key in seen:
                continue
            seen.add(key)
            if local:
                foreign.setdefault(FOREIGN[local[1]], []).extend(filter(is_foreign, pieces(text, 700)))
            elif not any(l in path for l in languages):
                english.extend(pieces(text))
    for path in files("/usr/share/locale/hi"):
        if path.endswith(".mo"):
            foreign.setdefault("Hindi", []).extend(filter(is_foreign, pieces(catalogue(path), 700)))
    return english, foreign


def plant(piece, rules, r, share):
    """Lines with a match put in; `share` of all."""
    lines = piece.split("\n")
    for k in range(len(lines) - 1):
        if r.random() < share:
            lines[k] = lines[k][:40] + " " + r.choice(rules).sample() + " " + lines[k][40:]
    return "\n".join(lines)


def stream(source, rules, r, size, share=0.001):
    """Shuffled pieces as bytes, again from the start where there are not enough, to `size`."""
    order = list(range(len(source)))
    done = 0
    while done < size:
        r.shuffle(order)
        for index in order:
            data = plant(source[index], rules, r, share).encode()
            yield data
            done += len(data)
            if done >= size:
                return


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def cut(data, start, size):
    """Up to about `size` bytes from `start`, to the end of a line or else of a character."""
    end = data.find(b"\n", start + size)
    if end < 0 or end > start + size + 600:
        end = min(len(data), start + size)
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end += 1
        return end
    return end + 1


def folder_of(data, folder, r, low, high, count=None):
    """Files of `low` to `high` bytes, a hundred to a directory."""
    start = number = 0
    while start < len(data) and (count is None or number < count):
        end = cut(data, start, r.randint(low, high))
        write(f"{folder}/{number // 100:03d}/{number:05d}.txt", data[start:end])
        start, number = end, number + 1
    return number


def make(folder, rules, seed, size):
    """The texts of one measurement; `size` is that of the whole."""
    r = random.Random(seed)
    english, foreign = gather()
    print(f"  {sum(map(len, english)) / 1e6:.0f} million characters of English, "
          + ", ".join(f"{sum(map(len, v)) / 1e6:.1f} of {k}" for k, v in sorted(foreign.items())),
          file=sys.stderr)
    big = b"".join(stream(english, rules, r, size))
    write(f"{folder}/one/big.txt", big)
    folder_of(big, f"{folder}/mid", r, 24_600, 25_400)
    folder_of(big, f"{folder}/small", r, 1_024, 4_000, count=20_000)
    other = [p for name in sorted(foreign) for p in r.sample(foreign[name], len(foreign[name]))[:4000]]
    folder_of(b"".join(stream(other, rules, r, size // 8)), f"{folder}/foreign", r, 24_600, 25_400)
    folder_of(big[:size // 8], f"{folder}/latin", r, 24_600, 25_400)
