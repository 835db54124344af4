"""Forty steps of published recursions in NumPy, written from the papers, as C# literals for tests/Descent.Tests/Rules/PublishedTests.cs.

The problem: F(W, b) = ½ Σ h (w − c)² over a 2×3 matrix W and a vector b of length 2, from a given start.
"""
import numpy as np

H = np.array([1.0, 4.0, 0.25, 2.0, 0.5, 3.0, 1.5, 0.75])
C = np.array([1.0, -2.0, 3.0, 0.5, -1.0, 2.0, -0.5, 1.5])
W0 = np.array([0.5, 0.5, -1.0, 1.0, 1.0, -0.5, 0.25, -0.25])
STEPS = 40


def grad(w):
    return H * (w - C)


def blocks(w):
    return w[:6].reshape(2, 3), w[6:]


def adopt(lr, b1=0.9, b2=0.9999, eps=1e-6):
    w, m, v = W0.copy(), np.zeros(8), None
    for t in range(STEPS):
        g = grad(w)
        if v is None:
            v = g * g
            continue
        c = t ** 0.25
        m = b1 * m + (1 - b1) * np.clip(g / np.maximum(np.sqrt(v), eps), -c, c)
        w = w - lr * m
        v = b2 * v + (1 - b2) * g * g
    return w


def ademamix(lr, b1=0.9, b2=0.999, b3=0.9999, alpha=5.0, eps=1e-8, wd=0.01, warm=0):
    w = W0.copy()
    m, s, v = np.zeros(8), np.zeros(8), np.zeros(8)
    for t in range(1, STEPS + 1):
        g = grad(w)
        a = min(t * alpha / warm, alpha) if warm else alpha
        if warm:
            p = t / warm
            l1, l3 = np.log(b1), np.log(b3)
            beta3 = min(np.exp(l1 * l3 / ((1 - p) * l3 + p * l1)), b3)
        else:
            beta3 = b3
        m = b1 * m + (1 - b1) * g
        s = beta3 * s + (1 - beta3) * g
        v = b2 * v + (1 - b2) * g * g
        w = w - lr * ((m / (1 - b1 ** t) + a * s) / (np.sqrt(v / (1 - b2 ** t)) + eps) + wd * w)
    return w


def lion(lr, b1=0.9, b2=0.99, wd=0.1):
    w, m = W0.copy(), np.zeros(8)
    for _ in range(STEPS):
        g = grad(w)
        w = w - lr * (np.sign(b1 * m + (1 - b1) * g) + wd * w)
        m = b2 * m + (1 - b2) * g
    return w


def schedule_free_sgd(lr, beta=0.9):
    x, z = W0.copy(), W0.copy()
    for t in range(STEPS):
        y = (1 - beta) * z + beta * x
        z = z - lr * grad(y)
        c = 1 / (t + 1)
        x = (1 - c) * x + c * z
    return x


def schedule_free_adamw(lr, b1=0.9, b2=0.999, eps=1e-8, wd=0.02):
    x, z, v = W0.copy(), W0.copy(), np.zeros(8)
    for t in range(1, STEPS + 1):
        y = (1 - b1) * z + b1 * x
        g = grad(y)
        v = b2 * v + (1 - b2) * g * g
        z = z - lr * (g / (np.sqrt(v / (1 - b2 ** t)) + eps) + wd * y)
        x = (1 - 1 / t) * x + z / t
    return x


def dog(rel=1e-2, eps=1e-8):
    w, r, G = W0.copy(), rel * (1 + np.linalg.norm(W0)), 0.0
    for _ in range(STEPS):
        g = grad(w)
        r = max(r, np.linalg.norm(w - W0))
        G += g @ g
        w = w - r / np.sqrt(G + eps) * g
    return w


def dadapt(d=1e-2):
    x, s, gg, acc = W0.copy(), np.zeros(8), 0.0, 0.0
    gamma = None
    for _ in range(STEPS):
        g = grad(x)
        if gamma is None:
            gamma = 1 / np.linalg.norm(g)
        acc += gamma * d * d * (g @ g)
        s = s + d * g
        gg += g @ g
        gamma = 1 / np.sqrt(gg)
        dhat = (gamma * (s @ s) - acc) / (2 * np.linalg.norm(s))
        d = max(d, dhat)
        x = W0 - gamma * s
    return x


def prodigy(b1=0.9, b2=0.999, eps=1e-8, wd=0.01, d0=1e-3):
    w, m, v, s = W0.copy(), np.zeros(8), np.zeros(8), np.zeros(8)
    d, r, dmax, b3 = d0, 0.0, d0, np.sqrt(b2)
    for _ in range(STEPS):
        g = grad(w)
        r = b3 * r + (d / d0) * d * (g @ (W0 - w))
        s = b3 * s + (d / d0) * d * g
        m = b1 * m + (1 - b1) * d * g
        v = b2 * v + (1 - b2) * d * d * g * g
        dhat, dlr = r / np.abs(s).sum(), d
        if d == d0:
            d = max(d, dhat)
        dmax = max(dmax, dhat)
        d = dmax
        w = w - dlr * wd * w - dlr * m / (np.sqrt(v) + d * eps)
    return w


def ftrl(alpha, beta=1.0, l1=0.3, l2=0.1):
    w, z, n = np.zeros(8), np.zeros(8), np.zeros(8)
    for _ in range(STEPS):
        g = grad(w)
        sigma = (np.sqrt(n + g * g) - np.sqrt(n)) / alpha
        z = z + g - sigma * w
        n = n + g * g
        w = np.where(np.abs(z) <= l1, 0.0, -(z - np.sign(z) * l1) / ((beta + np.sqrt(n)) / alpha + l2))
    return w


def lars(lr, beta=0.9):
    w, m = W0.copy(), np.zeros(8)
    for _ in range(STEPS):
        m = beta * m + (1 - beta) * grad(w)
        for s in (slice(0, 6), slice(6, 8)):
            w[s] = w[s] - lr * np.linalg.norm(w[s]) * m[s] / np.linalg.norm(m[s])
    return w


def lars_published(lr, beta=0.9, wd=0.05):
    w, v = W0.copy(), np.zeros(8)
    for _ in range(STEPS):
        g = grad(w)
        for s in (slice(0, 6), slice(6, 8)):
            ratio = np.linalg.norm(w[s]) / (np.linalg.norm(g[s]) + wd * np.linalg.norm(w[s]))
            v[s] = beta * v[s] + lr * ratio * (g[s] + wd * w[s])
            w[s] = w[s] - v[s]
    return w


def lamb(lr, b1=0.9, b2=0.999, eps=1e-6, wd=0.05):
    w, m, v = W0.copy(), np.zeros(8), np.zeros(8)
    for t in range(1, STEPS + 1):
        g = grad(w)
        m = b1 * m + (1 - b1) * g
        v = b2 * v + (1 - b2) * g * g
        d = m / (1 - b1 ** t) / (np.sqrt(v / (1 - b2 ** t)) + eps) + wd * w
        for s in (slice(0, 6), slice(6, 8)):
            w[s] = w[s] - lr * np.linalg.norm(w[s]) * d[s] / np.linalg.norm(d[s])
    return w


def adafactor(lr, clip=1.0):
    w = W0.copy()
    R, K, v = np.zeros(2), np.zeros(3), np.zeros(2)
    rms = lambda x: np.sqrt(np.mean(x * x))
    for t in range(1, STEPS + 1):
        g = grad(w)
        G, b = blocks(g)
        beta = 1 - t ** -0.8
        R = beta * R + (1 - beta) * (G * G + 1e-30).mean(axis=1)
        K = beta * K + (1 - beta) * (G * G + 1e-30).mean(axis=0)
        V = np.outer(R, K) / R.mean()
        v = beta * v + (1 - beta) * (b * b + 1e-30)
        for s, u in ((slice(0, 6), (G / np.sqrt(V)).ravel()), (slice(6, 8), b / np.sqrt(v))):
            u = u / max(1, rms(u) / clip)
            w[s] = w[s] - min(lr, 1 / np.sqrt(t)) * max(1e-3, rms(w[s])) * u
    return w


def muon(lr, beta=0.95, ratio=0.5):
    w, M = W0.copy(), np.zeros((2, 3))
    m, v = np.zeros(2), np.zeros(2)
    for t in range(1, STEPS + 1):
        g = grad(w)
        G, b = blocks(g)
        M = beta * M + G
        X = G + beta * M
        X = X / (np.linalg.norm(X) + 1e-7)
        for _ in range(5):
            A = X @ X.T
            X = 3.4445 * X + (-4.7750 * A + 2.0315 * A @ A) @ X
        w[:6] = w[:6] - lr * np.sqrt(max(1, 2 / 3)) * X.ravel()
        m = 0.9 * m + 0.1 * b
        v = 0.95 * v + 0.05 * b * b
        w[6:] = w[6:] - ratio * lr * (m / (1 - 0.9 ** t)) / (np.sqrt(v / (1 - 0.95 ** t)) + 1e-10)
    return w


def power(S, p, eps=0.0):
    l, Q = np.linalg.eigh(S)
    return (Q * (np.maximum(l, 0) + eps) ** p) @ Q.T


def shampoo(lr, eps=1e-4):
    w = W0.copy()
    L, R, V = np.zeros((2, 2)), np.zeros((3, 3)), np.zeros((2, 2))
    for _ in range(STEPS):
        g = grad(w)
        G, b = blocks(g)
        L = L + G @ G.T
        R = R + G.T @ G
        V = V + np.outer(b, b)
        w[:6] = w[:6] - lr * (power(L, -0.25, eps) @ G @ power(R, -0.25, eps)).ravel()
        w[6:] = w[6:] - lr * power(V, -0.5, eps) @ b
    return w


def soap(lr, b1=0.95, b2=0.95, b3=0.95, eps=1e-2):
    w = W0.copy()
    L, R, S = np.zeros((2, 2)), np.zeros((3, 3)), np.zeros((2, 2))
    M, V, m, v = np.zeros((2, 3)), np.zeros((2, 3)), np.zeros(2), np.zeros(2)
    basis = None
    for t in range(STEPS):
        G, b = blocks(grad(w))
        if basis is not None:
            QL, QR, Q = basis
            M = b1 * M + (1 - b1) * G
            V = b2 * V + (1 - b2) * (QL.T @ G @ QR) ** 2
            c1, c2 = 1 - b1 ** t, 1 - b2 ** t
            w[:6] = w[:6] - lr * (QL @ ((QL.T @ M @ QR / c1) / (np.sqrt(V / c2) + eps)) @ QR.T).ravel()
            m = b1 * m + (1 - b1) * b
            v = b2 * v + (1 - b2) * (Q.T @ b) ** 2
            w[6:] = w[6:] - lr * Q @ ((Q.T @ m / c1) / (np.sqrt(v / c2) + eps))
        L = b3 * L + (1 - b3) * G @ G.T
        R = b3 * R + (1 - b3) * G.T @ G
        S = b3 * S + (1 - b3) * np.outer(b, b)
        if basis is None:
            basis = tuple(np.linalg.eigh(X)[1] for X in (L, R, S))
    return w


def lookahead(lr, beta=0.9, k=5, alpha=0.5):
    w, v, slow = W0.copy(), np.zeros(8), W0.copy()
    for t in range(1, STEPS + 1):
        v = beta * v - lr * grad(w)
        w = w + v
        if t % k == 0:
            slow = slow + alpha * (w - slow)
            w = slow.copy()
    return w


def clipped(lr, norm, value):
    w = W0.copy()
    for _ in range(STEPS):
        g = np.clip(grad(w), -value, value)
        w = w - lr * g * min(1, norm / np.linalg.norm(g))
    return w


def adan(lr, b1=0.98, b2=0.92, b3=0.99, eps=1e-8, wd=0.0):
    """Xie et al. 2022, algorithm 1, with the bias corrections of the authors' code; b here is 1 - beta there."""
    w, m, v, n, prev = W0.copy(), np.zeros(8), np.zeros(8), np.zeros(8), None
    for t in range(1, STEPS + 1):
        g = grad(w)
        diff = np.zeros(8) if prev is None else g - prev
        prev = g.copy()
        m = b1 * m + (1 - b1) * g
        v = b2 * v + (1 - b2) * diff
        n = b3 * n + (1 - b3) * (g + b2 * diff) ** 2
        update = (m / (1 - b1 ** t) + b2 * v / (1 - b2 ** t)) / (np.sqrt(n / (1 - b3 ** t)) + eps)
        w = (w - lr * update) / (1 + lr * wd)
    return w


for name, w in [
    ("Adopt", adopt(0.05)), ("AdEmaMix", ademamix(0.05)), ("AdEmaMixWarm", ademamix(0.05, b3=0.99, warm=20)), ("Lion", lion(0.03)),
    ("ScheduleFreeSgd", schedule_free_sgd(0.2)), ("ScheduleFreeAdamW", schedule_free_adamw(0.05)), ("DoG", dog()), ("DAdaptation", dadapt()),
    ("Prodigy", prodigy()), ("Ftrl", ftrl(0.5)), ("Lars", lars(0.02)), ("LarsPublished", lars_published(0.01)), ("Lamb", lamb(0.02)),
    ("Adafactor", adafactor(0.05)), ("Muon", muon(0.03)), ("Shampoo", shampoo(0.3)), ("Soap", soap(0.05)), ("Lookahead", lookahead(0.05)),
    ("Clipped", clipped(0.1, 2.0, 1.5)), ("Adan", adan(0.05, wd=0.02)), ("AdanOther", adan(0.1, 0.9, 0.5, 0.95, 1e-3)),
]:
    print(f"{name}: [{', '.join(repr(float(x)) for x in w)}]")
