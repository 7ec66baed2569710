"""Plots as SVG, drawn by hand so that nothing has to be installed."""

import math

WIDTH, ROW, LEFT = 760, 20, 210
INK, FAINT, PAPER = "#1f2430", "#d5d9e0", "#ffffff"
OURS, THEIRS, LIMIT = "#0b6e4f", "#8a94a6", "#c0392b"
FONT = 'font-family="system-ui, sans-serif"'


def escape(text):
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text(x, y, words, anchor="start", size=12, colour=INK, weight="normal"):
    return '<text x="%.1f" y="%.1f" %s font-size="%d" font-weight="%s" fill="%s" text-anchor="%s">%s</text>' % (
        x, y, FONT, size, weight, colour, anchor, escape(words))


def line(x1, y1, x2, y2, colour=FAINT, width=1, dash=""):
    return '<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="%s"%s/>' % (
        x1, y1, x2, y2, colour, width, ' stroke-dasharray="%s"' % dash if dash else "")


def sheet(width, height, title, parts):
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">' % (width, height, width, height),
                      "<title>%s</title>" % escape(title), '<rect width="100%%" height="100%%" fill="%s"/>' % PAPER, *parts, "</svg>", ""])


def number(value):
    """As short as it can be read."""
    if value >= 10_000:
        return "%s k" % number(value / 1000)
    return "%.0f" % value if value >= 100 else "%.1f" % value if value >= 10 else "%.2f" % value


def ticks(low, high):
    """1, 2 and 5 times the powers of ten, between two values."""
    found = [m * 10.0**e for e in range(-4, 10) for m in (1, 2, 5) if low <= m * 10.0**e <= high * 1.0001]
    return [t for t in found if "%e" % t and str("%e" % t)[0] == "1"] if len(found) > 9 else found


def bars(title, unit, groups):
    """Groups of bars on one logarithmic axis: a group's name, its target or None, and bars of name, value, ours and remark."""
    values = [v for _, target, entries in groups for v in [target] + [e[1] for e in entries] if v]
    low, high = 10 ** math.floor(math.log10(min(values))), max(values) * 1.3

    def x(value):
        return LEFT + (WIDTH - LEFT - 120) * math.log(value / low) / math.log(high / low)

    parts, y = [text(12, 24, title, size=15, weight="bold"), text(12, 42, unit + ", logarithmic", colour="#5b6472")], 62
    top = y
    body = []
    for name, target, entries in groups:
        body.append(text(12, y + 14, name, weight="bold"))
        y += ROW + 4
        first = y
        for label, value, ours, remark in entries:
            body.append(text(LEFT - 8, y + 13, label, "end"))
            body.append('<rect x="%.1f" y="%.1f" width="%.1f" height="%d" fill="%s"/>' % (LEFT, y + 2, max(1, x(value) - LEFT), ROW - 6, OURS if ours else THEIRS))
            body.append(text(x(value) + 6, y + 13, number(value) + remark, colour=INK))
            y += ROW
        if target:
            body.append(line(x(target), first - 2, x(target), y, LIMIT, 1.5, "4 3"))
            body.append(text(WIDTH - 12, first - 10, "target %g" % target, "end", 12, LIMIT))
        y += 12
    for tick in ticks(low, high):
        parts.append(line(x(tick), top, x(tick), y - 6))
        parts.append(text(x(tick), y + 8, number(tick), "middle", 11, "#5b6472"))
    return sheet(WIDTH, y + 20, title, parts + body)


def curve(title, across, up, points, remarks=None):
    """One line over a logarithmic axis; the upper axis begins at 0."""
    height, left, right, top, bottom = 300, 70, 30, 60, 50
    low, high = math.log(points[0][0]), math.log(points[-1][0])
    most = max(v for _, v in points) * 1.25

    def place(p):
        share = (math.log(p[0]) - low) / (high - low) if high > low else 0.5
        return left + share * (WIDTH - left - right), top + (1 - p[1] / most) * (height - top - bottom)

    parts = [text(12, 24, title, size=15, weight="bold"), text(12, 42, up, colour="#5b6472")]
    step = 10 ** math.floor(math.log10(most))
    while most / step < 4:
        step /= 2
    tick = 0.0
    while tick <= most:
        y = place((points[0][0], tick))[1]
        parts += [line(left, y, WIDTH - right, y), text(left - 8, y + 4, "%g" % tick, "end", 11, "#5b6472")]
        tick += step
    spots = [place(p) for p in points]
    parts.append('<polyline fill="none" stroke="%s" stroke-width="2" points="%s"/>' % (OURS, " ".join("%.1f,%.1f" % s for s in spots)))
    for (x, y), (at, value), remark in zip(spots, points, remarks or [""] * len(points)):
        parts.append('<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>' % (x, y, OURS))
        parts.append(text(x, y - 9, "%.2f" % value, "middle", 11))
        parts.append(text(x, height - bottom + 18, "{:,}".format(at), "middle", 11, "#5b6472"))
        if remark:
            parts.append(text(x, height - bottom + 32, remark, "middle", 10, "#5b6472"))
    parts.append(text(WIDTH - right, height - 4, across, "end", 11, "#5b6472"))
    return sheet(WIDTH, height, title, parts)
