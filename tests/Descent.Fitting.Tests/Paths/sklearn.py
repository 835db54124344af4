# Objectives of scikit-learn 1.2.1 at the λ of glmnet.csv, and cross-validation in numbers of its own, which PathReferenceTests compare with.
#   /usr/bin/python3 sklearn.py breast_cancer.csv diabetes.csv glmnet.csv > sklearn.csv
# Each line: data, place, λ, objective.
import sys
sys.path.pop(0)
import numpy as np, warnings
from sklearn.linear_model import LogisticRegression, enet_path
warnings.filterwarnings("ignore")
lambdas = {"breast_cancer": [], "diabetes": []}
for line in open(sys.argv[3]):
    f = line.split(",")
    lambdas[f[0]].append(float(f[2]))

b = np.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
x, y = b[:, :30], b[:, 30]
x = (x - x.mean(0)) / x.std(0)
m = LogisticRegression(penalty="l1", solver="saga", tol=1e-12, max_iter=3000, warm_start=True, random_state=0)
for k, l in enumerate(lambdas["breast_cancer"]):
    m.C = 1 / (l * len(y))
    m.fit(x, y)
    z = x @ m.coef_[0] + m.intercept_[0]
    print(f"breast_cancer,{k + 1},{l!r},{float(np.mean(np.logaddexp(0, z) - y * z) + l * np.abs(m.coef_).sum())!r}", flush=True)

d = np.loadtxt(sys.argv[2], delimiter=",", skiprows=1)
x, y = d[:, :10], d[:, 10]
x = (x - x.mean(0)) / x.std(0)
r = y - y.mean()
for k, l in enumerate(lambdas["diabetes"]):
    w = enet_path(x, r, l1_ratio=0.5, alphas=[l], tol=1e-15, max_iter=1000000)[1][:, 0]
    print(f"diabetes,{k + 1},{l!r},{float(np.mean((r - x @ w) ** 2) / 2 + l * (0.5 * np.abs(w).sum() + 0.25 * (w @ w)))!r}", flush=True)
