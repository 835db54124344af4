"""Fifty steps of torch.optim in double precision on two problems, as C# literals for tests/Descent.Tests/Rules/TorchTests.cs (PyTorch 1.13.0)."""
import torch

# PyTorch 1.13 multiplies the product of NAdam's momenta by the newest one twice (mu_product * mu * mu_next); later versions, and Dozat, do not.
import inspect
import torch.optim.nadam as nadam

source = inspect.getsource(nadam._single_tensor_nadam)
assert "mu_product * mu * mu_next" in source
exec(source.replace("mu_product * mu * mu_next", "mu_product * mu_next"), nadam.__dict__)

torch.set_default_dtype(torch.float64)
H, C = torch.tensor([1.0, 4.0, 0.25]), torch.tensor([1.0, -2.0, 3.0])


def quadratic(w):
    return 0.5 * (H * (w - C) ** 2).sum()


def rosenbrock(w):
    return (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2


PROBLEMS = [("Quadratic", quadratic, [0.5, 0.5, -1.0]), ("Rosenbrock", rosenbrock, [-1.2, 1.0])]


def run(f, start, make, steps=50):
    w = torch.tensor(start, requires_grad=True)
    o = make([w])
    for _ in range(steps):
        def closure():
            o.zero_grad()
            loss = f(w)
            loss.backward()
            return loss
        o.step(closure)
    return w.detach()


o = torch.optim
CASES = [
    ("Sgd", [0.05, 5e-4], lambda lr: lambda p: o.SGD(p, lr=lr)),
    ("Momentum", [0.02, 2e-4], lambda lr: lambda p: o.SGD(p, lr=lr, momentum=0.9)),
    ("Dampened", [0.1, 1e-3], lambda lr: lambda p: o.SGD(p, lr=lr, momentum=0.9, dampening=0.9)),
    ("Nesterov", [0.02, 2e-4], lambda lr: lambda p: o.SGD(p, lr=lr, momentum=0.9, nesterov=True)),
    ("Adagrad", [0.3, 0.05], lambda lr: lambda p: o.Adagrad(p, lr=lr)),
    ("Rmsprop", [0.02, 0.01], lambda lr: lambda p: o.RMSprop(p, lr=lr, alpha=0.9)),
    ("Adadelta", [1.0, 1.0], lambda lr: lambda p: o.Adadelta(p, lr=lr, rho=0.9)),
    ("Adam", [0.1, 0.02], lambda lr: lambda p: o.Adam(p, lr=lr)),
    ("AdamOther", [0.05, 0.02], lambda lr: lambda p: o.Adam(p, lr=lr, betas=(0.8, 0.9), eps=1e-3)),
    ("Amsgrad", [0.1, 0.02], lambda lr: lambda p: o.Adam(p, lr=lr, amsgrad=True)),
    ("AdamW", [0.1, 0.02], lambda lr: lambda p: o.AdamW(p, lr=lr, weight_decay=0.05)),
    ("NAdam", [0.1, 0.02], lambda lr: lambda p: o.NAdam(p, lr=lr)),
    ("RAdam", [0.1, 2e-4], lambda lr: lambda p: o.RAdam(p, lr=lr)),
    ("LBfgs", [1.0, 1.0], lambda lr: lambda p: o.LBFGS(p, lr=lr, max_iter=20, history_size=10, line_search_fn="strong_wolfe", tolerance_grad=1e-12, tolerance_change=1e-16)),
]
for name, lrs, make in CASES:
    for (problem, f, start), lr in zip(PROBLEMS, lrs):
        # PyTorch keeps the look-ahead point y of Nesterov's method; w = y − ηg(y) is one gradient step from the y before.
        if name == "Nesterov":
            y = run(f, start, make(lr), 49).requires_grad_()
            f(y).backward()
            w = y.detach() - lr * y.grad
        else:
            w = run(f, start, make(lr), 5 if name == "LBfgs" else 50)
        print(f"{name} {problem} {lr}: [{', '.join(repr(x) for x in w.tolist())}]")

print("OneCycle:", end=" ")
p = [torch.zeros(1, requires_grad=True)]
opt = o.SGD(p, lr=0.1)
s = o.lr_scheduler.OneCycleLR(opt, max_lr=0.1, total_steps=40)
values = []
for t in range(40):
    values.append(opt.param_groups[0]["lr"])
    opt.step()
    if t < 39: s.step()
print([values[i] for i in (0, 5, 11, 12, 25, 39)])
print("WarmRestarts:", end=" ")
opt = o.SGD(p, lr=0.1)
s = o.lr_scheduler.CosineAnnealingWarmRestarts(opt, T_0=5, T_mult=2, eta_min=0.01)
values = []
for t in range(20):
    values.append(opt.param_groups[0]["lr"])
    opt.step()
    s.step()
print([values[i] for i in (0, 3, 4, 5, 10, 14, 15, 19)])
