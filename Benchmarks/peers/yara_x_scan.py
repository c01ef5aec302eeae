"""yara-x, scan only: rules compiled and texts in memory before the clock starts.

Usage: yara_x_scan.py RULES.yar TEXTS [HITS] [COMPILED], the last being where the compiled rules are kept
"""
import json
import os
import sys
import time

import yara_x


def compiled(source, kept):
    if kept and os.path.exists(kept):
        with open(kept, "rb") as file:
            return yara_x.Rules.deserialize_from(file)
    compiler = yara_x.Compiler()
    with open(source) as file:
        compiler.add_source(file.read())
    built = compiler.build()
    if kept:
        with open(kept, "wb") as file:
            built.serialize_into(file)
    return built


def main():
    start = time.monotonic()
    scanner = yara_x.Scanner(compiled(sys.argv[1], sys.argv[4] if len(sys.argv) > 4 else ""))
    setup = time.monotonic() - start
    paths = [sys.argv[2]] if os.path.isfile(sys.argv[2]) else sorted(
        os.path.join(folder, name) for folder, _, names in os.walk(sys.argv[2]) for name in names)
    texts = []
    for path in paths:
        with open(path, "rb") as file:
            texts.append(file.read())
    start = time.monotonic()
    results = [scanner.scan(text).matching_rules for text in texts]
    seconds = time.monotonic() - start
    if len(sys.argv) > 3 and sys.argv[3]:
        with open(sys.argv[3], "w") as file:
            for path, rules in zip(paths, results):
                file.writelines(f"{path}\t{rule.identifier[1:]}\n" for rule in rules)
    print(json.dumps({"setup": setup, "seconds": seconds, "bytes": sum(map(len, texts)), "files": len(texts),
                      "hits": sum(len(rules) for rules in results)}))


main()
