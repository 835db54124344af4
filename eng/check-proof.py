#!/usr/bin/env python3
"""Confirms a proof written by `descent fit ... --proof PROOF` against the data: check-proof.py PROOF DATA...
Standard library only, reading and arithmetic its own; docs/proofs.md says what is proved. Exit code 0: proved, 1: usage, 2: not proved."""
import csv, decimal, functools, gzip, io, json, math, re, struct, sys
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
P, UNIT, decimal.getcontext().prec, MISSING = 512, 1 << 512, 200, set(" NA N/A n/a NaN nan NAN null NULL None ?".split(" "))
class Refused(Exception): pass
class Ball:
    """A number in [m - r, m + r] / 2^512, m and r whole; every operation rounds outward, and exact results have r = 0."""
    def __init__(self, m, r=0): self.m, self.r = m, r
    def __add__(a, b): return Ball(a.m + b.m, a.r + b.r)
    def __sub__(a, b): return Ball(a.m - b.m, a.r + b.r)
    def __abs__(a): return Ball(abs(a.m), a.r)
    def __mul__(a, b):
        if a.zero() or b.zero(): return ZERO
        exact = not (a.r or b.r or a.m * b.m & UNIT - 1)
        return Ball(a.m * b.m >> P, 0 if exact else (abs(a.m) * b.r + abs(b.m) * a.r + a.r * b.r >> P) + 2)
    def __truediv__(a, b):
        if abs(b.m) <= b.r: raise Refused("a division by a number that may be zero")
        return ZERO if a.zero() else Ball((a.m << P) // b.m, ((a.r << P) + (abs((a.m << P) // b.m) + 1) * b.r) // (abs(b.m) - b.r) + 2)
    def zero(a): return not (a.m or a.r)
    def below(a, b): return a.m + a.r <= b.m - b.r
    def positive(a): return ZERO if a.m + a.r < 0 else Ball(max(a.m, 0), a.r)  # max(0, a)
ZERO, ONE, HALF = Ball(0), Ball(UNIT), Ball(UNIT >> 1)
def ball(x): return Ball(math.floor(Fraction(x) * UNIT), int((Fraction(x) * UNIT).denominator > 1))
def total(balls): return functools.reduce(Ball.__add__, balls, ZERO)
def exp(y):  # the decimal module rounds exp and ln correctly, here to 200 digits, which 2^-600 covers; e^(m +- r) = e^m (1 +- 2r)
    if y.m > 1024 * UNIT or 2 * y.r >= UNIT: raise Refused("an exponential that is too large, or of a number hardly known")
    return Ball(m := int((Decimal(y.m) / UNIT).exp() * UNIT), (m >> 600) + 3 + ((m + 3) * 2 * y.r >> P))
def log(x):  # ln(m +- r) = ln m +- r/(m - r)
    if x.m <= x.r: raise Refused("the logarithm of a number that may be zero or negative")
    return Ball(math.floor((Decimal(x.m) / UNIT).ln() * UNIT), 3 + (x.r << P) // (x.m - x.r))
def xlogx(x): return ZERO if x.zero() else x * log(x)
def text(path, data):
    raw = sys.stdin.buffer.read() if path == "-" else open(path, "rb").read()
    return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode(data.get("encoding", "utf-8")).lstrip("\ufeff")
def doubles(x): return struct.pack(f"<{len(x)}d", *x)
def number(s): return float(s) if "_" not in s and math.isfinite(float(s)) else float(f"not finite: {s}")
def level(s, sign):  # the one spelling of a text that is a number
    point = s if "." in s else s.replace(sign, ".")
    d = Decimal(point).normalize() if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", point, re.A) else None
    return s if d is None else "0" if not d else f"{d:f}" if -8 < d.adjusted() < 21 else f"{d:e}".replace("e+", "e")
def table(data, paths, weight):
    columns, rows, sign = data["columns"], [], data.get("decimalSign", ".")
    for path in paths:
        lines = io.StringIO(text(path, data).split("\n", data["skipLines"])[-1], newline="")
        records = [r for r in csv.reader(lines, delimiter=data["separator"], skipinitialspace=True) if any(f.strip() for f in r)]
        for at, record in enumerate(records[1:] if data["header"] else records, 1):
            try:
                cells = [re.sub("^'(.*)'$", r"\1", record[c["index"]].strip(" \r")) for c in columns]
                if data["missing"] == "skip" and any(s in MISSING or s in data.get("missingWords", ()) for s in cells): continue
                row = [level(s, sign) if c["kind"] == "text" else number(s.replace(sign, ".")) for c, s in zip(columns, cells)]
                if all(c["name"] != weight or x for c, x in zip(columns, row)): rows.append(row)
            except (ValueError, IndexError) as e:
                if data["onBadRow"] != "skip": raise Refused(f"{path}, data row {at}: {e}")
    values = dict(zip((c["name"] for c in columns), zip(*rows)))
    for c in columns:
        raw = "".join(x + "\n" for x in values[c["name"]]).encode() if c["kind"] == "text" else doubles(values[c["name"]])
        if sha256(raw).hexdigest() != c["sha256"]: raise Refused(f"column '{c['name']}' differs from the data of the proof")
    return values
def libsvm(data, paths, numbers):
    digest, rows, labels, place = sha256(), [], [], {j: k for k, j in enumerate(numbers)}
    lines = ([p for p in line.split("#")[0].split() if p[:4] != "qid:"] for path in paths for line in re.split("[\r\n]", text(path, data)))
    for parts in filter(None, lines):
        labels.append(number(parts[0]))
        rows.append([(int(j) - (not data["zeroBased"]), number(x)) for j, x in (p.split(":") for p in parts[1:])])
        j, x = zip(*rows[-1]) if rows[-1] else ((), ())
        digest.update(struct.pack(f"<d{len(j)}i", labels[-1], *j) + doubles(x))
    if digest.hexdigest() != data["sha256"]: raise Refused("the rows differ from the data of the proof")
    return [[(place[j], x) for j, x in row] for row in rows], labels
def class_of(value, classes):
    found = [k for k, c in enumerate(classes) if c == value or isinstance(value, float) and c[:4] != "not " and float(c) == value]
    if not found and classes != ["not " + classes[-1], classes[-1]]: raise Refused(f"'{value}' is no class of the proof")
    return found[-1] if found else 0
def examples(data, t, paths):
    """[(entries by column, label, weight)] of the rows that train, and the number of columns; the intercept is one column more."""
    if data["format"] == "libsvm": (rows, labels), width = libsvm(data, paths, t.get("numbers") or range(t["width"])), t["width"]
    else:
        values, width = table(data, paths, t.get("weight")), len(t["features"])
        for name, levels in t.get("levels", {}).items():
            if not set(values[name]) <= set(levels): raise Refused(f"column '{name}' holds a level that the proof does not know")
        coded = [[x if f.get("level") is None else float(x == f["level"]) for x in values[f["column"]]] for f in t["features"]]
        rows, labels = [list(enumerate(r)) for r in zip(*coded)], values[t["target"]]
    weights = values[t["weight"]] if t.get("weight") else [1.0] * len(rows)
    if t.get("classes"): labels = [class_of(y, t["classes"]) for y in labels]
    if t.get("classWeights"): weights = [a * t["classWeights"][y] for a, y in zip(weights, labels)]
    if len(rows) != data["rows"]: raise Refused(f"the data has {len(rows)} rows, the proof {data['rows']}")
    if min(*weights, t["l1"], t["l2"], *t.get("scales", ())) < 0: raise Refused("a weight, penalty or scale is negative")
    rows = [[(j, ball(x)) for j, x in row + [(width, 1.0)] * t["intercept"] if x] for row in rows]
    return [(rows[i], labels[i], weights[i]) for i in data.get("train") or range(len(rows))], width
def domain(t, y):
    """The interval of slopes of a loss of one margin, or of probabilities; None for no end."""
    if t["model"] in ("huber", "absolute"): return ZERO - ball(t.get("delta", 1.0)), ball(t.get("delta", 1.0))
    if t["model"] == "quantile": return ZERO - ball(t["tau"]), ONE - ball(t["tau"])
    if t["model"] == "hinge": return {0: (ZERO, ONE), 1: (ZERO - ONE, ZERO)}[y]
    return {"linear": None, "poisson": ZERO - ball(y)}.get(t["model"], ZERO), None
def losses(t, y, z, u):
    """Loss, and loss + conjugate - u z, at one example; u are slopes, by class probabilities."""
    if t["model"] in ("logistic", "softmax"):
        top = Ball(max(v.m for v in z))
        value = log(total(exp(v - top) for v in z)) + top
        return value - z[y], value + total(map(xlogx, u)) - total(map(Ball.__mul__, u, z))
    (z,), (u,), (low, high), y = z, u, domain(t, y), ball(y)
    r, s = z - y, y + y - ONE
    if t["model"] == "linear": return r * r * HALF, (r - u) * (r - u) * HALF
    if t["model"] == "poisson": return exp(z) - y * z, exp(z) - y * z + xlogx(u + y) - (u + y) - u * z
    if t["model"] == "hinge": return (ONE - s * z).positive(), (ONE - s * z).positive() + s * u - u * z
    if t["model"] == "huber": value = (r * r - (abs(r) - high).positive() * (abs(r) - high).positive()) * HALF
    else: value = Ball(max((low * r).m, (high * r).m), max((low * r).r, (high * r).r))
    return value, value - u * r + (u * u * HALF if t["model"] == "huber" else ZERO)
def solve(a, no_effect):
    """Gauss-Jordan on [G | r]; a pivot that may be zero needs a whole combination of the unknowns that is exactly without effect."""
    pivots = []
    for p in range(len(a)):
        if abs(a[p][p].m) <= a[p][p].r:
            f = {i: Fraction(a[i][p].m, UNIT).limit_denominator(1 << 160) for i in pivots}
            common = math.lcm(*(x.denominator for x in f.values()))
            if no_effect({p: -common, **{i: int(x * common) for i, x in f.items()}}): continue
            raise Refused("the dual point leaves directions without penalty open")
        a[p][p:] = [x / a[p][p] for x in a[p][p:]]
        for i in pivots + list(range(p + 1, len(a))):
            if not a[i][p].zero(): a[i][p:] = [x - a[i][p] * y for x, y in zip(a[i][p:], a[p][p:])]
        pivots.append(p)
    return [a[p][-1] if p in pivots else ZERO for p in range(len(a))]
def gap(proof, rows, width):
    """F at the primal point and the duality gap, after u <- u - D X c has made X'u vanish for all parameters without penalty."""
    t, w, shrink, dual = proof["problem"], [ball(x) for x in proof["primal"]], ball(proof["shrink"]), map(ball, proof["dual"])
    by, K = (True, len(t["classes"])) if t["model"] in ("logistic", "softmax") else (False, 1)
    first, columns, each = int(by and (t["model"] == "logistic" or t["reference"])), width + t["intercept"], max(1, K - 1)
    if (len(w), len(proof["dual"])) != ((K - first) * columns, len(rows) * each): raise Refused("a point has not the size of the problem")
    at = lambda k, j: (k - first) * width + j if j < width else (K - first) * width + k - first
    scale = [ball(x) for x in t.get("scales") or [1.0] * width] + [ONE if t["penaliseIntercept"] else ZERO]
    ridge, lasso = [ball(t["l2"]) * s * s for s in scale], [ball(t["l1"]) * s for s in scale]
    free = [ridge[j].zero() and lasso[j].zero() for j in range(columns)]
    place = {kj: n for n, kj in enumerate((k, j) for k in range(by, K) for j in range(columns) if free[j])}
    used = [(x, y, ball(a), u) for (x, y, a), u in zip(rows, zip(*[dual] * each)) if a > 0]
    used = [(x, y, a, list(u[:y]) + [ZERO - total(u)] + list(u[y:]) if by else list(u)) for x, y, a, u in used]
    entries = {(k, j): [] for k in range(K) for j in range(columns)}
    for k, j, c, u in ((k, j, a * c, u) for x, y, a, u in used for j, c in x for k in range(K)): entries[k, j].append((c, u))
    adjoint = lambda: {(k, j): total(c * u[k] for c, u in column) for (k, j), column in entries.items()}
    q = lambda y, u: [s + ONE if by and k == y else s for k, s in enumerate(u)]
    def bend(y, u, s):  # D s: how slopes may move
        if by: return [p * (x - total(map(Ball.__mul__, q(y, u), s))) for p, x in zip(q(y, u), s)]
        low, high = domain(t, y)
        return [(ONE if low is None else u[0] - low) * (ONE if high is None else high - u[0]) * s[0]]
    def along(x, c): return [total(c[place[k, j]] * b for j, b in x if (k, j) in place) for k in range(K)]
    def no_effect(c):
        c = [Ball(c.get(n, 0) << P) for n in range(len(place))]
        idle = lambda y, u, p: p.zero() and (by or bend(y, u, [ONE])[0].zero())
        return all(idle(y, u, p) or (s - (t[y] if by else ZERO)).zero()
                   for x, y, a, u in used for t in [along(x, c)] for p, s in zip(q(y, u), t))
    v, weight = adjoint(), total(e[2] for e in used)
    if not all(v[kj].zero() for kj in place):
        g = [[ZERO] * len(place) + [v[kj]] for kj in place]
        for x, y, a, u in used:
            for l in range(by, K):
                d = bend(y, u, [ONE if i == l else ZERO for i in range(K)])
                for k, j, c in ((k, j, a * d[k] * c) for k in range(by, K) for j, c in x if free[j] and not d[k].zero()):
                    for i, b in ((i, b) for i, b in x if free[i]): g[place[k, j]][place[l, i]] += c * b
        c = solve(g, no_effect)
        for x, y, a, u in used: u[:] = [s - d for s, d in zip(u, bend(y, u, along(x, c)))]
        v = adjoint()
    value = excess = ZERO
    for x, y, a, u in used:
        z, p, (low, high) = [ZERO] * first, q(y, [s * shrink for s in u]), domain(t, y)
        if any(low is not None and not low.below(s) or high is not None and not s.below(high) for s in p):
            raise Refused("a dual variable is outside the domain of the conjugate loss")
        f, e = losses(t, y, z + [total(w[at(k, j)] * c for j, c in x) for k in range(first, K)], p)
        value, excess = value + a * f, excess + a * e
    value, excess = value / weight, excess / weight
    for k, j in ((k, j) for k in range(first, K) for j in range(columns) if not free[j]):
        x, slope = w[at(k, j)], v[k, j] / weight * shrink
        own, over = ridge[j] * x * x * HALF + lasso[j] * abs(x), (abs(slope) - lasso[j]).positive()
        if ridge[j].zero() and not abs(slope).below(lasso[j]): raise Refused("a slope is beyond the L1 penalty")
        value, excess = value + own, excess + own + slope * x + (ZERO if ridge[j].zero() else over * over * HALF / ridge[j])
    return value, excess
def rounded(m, digits, up):
    """n 10^e, e >= -60 the smallest that leaves at most these digits; 2^-100 of the number and 2^-300 cover both checkers' roundings."""
    x, e, n = Fraction(m, UNIT) * (1 + Fraction(1, 1 << 100)) + Fraction(1, 1 << 300), -61, 10 ** digits
    while n >= 10 ** digits:
        e, n = e + 1, math.ceil(x / Fraction(10) ** (e + 1)) if up else math.floor(x / Fraction(10) ** (e + 1) + Fraction(1, 2))
    return str(n)[0] + ("." + str(n)[1:]) * (n > 9) + f"e{e + len(str(n)) - 1}" * (n > 0), f"1e{e}"
def main(arguments):
    if len(arguments) < 2: return print("usage: check-proof.py PROOF DATA...", file=sys.stderr) or 1
    try:
        proof = json.load(open(arguments[0], encoding="utf-8"))
        if (proof["format"], proof["version"]) != ("descent-proof", 1): raise Refused("this is no proof of version 1")
        for name, digest in proof["digests"].items():
            if sha256(doubles(proof[name])).hexdigest() != digest: raise Refused(f"the {name} point was changed")
        value, excess = gap(proof, *examples(proof["data"], proof["problem"], arguments[1:]))
        if any(b.r > (abs(b.m) >> 130) + (UNIT >> 330) for b in (value, excess)): raise Refused("512 digits do not settle the bound")
        objective, (bound, unit) = "-" * (value.m < 0) + rounded(abs(value.m), 17, False)[0], rounded(max(excess.m + excess.r, 0), 4, True)
        for name, found in (("objective", objective), ("bound", bound), ("allowance", unit)):
            if proof[name] != found: raise Refused(f"the {name} is {found}, the proof says {proof[name]}")
    except (Refused, OSError, EOFError, LookupError, TypeError, ValueError, AttributeError, OverflowError) as e:
        return print(f"not proved: {e if isinstance(e, Refused) else repr(e)}", file=sys.stderr) or 2
    return print(f"Proved: F(w) - inf F <= {bound}; F(w) = {objective}.") or 0
if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
