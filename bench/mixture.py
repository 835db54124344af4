"""One iteration of scikit-learn's EM for every line read, from the start in the file: the peer of `bench/Descent.Bench -- mixture`."""
import sys

import numpy as np
from sklearn.mixture import GaussianMixture
from sklearn.mixture._gaussian_mixture import _compute_precision_cholesky

path, d, k = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
numbers = np.fromfile(path)
parameters = k + k * d + k * d * d
start, rows = numbers[:parameters], numbers[parameters:].reshape(-1, d)
model = GaussianMixture(k, reg_covar=0)


def begin():
    model.weights_ = start[:k]
    model.means_ = start[k:k + k * d].reshape(k, d)
    model.covariances_ = start[k + k * d:].reshape(k, d, d)
    model.precisions_cholesky_ = _compute_precision_cholesky(model.covariances_, "full")


begin()
print(repr(float(model.score(rows) * len(rows))), flush=True)
for _ in sys.stdin:
    begin()
    _, log_resp = model._e_step(rows)
    model._m_step(rows, log_resp)
    print("done", flush=True)
