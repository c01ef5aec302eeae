"""Rules from a seed, in the part of the expression language that every measured tool reads.

Look-around, back-references and Unicode classes are left out, since yara, ripgrep, grep and
Vectorscan refuse one or the other. Four of five rules are phrases (words with gaps between), one of
five is the format of a secret, which is about what the shipped packs hold.
"""
import random

PHRASES = {
    "advance-fee": (
        ["claim", "release", "transfer", "unlock", "receive", "collect", "process", "remit"],
        ["your", "the", "this", "our", "unclaimed"],
        ["inheritance", "lottery", "jackpot", "winnings", "grant", "consignment", "payout", "bequest",
         "estate", "compensation", "dormant account", "cash prize", "escrow", "beneficiary"],
        ["processing fee", "within 48 hours", "western union", "barrister", "customs charge",
         "strictly confidential", "next of kin", "by courier"]),
    "credential": (
        ["verify", "confirm", "reactivate", "restore", "validate", "update", "secure", "review"],
        ["your", "the", "this", "online"],
        ["mailbox", "password", "paypal", "netflix", "invoice", "parcel", "billing details",
         "seed phrase", "card number", "apple id", "payroll", "tax refund", "passcode"],
        ["or be suspended", "final notice", "log in below", "unusual activity", "avoid closure",
         "within 24 hours", "click here", "account locked"]),
    "investment": (
        ["double", "triple", "invest", "multiply", "deposit", "withdraw", "earn", "flip"],
        ["your", "my", "any", "more"],
        ["bitcoin", "usdt", "crypto", "profits", "returns", "capital", "wallet", "savings",
         "forex", "trading bot", "dividends", "nft", "altcoin"],
        ["guaranteed", "no risk", "risk free", "via telegram", "on whatsapp", "daily payout",
         "limited slots", "expert broker"]),
    "goods": (
        ["buy", "order", "sell", "ship", "restock", "vend", "smuggle", "import"],
        ["pure", "cheap", "uncut", "bulk", "some", "your"],
        ["fentanyl", "cocaine", "heroin", "ketamine", "xanax", "oxycodone", "mdma", "steroids",
         "adderall", "tramadol", "opium", "carfentanil"],
        ["no prescription", "stealth delivery", "escrow accepted", "next day", "signal only",
         "discreet packaging", "wickr me"]),
    "weapons": (
        ["build", "print", "convert", "assemble", "mill", "modify", "obtain"],
        ["an", "a", "your", "homemade", "untraceable"],
        ["silencer", "suppressor", "detonator", "pipe bomb", "ghost gun", "auto sear", "napalm",
         "thermite", "nerve agent", "blasting cap", "ricin"],
        ["at home", "no background check", "no serial", "step by step", "without a licence",
         "undetectable"]),
    "documents": (
        ["buy", "order", "forge", "clone", "sell", "obtain", "duplicate"],
        ["fake", "real", "genuine", "cloned", "stolen", "registered"],
        ["passport", "diploma", "visa", "fullz", "cvv", "bank logs", "skimmer", "credit card",
         "residence permit", "counterfeit notes", "driving licence"],
        ["with pin", "high balance", "scannable", "valid guaranteed", "money mule", "bulk discount"]),
    "threat": (
        ["shoot", "stab", "bomb", "burn", "poison", "kidnap", "behead", "torch"],
        ["your", "the", "his", "her", "their", "every"],
        ["school", "church", "mosque", "synagogue", "office", "senator", "mayor", "family",
         "courthouse", "neighbours", "embassy"],
        ["last warning", "watch your back", "you are dead", "where you live", "or else",
         "tomorrow morning"]),
    "prompt": (
        ["ignore", "disregard", "bypass", "override", "disable", "reveal", "leak", "exfiltrate"],
        ["all", "any", "previous", "prior", "the", "system"],
        ["guardrails", "instructions", "restrictions", "guidelines", "system prompt", "safeguards",
         "developer mode", "content policy", "api keys"],
        ["without restrictions", "you are now", "do anything now", "jailbreak", "act as", "in base64"]),
    "intrusion": (
        ["deploy", "inject", "crack", "sell", "rent", "spread", "encrypt"],
        ["our", "a", "the", "fresh", "private"],
        ["ransomware", "botnet", "stealer", "rootkit", "exploit kit", "webshell", "keylogger",
         "combo list", "zero day", "crypter", "loader"],
        ["fully undetectable", "monthly rent", "source code", "pay in monero", "decryption key",
         "initial access"]),
    "recruiting": (
        ["join", "fight", "pledge", "train", "recruit", "arm", "rise"],
        ["our", "the", "for", "against", "with"],
        ["militia", "caliphate", "brotherhood", "race war", "holy war", "invaders", "traitors",
         "martyrs", "uprising", "the cause"],
        ["by force", "blood and soil", "at all costs", "secret channel", "before it is too late"]),
}

BASE62 = ("0-9A-Za-z", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
UPPER = ("0-9A-Z", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
HEX = ("0-9a-f", "0123456789abcdef")
DIGIT = ("0-9", "0123456789")
TOKEN = ("0-9A-Za-z_-", BASE62[1] + "_-")


class Rule:
    """An expression and a maker of texts that it matches."""

    def __init__(self, theme, pattern, sample):
        self.theme, self.pattern, self.sample = theme, pattern, sample


def words(phrase):
    return phrase.replace(" ", r"\W{1,3}")


def one_of(choices):
    return "(?:" + "|".join(words(c) for c in choices) + ")"


GAP = r"\W{1,3}"


def between(n):
    return r"(?:\w{1,24}\W{1,3}){0,%d}" % n


def pick(r, source, low, high):
    return r.sample(source, min(len(source), r.randint(low, high)))


def coined(r):
    """A name nobody uses: brands, channels, groups."""
    return "".join(r.choice(["ba", "cro", "dex", "fi", "gra", "hol", "ji", "kel", "lum", "mor", "nax",
                             "pho", "qui", "rov", "sta", "tri", "uze", "vel", "wex", "zan"])
                   for _ in range(r.randint(2, 4)))


def phrase(r, names):
    theme = r.choice(names)
    verbs, links, objects, tails = PHRASES[theme]
    v, l, t = pick(r, verbs, 2, 5), pick(r, links, 2, 4), pick(r, tails, 1, 3)
    o = pick(r, objects, 2, 5)
    if r.random() < 0.4:
        o[0] = coined(r)
    if r.random() < 0.15:
        v[0] = coined(r)
    V, L, O, T = one_of(v), one_of(l), one_of(o), one_of(t)
    filler = lambda: r.choice(["", "very ", "only "])
    say = lambda parts: (lambda: " ".join(p if isinstance(p, str) else r.choice(p) for p in parts))
    shape = r.random()
    if shape < 0.35:
        return theme, r"\b" + V + GAP + between(2) + L + GAP + O + r"\b", \
            lambda: f"{r.choice(v)} {filler()}{r.choice(l)} {r.choice(o)}"
    if shape < 0.55:
        return theme, r"\b" + V + GAP + between(3) + O + GAP + between(2) + T + r"\b", \
            lambda: f"{r.choice(v)} {filler()}{r.choice(o)} {r.choice(t)}"
    if shape < 0.70:
        return theme, r"\b" + V + GAP + L + GAP + between(2) + O + r"\b", say([v, l, o])
    if shape < 0.80:
        return theme, r"\b" + T + GAP + between(3) + V + GAP + one_of(links) + r"\b", say([t, v, links])
    if shape < 0.88:
        return theme, r"\b" + V + GAP + L + GAP + O + r"\b.{0,60}\b" + T + r"\b", say([v, l, o, t])
    if shape < 0.94:
        sale = ["for sale", "in stock", "available", "wanted"]
        return theme, r"\b" + O + GAP + between(2) + one_of(sale) + r"\b", say([o, sale])
    unit = ["percent", "usd", "dollars", "btc"]
    return theme, r"\b[0-9]{1,4}\W{0,2}" + one_of(unit) + GAP + between(2) + O + GAP + T + r"\b", \
        lambda: f"{r.randint(5, 9000)} {r.choice(unit)} {r.choice(o)} {r.choice(t)}"


def run(r, alphabet, count):
    return "".join(r.choice(alphabet[1]) for _ in range(count))


def secret(r):
    shape = r.randrange(8)
    if shape < 4:
        prefix = coined(r)[:r.randint(3, 7)] + r.choice(["_", "-", "_live_", "_pat_", "."])
        alphabet, count = r.choice([BASE62, UPPER, HEX, TOKEN]), r.randint(16, 48)
        edge = r"\b" if alphabet is not TOKEN and r.random() < 0.5 else ""
        return "secret", edge + prefix.replace(".", r"\.") + f"[{alphabet[0]}]{{{count}}}" + edge, \
            lambda: prefix + run(r, alphabet, count)
    if shape == 4:
        key, count = coined(r) + "_key", r.randint(20, 60)
        return "secret", key + r"\W{1,4}[0-9A-Za-z/+]{%d}" % count, \
            lambda: f"{key} = {run(r, BASE62, count)}"
    if shape == 5:
        scheme = coined(r)
        return "secret", scheme + r"://[^\s:@/]{1,40}:[^\s:@/]{1,40}@[^\s/]{1,80}", \
            lambda: f"{scheme}://app:{run(r, BASE62, 12)}@db.example.net"
    if shape == 6:
        first = r.choice("0123456789")
        groups, width = r.randint(3, 5), r.randint(3, 5)
        return "secret", rf"\b{first}[0-9]{{{width - 1}}}(?:[ -][0-9]{{{width}}}){{{groups}}}\b", \
            lambda: "-".join([first + run(r, DIGIT, width - 1)]
                             + [run(r, DIGIT, width) for _ in range(groups)])
    lead, count = r.choice(["0x", "bc1", "urn:"]) + run(r, HEX, 1), r.choice([32, 40, 64])
    return "secret", rf"\b{lead}[0-9a-f]{{{count}}}\b", lambda: lead + run(r, HEX, count)


def make(count, seed):
    """`count` different rules; a smaller set is the beginning of a larger one."""
    r = random.Random(seed)
    names, seen, rules = sorted(PHRASES), set(), []
    while len(rules) < count:
        made = secret(r) if len(rules) % 5 == 4 else phrase(r, names)
        if made[1] not in seen:
            seen.add(made[1])
            rules.append(Rule(*made))
    return rules


# Other tools' spellings of the same set of matching texts.

def for_grep(pattern):
    """POSIX extended, as GNU grep reads it: no `(?:`."""
    return pattern.replace("(?:", "(").replace(r"[^\s:@/]", "[^[:space:]:@/]") \
        .replace(r"[^\s/]", "[^[:space:]/]")


def for_yara(pattern):
    return pattern.replace("(?:", "(").replace("://", r":\/\/").replace("@/]", r"@\/]") \
        .replace(r"\s/]", r"\s\/]").replace("Za-z/+", r"Za-z\/+")


def yara_source(rules):
    return "".join("rule r%d { strings: $a = /%s/ nocase condition: $a }\n" % (i, for_yara(rule.pattern))
                   for i, rule in enumerate(rules))


def clam_source(rules):
    """Logical signatures; the first part, a blank behind an `e`, only lets the expression run."""
    return "".join("R%d;Engine:81-255,Target:0;1;6520;0/%s/i\n" % (i, rule.pattern.replace("/", r"\/")
                                                                 .replace(";", r"\x3b"))
                   for i, rule in enumerate(rules))


def pack(rules, seed):
    """The rules as a pack of Sluice: files of at most 500 rules, with tests made from the seed."""
    r = random.Random(seed)
    quote = lambda text: "'" + text.replace("'", "''") + "'"
    calm = ["The hedge by the gate is cut on Saturday morning, number %d.",
            "Minutes of the meeting on page %d were sent to all members."]
    manifest = ("id: measured\nversion: 1.0.0\ntitle: Rules made from a seed\ncovers: [measuring]\n"
                "does_not_cover: [everything else]\nlicence: Apache-2.0\nprotected:\n"
                + "".join("  - %s\n" % quote(calm[i % 2] % i) for i in range(20)))
    files = {"pack.yaml": manifest}
    for start in range(0, len(rules), 500):
        text = ["rules:\n"]
        for i, rule in enumerate(rules[start:start + 500], start):
            text.append(
                f"  - id: measured.r{i}\n    title: Rule {i}\n    why: It is made for measuring.\n"
                f"    severity: low\n    patterns: {{p: {quote(rule.pattern)}}}\n    tests:\n"
                f"      match:\n        - {quote('so ' + rule.sample() + ' now')}\n"
                f"        - {quote('and ' + rule.sample() + ' too')}\n"
                f"      pass:\n        - {quote(calm[0] % r.randrange(9))}\n"
                f"        - {quote(calm[1] % r.randrange(9))}\n")
        files[f"rules-{start}.yaml"] = "".join(text)
    return files
