"""What the measurements say: a table, JSON, a chart."""
import json
import math
import os
import platform
import xml.sax.saxutils as xml

MARK = ("<!-- measured: begin -->", "<!-- measured: end -->")


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    return f"{model}, {os.cpu_count()} cores, Linux {platform.release().split('-')[0]}"


def number(value):
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def rate(value):
    for factor, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= factor:
            return f"{value / factor:.3g} {unit}"
    return f"{value:.3g}"


def wanted(ratio):
    if ratio.wanted is None:
        return ""
    sign = "≤" if ratio.at_most else "≥"
    text = f"{sign} {ratio.wanted:.3g}"
    return text + (f" (aim {ratio.aim:.3g})" if ratio.aim is not None else "")


def table(results):
    lines = ["| row | figure | median | spread | wanted | |", "|---|---|---|---|---|---|"]
    for result in results:
        for r in result["ratios"]:
            spread = "" if len(r.ratios) < 2 else f"{number(min(r.ratios))} – {number(max(r.ratios))}"
            lines.append(f"| `{r.row}` | {r.what} | {number(r.median)} {r.unit} | {spread} | {wanted(r)} | {r.verdict} |")
        if result.get("failed"):
            lines.append(f"| `{result['row']}` | not measured: {result['failed']} | | | | |")
    return "\n".join(lines)


def details(results):
    lines = []
    for result in results:
        for f in result["figures"]:
            spread = "" if len(f.rates) < 2 else f" ({rate(min(f.rates))} – {rate(max(f.rates))})"
            lines.append(f"  {result['row']:8} {f.name:28} {rate(f.median)}{spread}  {f.note}")
    return "\n".join(lines)


def as_json(results, options):
    return json.dumps({
        "machine": machine(), "seed": options.seed, "quick": options.quick, "rounds": options.rounds,
        "rows": [{"row": result["row"], "failed": result.get("failed"),
                  "figures": [{"name": f.name, "rates": f.rates, "note": f.note} for f in result["figures"]],
                  "ratios": [r.json() for r in result["ratios"]]} for result in results]}, indent=1, ensure_ascii=False)


def chart(figures):
    """Bytes a second of each tool as bars on a logarithmic scale, relative to the slowest."""
    figures = sorted((f for f in figures if "slice" not in f.name), key=lambda f: -f.median)
    least = min(f.median for f in figures)
    decades = max(1, math.ceil(math.log10(figures[0].median / least) + 0.3))
    left, width, step, top = 120, 520, 30, 34
    x = lambda value: left + width * (math.log10(value / least) + 0.15) / (decades + 0.15)
    height = top + step * len(figures) + 36
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 90} {height}" font-family="sans-serif" '
           'font-size="13">', f'<rect width="{left + width + 90}" height="{height}" fill="#fff"/>',
           f'<text x="{left}" y="18" fill="#333">Text read with 500 rules on one core, relative to the slowest</text>']
    for power in range(decades + 1):
        at = x(least * 10 ** power)
        out.append(f'<line x1="{at:.0f}" x2="{at:.0f}" y1="{top - 6}" y2="{height - 26}" stroke="#ddd"/>'
                   f'<text x="{at:.0f}" y="{height - 10}" fill="#666" text-anchor="middle">{10 ** power:,}</text>')
    for index, figure in enumerate(figures):
        y = top + index * step
        colour = "#2a6f97" if figure.name == "sluice" else "#a9b4bd"
        low, high = x(min(figure.rates)), x(max(figure.rates))
        out.append(f'<text x="{left - 8}" y="{y + 15}" text-anchor="end" fill="#222">{xml.escape(figure.name)}</text>'
                   f'<rect x="{left}" y="{y + 2}" width="{x(figure.median) - left:.0f}" height="18" fill="{colour}"/>'
                   f'<line x1="{low:.0f}" x2="{high:.0f}" y1="{y + 11}" y2="{y + 11}" stroke="#222"/>'
                   f'<text x="{max(high, x(figure.median)) + 6:.0f}" y="{y + 15}" fill="#222">'
                   f'{number(figure.median / least)}</text>')
    return "\n".join(out + ["</svg>"]) + "\n"


def into_document(path, text):
    with open(path) as file:
        document = file.read()
    before, rest = document.split(MARK[0], 1)
    after = rest.split(MARK[1], 1)[1]
    with open(path, "w") as file:
        file.write(f"{before}{MARK[0]}\n{text}\n{MARK[1]}{after}")
