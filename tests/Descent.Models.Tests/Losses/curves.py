# Values of the smooth losses of one margin and of their first two derivatives, by mpmath with 60 digits: python3 curves.py > curves.csv
from mpmath import mp, mpf, exp, log, ncdf, npdf, diff
mp.dps = 60
def norm(z): return -log(ncdf(z))
losses = {
    "probit": lambda z, y, p: y * norm(z) + (1 - y) * norm(-z),
    "cloglog": lambda z, y, p: -y * log(1 - exp(-exp(z))) + (1 - y) * exp(z),
    "gamma": lambda z, y, p: z + y * exp(-z),
    "gamma-inverse": lambda z, y, p: y * z - log(z),
    "negative-binomial": lambda z, y, p: (y + p) * log(1 + exp(z - log(p))) - y * z,
    "tweedie": lambda z, y, p: y * exp(-(p - 1) * z) / (p - 1) + exp((2 - p) * z) / (2 - p),
    "inverse-gaussian": lambda z, y, p: y * exp(-2 * z) / 2 - exp(-z),
}
labels = {"probit": [0, 1, 0.25], "cloglog": [0, 1, 0.25], "gamma": [0.5, 3], "gamma-inverse": [0.5, 3, 400], "negative-binomial": [0, 4], "tweedie": [0, 2.5],
    "inverse-gaussian": [0.5, 3]}
parameter = {"negative-binomial": 1.5, "tweedie": 1.5}
print("loss,parameter,y,z,value,first,second")
for name, loss in losses.items():
    p = mpf(parameter.get(name, 0))
    for y in labels[name]:
        for z in [-12, -5.5, -3, -1.125, -0.25, 0, 0.375, 1, 2.75, 4, 7]:
            if name == "cloglog" and z > 5 or name == "gamma-inverse" and z <= 0: continue
            f = lambda t: loss(t, mpf(y), p)
            print(",".join([name, mp.nstr(p, 5), str(y), str(z)] + [mp.nstr(v, 17) for v in (f(mpf(z)), diff(f, mpf(z)), diff(f, mpf(z), 2))]))
