"""The peer: the kit's Transformer in plain PyTorch, as one would write it. Reads a line of JSON, does the work, answers with a line.
A request names work and sizes and prepares it; an empty object does it once more."""
import ctypes
import json
import sys
import time

try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError:
    sys.exit()


class Block(nn.Module):
    def __init__(self, width, heads, length):
        super().__init__()
        self.heads = heads
        self.norm_a, self.norm_m = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query_key_value, self.residual = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.register_buffer("future", torch.ones(length, length, dtype=torch.bool).triu(1))

    def attend(self, x):
        B, T, C = x.shape
        q, k, v = self.query_key_value(x).view(B, T, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        if hasattr(F, "scaled_dot_product_attention"):
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:  # before 2.0
            scores = q @ k.transpose(-2, -1) * (C // self.heads) ** -0.5
            y = scores.masked_fill(self.future[:T, :T], float("-inf")).softmax(-1) @ v
        return self.residual(y.transpose(1, 2).reshape(B, T, C))

    def forward(self, x):
        x = x + self.attend(self.norm_a(x))
        return x + self.mlp(self.norm_m(x))


class Transformer(nn.Module):
    def __init__(self, vocabulary, width, layers, heads, length):
        super().__init__()
        self.token, self.position = nn.Embedding(vocabulary, width), nn.Embedding(length, width)
        self.blocks = nn.Sequential(*(Block(width, heads, length) for _ in range(layers)))
        self.norm, self.bias = nn.LayerNorm(width), nn.Parameter(torch.zeros(vocabulary))

    def forward(self, tokens):
        x = self.token(tokens) + self.position.weight[: tokens.shape[1]]
        return F.linear(self.norm(self.blocks(x)), self.token.weight, self.bias)


def model_and_optimizer(r):
    model = Transformer(r["vocabulary"], r["width"], r["layers"], r["heads"], r["length"])
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() <= 1]
    groups = [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}]
    return model, torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.99))


def batch(r, rows):
    ids = torch.randint(r["vocabulary"], (rows, r["length"] + 1))
    return ids[:, :-1], ids[:, 1:]


def loss(model, inputs, targets):
    return F.cross_entropy(model(inputs).flatten(0, 1), targets.flatten())


def train(r, model, optimizer):
    for _ in range(r["steps"]):
        optimizer.zero_grad(set_to_none=True)
        value = loss(model, *batch(r, r["rows"]))
        value.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        value.item()
    return r["steps"] * r["rows"] * r["length"]


def training(r):
    model, optimizer = model_and_optimizer(r)
    return lambda: train(r, model, optimizer)


def evaluation(r):
    model, _ = model_and_optimizer(r)

    @torch.no_grad()
    def work():
        for _ in range(r["steps"]):
            loss(model, *batch(r, 64)).item()
        return r["steps"] * 64 * r["length"]

    return work


def generation(r):
    model, _ = model_and_optimizer(r)

    @torch.no_grad()
    def work():
        ids = torch.zeros(1, 1, dtype=torch.long)
        for _ in range(r["steps"]):
            last = model(ids[:, -r["length"] :])[0, -1]
            ids = torch.cat([ids, torch.multinomial(last.softmax(-1), 1).view(1, 1)], dim=1)
        return r["steps"]

    return work


def runs(r):
    """Eight runs one after another, each with a new model."""

    def work():
        return sum(train(r, *model_and_optimizer(r)) for _ in range(8))

    return work


def gemm(r):
    """The matrix products of a training step and nothing else."""
    pairs = [(torch.randn(m, k), torch.randn(k, n)) for m, k, n in r["products"]]

    def work():
        for _ in range(r["steps"]):
            for a, b in pairs:
                torch.mm(a, b)
        return r["steps"] * r["rows"] * r["length"]

    return work


def set_threads(count):
    """Debian's PyTorch multiplies matrices with OpenBLAS, which has threads of its own."""
    torch.set_num_threads(count)
    try:
        ctypes.CDLL("libopenblas.so.0").openblas_set_num_threads(count)
    except OSError:
        pass  # another BLAS


work = None
print("ready", flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if request:
        set_threads(request["threads"])
        work = globals()[request["work"]](request)
        answer = {}
    else:
        processor, clock = time.process_time(), time.perf_counter()
        amount = work()
        answer = {"amount": amount, "seconds": time.perf_counter() - clock, "processor": time.process_time() - processor}
    print(json.dumps(answer), flush=True)
