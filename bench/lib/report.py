"""What was measured, as tables between two marks of docs/performance.md and as plots beside it."""

import json
import os
import statistics

import loads
import machine
import peers
import plots

DOCUMENT = os.path.join(peers.ROOT, "docs", "performance.md")
PLOTS = os.path.join(peers.ROOT, "docs", "performance")
BEGIN, END = "<!-- measured: bench/run writes from here -->", "<!-- measured: to here -->"
JMH = os.path.join(peers.WORK, "jmh.json")

# Where the cost of a row is the target, and the highest 99th percentile in milliseconds.
COST = {"100k": (3.5, 5), "400k": (0.8, 10), "800k": (0.45, 20), "some": (1.2, None)}


class Results:
    """Medians of the entries; of this service, those of the newest build that was measured alone."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            entries = [json.loads(l) for l in f]
        ours = [e for e in entries if e.get("peer") in loads.OURS]
        self.commit = ours[-1]["commit"] if ours else "none"
        war = ours[-1].get("war") if ours else None
        self.entries = [e for e in entries if e.get("peer") not in loads.OURS or e.get("war") == war]

    def of(self, kind, **fields):
        return [e for e in self.entries if e["kind"] == kind and all(e.get(k) == v for k, v in fields.items())]

    def load(self, load, peer):
        return self.of("load", load=load, peer=peer)

    def median(self, load, peer, key):
        values = [key(e) if callable(key) else e[key] for e in self.load(load, peer) if callable(key) or key in e]
        return statistics.median(values) if values else None


def thousands(value):
    return "{:,.0f}".format(value)


def ms(micros):
    value = micros / 1000
    return "%.0f" % value if value >= 100 else "%.1f" % value if value >= 10 else "%.2f" % value


def table(head, rows):
    """A table without empty lines, numbers to the right."""
    widths = ["---"] + ["---:"] * (len(head) - 1)
    return ["| " + " | ".join(head) + " |", "|" + "|".join(widths) + "|"] + ["| " + " | ".join(map(str, r)) + " |" for r in rows] + [""]


def verdict(value, limit):
    if value is None:
        return "not measured"
    if value <= limit:
        return "**met**"
    return "missed by %.0f %%" % (100 * (value / limit - 1)) if value < 2 * limit else "missed, %.1f times" % (value / limit)


def both(values, unit, limit):
    """Ours embedded and in Tomcat, each against the limit."""
    return ["–" if v is None else unit % v for v in values] + [
        " / ".join(dict.fromkeys(verdict(v, limit) for v in values if v is not None)) or "not measured"]


# ------------------------------------------------------------------ targets

def best_peer(results, load):
    """The cheapest of the others that delivered what was offered, and the cheapest of those that write each tick."""
    found = []
    for name in load.peers:
        if name not in loads.OURS and results.load(load.name, name):
            cost, rows = results.median(load.name, name, "cpu_us_per_msg"), results.median(load.name, name, "msgs_per_s")
            if rows >= 0.99 * load.offered:
                found.append((cost, name))
    return min(found) if found else None


def targets(results):
    rows = []
    median = results.median
    for load in loads.CORE:
        if load.name not in COST:
            continue
        limit, p99 = COST[load.name]
        ours = [median(load.name, p, "cpu_us_per_msg") for p in loads.OURS]
        best = best_peer(results, load)
        rows.append([load.title, "≤ %g µs a row" % limit, *both(ours, "%.2f", limit),
                     "%s %.2f" % (peers.PEERS[best[1]].title, best[0]) if best else "nobody delivers it",
                     "%.2f" % (ours[0] / best[0]) if best and ours[0] else "–"])
        if p99:
            late = [v / 1000 if (v := median(load.name, p, "p99_us")) is not None else None for p in loads.OURS]
            quick = [(median(load.name, p, "p99_us") / 1000, p) for p in load.peers
                     if p not in loads.OURS and results.load(load.name, p) and median(load.name, p, "msgs_per_s") >= 0.99 * load.offered]
            rows.append(["", "p99 ≤ %d ms" % p99, *both(late, "%.1f", p99),
                         "%s %.1f" % (peers.PEERS[min(quick)[1]].title, min(quick)[0]) if quick else "–",
                         "%.2f" % (late[0] / min(quick)[0]) if quick and late[0] else "–"])
        told = [median(load.name, p, lambda e: 100 * e["events"] / e["seconds"] / e["offered"]) for p in loads.OURS]
        single = [median(load.name, p, lambda e: 100 * e["msgs"] / max(1, e["events"])) for p in loads.OURS]
        rows.append(["", "events = offered, rows ≥ 99 % of them",
                     *["–" if t is None else "%.1f %%, %.1f %%" % (t, s) for t, s in zip(told, single)],
                     " / ".join(dict.fromkeys("**met**" if t >= 99.5 and s >= 99 else "events are missing" if t < 99.5 else "more is merged"
                                              for t, s in zip(told, single) if t is not None)) or "not measured", "–", "–"])
    flood = [median("2M", p, "p99_us") for p in loads.OURS]
    rows.append([loads.LOADS["2M"].title, "p99 ≤ 50 ms", *both([v and v / 1000 for v in flood], "%.1f", 50), "–", "–"])
    told = [median("2M", p, lambda e: 100 * e["events"] / e["seconds"] / e["offered"]) for p in loads.OURS]
    into = [median("2M", p, lambda e: e["events"] / max(1, e["msgs"])) for p in loads.OURS]
    rows.append(["", "says what it merged", *["–" if t is None else "%.1f %% of the events, %.1f in a row" % (t, i) for t, i in zip(told, into)],
                 " / ".join(dict.fromkeys("**all told**" if t >= 99.5 else "events are missing" for t in told if t is not None)) or "not measured", "–", "–"])
    for key, limit, word in (("last_p50_us", 1, "p50"), ("last_p99_us", 3, "p99")):
        values = [v and v / 1000 for v in (median("latency", p, key) for p in loads.OURS)]
        c = median("latency", "c", key)
        rows.append([loads.LOADS["latency"].title if word == "p50" else "", "%s ≤ %d ms" % (word, limit), *both(values, "%.2f", limit),
                     "C %.2f" % (c / 1000) if c else "–", "%.2f" % (values[0] * 1000 / c) if c and values[0] else "–"])
    ratios = []
    for p in loads.OURS:
        base, stalled = median("healthy", p, "p99_us"), median("stalled", p, "p99_us")
        ratios.append(stalled / base if base and stalled else None)
    loop = [(median("healthy", p, "p99_us"), median("stalled", p, "p99_us"), p) for p in ("tyrus", "tomcat-blocking")]
    rows.append(["50 of 500 clients not reading, 20 of 100 symbols each", "healthy p99 ≤ 2 × without them", *both(ratios, "%.2f ×", 2),
                 ", ".join("%s %.2f ×" % (peers.PEERS[p].title, slow / base) for base, slow, p in loop if base and slow) or "–", "–"])
    held = [statistics.median(v) / 1024 if (v := [e["each"] for e in results.of("held", peer=p)]) else None for p in loads.OURS]
    rows.append(["", "≤ 64 KiB held for each", *both(held, "%.1f KiB", 64), "–", "–"])
    idle = [heap(results, p, "idle", 2_000) for p in loads.OURS]
    other = sorted((v, p) for p in ("netty", "vertx", "tyrus", "tomcat", "spring") if (v := heap(results, p, "idle", 2_000)) is not None)
    rows.append(["idle connection, live heap", "≤ 16 KiB", *both(idle, "%.1f KiB", 16),
                 "%s %.1f KiB" % (peers.PEERS[other[0][1]].title, other[0][0]) if other else "–",
                 "%.2f" % (idle[0] / other[0][0]) if other and idle[0] else "–"])
    many = [statistics.median(v) if (v := [e["open"] for e in results.of("memory", peer=p, n=10_000)]) else None for p in loads.OURS]
    rows.append(["10,000 connections at once", "all open", *["–" if m is None else thousands(m) for m in many],
                 " / ".join(dict.fromkeys("**met**" if m >= 10_000 else "missed" for m in many if m is not None)) or "not measured", "–", "–"])
    commands = results.of("command")
    if commands:
        value = statistics.median(e["p50_ms"] for e in commands)
        rows.append(["subscribe to 500 of 100,000 symbols, with the snapshot", "p50 ≤ 5 ms", "%.2f" % value, "–", verdict(value, 5), "–", "–"])
    return table(["Load", "Target", "Embedded", "In Tomcat", "", "Best of the others", "Ours ÷ theirs"], rows)


def heap(results, peer, state, n):
    values = [e["heap"] / 1024 for e in results.of("memory", peer=peer, state=state, n=n)]
    return statistics.median(values) if values else None


# ------------------------------------------------------------------ everything

def spread(results, load, peer, key, form):
    values = [e[key] for e in results.load(load, peer)]
    middle = form % statistics.median(values)
    return middle if len(values) < 2 else "%s (%s–%s)" % (middle, form % min(values), form % max(values))


def load_table(results, load):
    rows = []
    for name in load.peers:
        entries = results.load(load.name, name)
        if not entries:
            continue
        median = lambda key: results.median(load.name, name, key)  # noqa: E731
        events = median(lambda e: e["events"] / e["seconds"]) if "events" in entries[0] else None
        rows.append(["**%s**" % peers.PEERS[name].title if name in loads.OURS else peers.PEERS[name].title,
                     thousands(median("msgs_per_s")), thousands(events) if events is not None else "", thousands(median("frames_per_s")),
                     "%.1f" % median("msgs_per_frame"), spread(results, load.name, name, "cpu_us_per_msg", "%.2f"), ms(median("p50_us")),
                     ms(median("p99_us")), ms(median("p999_us")), "%.2f" % median("srv_cores"), "%.0f" % median("payload_bytes_per_msg"), len(entries)])
    if not rows:
        return []
    title = "**%s**, `%s`, %s offered" % (load.title, load.name, thousands(load.offered))
    return [title, ""] + table(["Server", "rows/s", "events/s", "frames/s", "rows a frame", "µs a row", "p50 ms", "p99 ms", "p99.9 ms", "cores",
                                "bytes a row", "rounds"], rows)


def memory_table(results):
    seen = dict.fromkeys((e["state"], e["n"]) for e in results.of("memory"))
    rows = []
    for state, n in seen:
        for name in peers.PEERS:
            entries = results.of("memory", peer=name, state=state, n=n)
            if entries:
                rows.append([peers.PEERS[name].title, state, thousands(n), thousands(min(e["open"] for e in entries)),
                             "%.1f" % statistics.median(e["heap"] / 1024 for e in entries), "%.1f" % statistics.median(e["rss"] / 1024 for e in entries)])
    for name in loads.OURS:
        entries = results.of("held", peer=name)
        if entries:
            rows.append([peers.PEERS[name].title, "20 symbols, doesn't read", "50", "50", "%.1f" % statistics.median(e["each"] / 1024 for e in entries), ""])
    return table(["Server", "Each connection", "asked for", "open", "live heap KiB", "resident KiB"], rows) if rows else ["Not measured yet.", ""]


CURVES = {"sessions": ("What a row costs, by number of clients", "clients"),
          "symbols": ("What a row costs, by number of symbols", "symbols, 200 clients follow all of them"),
          "subscriptions": ("What a row costs, by subscriptions", "symbols that a client follows, of twice as many")}


def curve_points(results, curve):
    found = []
    for load in loads.CURVES[curve]:
        if results.load(load.name, "ours"):
            found.append((load.title, results.median(load.name, "ours", "cpu_us_per_msg"), load))
    return found


def curve_table(results, curve):
    rows = []
    for at, cost, load in curve_points(results, curve):
        median = lambda key: results.median(load.name, "ours", key)  # noqa: E731
        rows.append([thousands(at), thousands(median("msgs_per_s")), thousands(load.offered), "%.2f" % median("msgs_per_frame"), "%.2f" % cost,
                     ms(median("p50_us")), ms(median("p99_us")), "%.2f" % median("srv_cores")])
    if not rows:
        return []
    costs = [c for _, c, _ in curve_points(results, curve)]
    return ["![%s](performance/%s.svg)" % (CURVES[curve][0], curve), ""] + table(
        [CURVES[curve][1], "rows/s", "offered", "rows a frame", "µs a row", "p50 ms", "p99 ms", "cores"], rows) + [
        "The dearest row is %.2f times the cheapest." % (max(costs) / min(costs)), ""]


def jmh_table():
    if not os.path.exists(JMH):
        return ["Not measured yet.", ""]
    with open(JMH, encoding="utf-8") as f:
        entries = json.load(f)
    rows = []
    for e in entries:
        metric = e["primaryMetric"]
        name = ".".join(e["benchmark"].split(".")[-2:])
        settings = ", ".join("%s=%s" % p for p in e.get("params", {}).items())
        percentiles = metric["scorePercentiles"] if e["mode"] == "sample" else {}
        allocated = e["secondaryMetrics"].get("gc.alloc.rate.norm", {}).get("score")
        mean = "%.3g %s" % (metric["score"], metric["scoreUnit"].split("/")[0])
        if "messages" in e["secondaryMetrics"]:
            mean = "%s messages/s" % thousands(e["secondaryMetrics"]["messages"]["score"])
        rows.append(["`%s`%s" % (name, " " + settings if settings else ""), mean,
                     "%.3g / %.3g" % (percentiles["50.0"], percentiles["99.0"]) if percentiles else "",
                     "" if allocated is None else thousands(allocated)])
    return table(["Operation", "mean", "p50 / p99", "bytes allocated"], rows)


def plain(name):
    return peers.PEERS[name].title.replace("`", "")


def draw(results):
    os.makedirs(PLOTS, exist_ok=True)
    groups = []
    for load in loads.CORE:
        entries = []
        for name in load.peers:
            if results.load(load.name, name):
                got = results.median(load.name, name, "msgs_per_s") / load.offered
                remark = "" if got >= 0.99 or load.conflating else ", delivers %.0f %%" % (100 * got)
                entries.append((plain(name), results.median(load.name, name, "cpu_us_per_msg"), name in loads.OURS, remark))
        if entries and load.name in COST:
            groups.append((load.title, COST[load.name][0], sorted(entries, key=lambda e: e[1])))
    if groups:
        save("cost", plots.bars("Server CPU for each delivered row", "µs a row", groups))
    late = []
    for load in loads.CORE:
        entries = [(plain(n), results.median(load.name, n, "p99_us") / 1000, n in loads.OURS, "") for n in load.peers if results.load(load.name, n)]
        target = {"100k": 5, "400k": 10, "800k": 20, "2M": 50}.get(load.name)
        if entries:
            late.append((load.title, target, sorted(entries, key=lambda e: e[1])))
    if late:
        save("latency", plots.bars("From when an event was due until it was received, 99th percentile", "ms", late))
    for curve, (title, across) in CURVES.items():
        points = curve_points(results, curve)
        if len(points) > 1:
            remarks = ["%.1f rows a frame" % results.median(l.name, "ours", "msgs_per_frame") for _, _, l in points]
            save(curve, plots.curve(title, across, "server CPU, µs a row", [(at, cost) for at, cost, _ in points], remarks))


def save(name, svg):
    with open(os.path.join(PLOTS, name + ".svg"), "w", encoding="utf-8") as f:
        f.write(svg)


def write(path):
    results = Results(path)
    draw(results)
    times = sorted(e["at"] for e in results.entries)
    others = list(dict.fromkeys(e["others"] for e in results.of("machine")))
    lines = [BEGIN, "", "Measured from %s to %s at commit `%s` on %s." % (times[0], times[-1], results.commit, machine.describe()),
             "What else ran, at the start of each part: %s." % ("; ".join(others[:8]) or "unknown"),
             "Each figure is the median of its rounds, with the least and the greatest in brackets."]
    lines += ["", "### Targets", "", *targets(results), "![Server CPU for each delivered row](performance/cost.svg)", "",
              "![Latency](performance/latency.svg)", "", "### All servers", ""]
    for load in loads.CORE:
        lines += load_table(results, load)
    lines += ["### Memory", "", *memory_table(results), "### Scale", ""]
    curves = [line for curve in loads.CURVES for line in curve_table(results, curve)]
    lines += curves or ["Not measured yet.", ""]
    lines += ["### Parts", "", *jmh_table(), END]
    with open(DOCUMENT, encoding="utf-8") as f:
        old = f.read()
    before, after = old[:old.index(BEGIN)], old[old.index(END) + len(END):]
    with open(DOCUMENT, "w", encoding="utf-8") as f:
        f.write(before + "\n".join(lines) + after)
    print("wrote " + os.path.relpath(DOCUMENT, peers.ROOT))
