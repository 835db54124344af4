"""A small network in PyTorch: gradient, Hessian product and 200 steps of momentum, as C# literals for NetworkTests (PyTorch 1.13.0)."""
import torch


def run(dtype):
    torch.set_default_dtype(dtype)
    n, d, h, k = 20, 5, 7, 3
    X = torch.sin(torch.arange(n * d, dtype=torch.float64) * 0.7 + 0.3).reshape(n, d).to(dtype)
    y = torch.tensor([i % k for i in range(n)])
    W = [torch.cos(torch.arange(m, dtype=torch.float64) * 1.3 + s).mul(0.5).to(dtype) for m, s in ((d * h, 0.1), (h, 0.2), (h * k, 0.3), (k, 0.4))]
    P = [W[0].reshape(d, h), W[1], W[2].reshape(h, k), W[3]]
    P = [p.clone().requires_grad_() for p in P]

    def loss():
        return torch.nn.functional.cross_entropy(torch.tanh(X @ P[0] + P[1]) @ P[2] + P[3], y)

    f = loss()
    g = torch.autograd.grad(f, P, create_graph=True)
    flat = torch.cat([x.reshape(-1) for x in g])
    v = torch.sin(torch.arange(flat.numel(), dtype=torch.float64) * 0.9).to(dtype)
    hv = torch.autograd.grad((flat * v).sum(), P)
    hv = torch.cat([x.reshape(-1) for x in hv])
    o = torch.optim.SGD(P, lr=0.1, momentum=0.9)
    for _ in range(200):
        o.zero_grad()
        loss().backward()
        o.step()
    w = torch.cat([p.detach().reshape(-1) for p in P])
    pick = [0, 11, 34, 36, 45, 60, 64, 65]
    print(dtype, "value", repr(f.item()), "end", repr(loss().item()))
    for name, t in (("gradient", flat), ("product", hv), ("weights", w)):
        print(" ", name, [repr(t[i].item()) for i in pick])


run(torch.float64)
run(torch.float32)
