"""scikit-learn's SAG and SAGA and LIBLINEAR on a9a without intercept, C = 1 (λ = 1/n), as goldens for ReferenceTests. Usage: a9a_solvers.py a9a.gz"""
import gzip
import subprocess
import sys
import tempfile

import numpy as np
from sklearn.datasets import load_svmlight_file
from sklearn.linear_model import LogisticRegression

X, y = load_svmlight_file(gzip.open(sys.argv[1]), n_features=123)
n = X.shape[0]


def objective(w):
    return np.mean(np.logaddexp(0, -y * (X @ w))) + w @ w / (2 * n)


for solver in ("sag", "saga"):
    m = LogisticRegression(solver=solver, C=1.0, fit_intercept=False, tol=1e-10, max_iter=20000, random_state=0).fit(X, y)
    w = m.coef_.ravel()
    print(solver, repr(objective(w)), [repr(float(v)) for v in w[:4]])
with tempfile.TemporaryDirectory() as d:
    open(f"{d}/a9a", "wb").write(gzip.open(sys.argv[1]).read())
    subprocess.run(["liblinear-train", "-q", "-s", "0", "-c", "1", "-e", "1e-10", f"{d}/a9a", f"{d}/m"], check=True)
    lines = open(f"{d}/m").read().split("\n")
    labels = next(l for l in lines if l.startswith("label")).split()[1:]
    w = np.array([float(v) for v in lines[lines.index("w") + 1:] if v.strip()])[:123] * (1 if labels[0] == "1" else -1)
    print("liblinear", repr(objective(w)), [repr(float(v)) for v in w[:4]])
