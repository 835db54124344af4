"""A small convolutional network in PyTorch, double precision: value and gradient as C# literals for CnnTests (PyTorch 1.13.0)."""
import torch

torch.set_default_dtype(torch.float64)
n, side, f1, f2, k = 4, 10, 3, 4, 2
X = torch.sin(torch.arange(n * side * side) * 0.37 + 0.1).reshape(n, 1, side, side)
y = torch.tensor([0, 1, 1, 0])
sizes = [9 * f1, f1, 9 * f1 * f2, f2, f2 * k, k]
W = [(torch.cos(torch.arange(m) * 1.1 + 0.2 * i) * 0.4).requires_grad_() for i, m in enumerate(sizes)]


def filters(w, channels, outputs):
    # Rows run over the window row by row, channels fastest.
    return w.reshape(3, 3, channels, outputs).permute(3, 2, 0, 1)


h = torch.nn.functional.max_pool2d(torch.relu(torch.nn.functional.conv2d(X, filters(W[0], 1, f1), W[1])), 2)
h = torch.nn.functional.max_pool2d(torch.relu(torch.nn.functional.conv2d(h, filters(W[2], f1, f2), W[3])), 2)
z = h.permute(0, 2, 3, 1).reshape(n, -1) @ W[4].reshape(-1, k) + W[5]
loss = torch.nn.functional.cross_entropy(z, y)
g = torch.cat([t.reshape(-1) for t in torch.autograd.grad(loss, W)])
pick = [0, 13, 26, 28, 40, 90, 137, 139, 143, 151]
print(repr(loss.item()), [repr(g[i].item()) for i in pick], len(g))
