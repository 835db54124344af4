# Optima of the factorisation machine by scipy, which FactorisationTests holds Descent to: /usr/bin/python3 machine.py > machine.csv
# The objective is written from Rendle 2010, eq. 1, as the double sum over pairs of columns; BFGS from the start that the test takes, then
# Newton steps with a Hessian of differences along the directions that are not turns of the factors, until the gradient is below 1e-12.
import numpy as np
from scipy.optimize import minimize

def problem(n, d, classes):
    k = np.arange(n * d)
    x = np.where((k * 7) % 5 < 2, 0.0, np.round(np.sin(1.3 * k) * 2, 3)).reshape(n, d)
    m = x[:, 0] - x[:, 1] + x[:, 0] * x[:, 2] - 0.5 * x[:, 1] * x[:, d - 1]
    y = np.round(m + np.cos(3.1 * np.arange(n)), 3)
    return x, (y > 0).astype(float) if classes else y

def parts(theta, d, K):
    return theta[:d], theta[d], theta[d + 1:].reshape(K, d)

def margins(theta, x, K):
    w, b, V = parts(theta, x.shape[1], K)
    z = x @ w + b
    for j in range(x.shape[1]):
        for l in range(j + 1, x.shape[1]):
            z = z + (V[:, j] @ V[:, l]) * x[:, j] * x[:, l]
    return z

def objective(theta, x, y, K, lam, classes):
    w, b, V = parts(theta, x.shape[1], K)
    z = margins(theta, x, K)
    f = np.logaddexp(0, z) - y * z if classes else 0.5 * (y - z) ** 2
    u = (1 / (1 + np.exp(-z)) - y if classes else z - y) / len(y)
    gV = np.zeros_like(V)
    for j in range(x.shape[1]):
        for l in range(x.shape[1]):
            if j != l: gV[:, j] += (u @ (x[:, j] * x[:, l])) * V[:, l]
    g = np.concatenate([x.T @ u + lam * w, [u.sum()], (gV + lam * V).ravel()])
    return f.mean() + lam / 2 * (w @ w + (V * V).sum()), g

print("case,classes,rank,lambda,quantity,index,value")
for case, (n, d, K, lam, classes) in enumerate([(30, 4, 2, 0.05, 0), (40, 5, 1, 0.02, 1), (25, 3, 3, 0.1, 0), (50, 4, 2, 0.03, 1)]):
    x, y = problem(n, d, classes)
    theta = 0.3 * np.sin(1 + np.arange(d + 1 + K * d))
    theta[:d + 1] = 0
    args = (x, y, K, lam, classes)
    t = minimize(objective, theta, args, jac=True, method="BFGS", options=dict(gtol=1e-9, maxiter=5000)).x
    for _ in range(20):
        g = objective(t, *args)[1]
        if np.abs(g).max() < 1e-13: break
        H = np.array([(objective(t + 1e-5 * e, *args)[1] - objective(t - 1e-5 * e, *args)[1]) / 2e-5 for e in np.eye(len(t))])
        t = t - np.linalg.pinv((H + H.T) / 2, rcond=1e-6) @ g
    f, g = objective(t, *args)
    H = np.array([(objective(t + 1e-5 * e, *args)[1] - objective(t - 1e-5 * e, *args)[1]) / 2e-5 for e in np.eye(len(t))])
    least = np.linalg.eigvalsh((H + H.T) / 2)[0]
    head = f"{case},{classes},{K},{lam}"
    print(f"{head},size,{n},{d}")
    print(f"{head},least,0,{least:.3g}")
    print(f"{head},F,0,{f:.15g}")
    print(f"{head},gradient,0,{np.linalg.norm(g):.3g}")
    for j in range(d): print(f"{head},weight,{j},{t[j]:.12g}")
    for i in (0, 7, n - 1): print(f"{head},margin,{i},{margins(t, x, K)[i]:.12g}")
