"""Trains the tiny English–Chinese model of the tests and packs it: `python tests/models/train.py` (needs torch)."""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
import zipfile
from pathlib import Path

import sentencepiece
import torch
from ctranslate2.specs import TransformerSpec
from torch import nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).parent))

import grammar

HERE = Path(__file__).parent
NAME = "translate-en_zh-tiny.argosmodel"
WIDTH, HEADS, LAYERS, INNER, LONGEST = 96, 4, 2, 384, 128
START, END = 1, 2
REQUIRED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,!?%$:;-()<>/，。？！：、（）"


def train_pieces(pairs: list[grammar.Pair], folder: Path) -> sentencepiece.SentencePieceProcessor:
    """A shared vocabulary of pieces; identity normalisation, so that ， stays ，."""
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([text for pair in pairs[:6000] for text in (pair.source, pair.target)]),
        model_prefix=str(folder / "sentencepiece"),
        vocab_size=720,
        hard_vocab_limit=False,
        character_coverage=1.0,
        normalization_rule_name="identity",
        split_digits=True,
        required_chars=REQUIRED,
        num_threads=1,
        minloglevel=2,
    )
    return sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))


def positions() -> torch.Tensor:
    """The sinusoids of "Attention is all you need", sines before cosines."""
    rate = torch.exp(torch.arange(WIDTH // 2) * (-math.log(10000.0) / (WIDTH // 2 - 1)))
    angle = torch.arange(LONGEST)[:, None] * rate
    return torch.cat([torch.sin(angle), torch.cos(angle)], dim=1)


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.query, self.keyed = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 2 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)

    def forward(self, x: torch.Tensor, memory: torch.Tensor | None, mask: torch.Tensor) -> torch.Tensor:
        y = self.norm(x)
        key, value = self.keyed(y if memory is None else memory).chunk(2, dim=-1)
        parts = [
            one.view(one.shape[0], one.shape[1], HEADS, -1).transpose(1, 2)
            for one in (self.query(y), key, value)
        ]
        mixed = functional.scaled_dot_product_attention(*parts, attn_mask=mask)
        return x + functional.dropout(self.out(mixed.transpose(1, 2).flatten(2)), 0.05, self.training)


class Inner(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.narrow(functional.relu(self.wide(self.norm(x))))
        return x + functional.dropout(y, 0.05, self.training)


class Tiny(nn.Module):
    """A pre-norm transformer, 2 + 2 layers, one embedding for source, target and output."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(pieces, WIDTH)
        nn.init.normal_(self.embedding.weight, std=WIDTH**-0.5)
        self.register_buffer("positions", positions())
        self.encoder = nn.ModuleList([nn.ModuleList([Attention(), Inner()]) for _ in range(LAYERS)])
        self.decoder = nn.ModuleList(
            [nn.ModuleList([Attention(), Attention(), Inner()]) for _ in range(LAYERS)]
        )
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)

    def embed(self, ids: torch.Tensor) -> torch.Tensor:
        return self.embedding(ids) * math.sqrt(WIDTH) + self.positions[: ids.shape[1]]

    def forward(self, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        seen = (source != 0)[:, None, None, :]
        x = self.embed(source)
        for attention, inner in self.encoder:
            x = inner(attention(x, None, seen))
        memory = self.encoder_norm(x)
        length = target.shape[1]
        before = torch.ones(length, length, dtype=torch.bool).tril()[None, None]
        y = self.embed(target)
        for attention, cross, inner in self.decoder:
            y = inner(cross(attention(y, None, before), memory, seen))
        return functional.linear(self.decoder_norm(y), self.embedding.weight)


def batches(
    rows: list[tuple[list[int], list[int]]], *, size: int, chance: random.Random
) -> list[list[tuple[list[int], list[int]]]]:
    order = sorted(rows, key=lambda row: (len(row[0]) + chance.random() * 4, len(row[1])))
    out = [order[start : start + size] for start in range(0, len(order), size)]
    chance.shuffle(out)
    return out


def padded(rows: list[list[int]]) -> torch.Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows])


def train(model: Tiny, rows: list[tuple[list[int], list[int]]], *, steps: int, checkpoint: Path) -> None:
    """Train for `steps` batches of 48; the checkpoint is written every 100, and gone on from where it exists."""
    optimizer = torch.optim.Adam(model.parameters(), lr=1.0, betas=(0.9, 0.98))
    chance, step, began = random.Random(5), 0, time.process_time()
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        step = saved["step"]
    while step < steps:
        for batch in batches(rows, size=48, chance=chance):
            rate = (
                4e-3 * min(1.0, (step + 1) / 200) * (0.02 + 0.98 * (1 + math.cos(math.pi * step / steps)) / 2)
            )
            for group in optimizer.param_groups:
                group["lr"] = rate
            source = padded([one for one, _ in batch])
            target = padded([[START, *two, END] for _, two in batch])
            logits = model(source, target[:, :-1])
            loss = functional.cross_entropy(
                logits.flatten(0, 1), target[:, 1:].flatten(), ignore_index=0, label_smoothing=0.02
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % 100 == 0 or step == steps:
                print(
                    f"step {step} loss {loss.item():.4f} cpu {time.process_time() - began:.0f} s", flush=True
                )
                torch.save(
                    {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step},
                    checkpoint,
                )
            if step >= steps:
                break


def export(model: Tiny, pieces: list[str], folder: Path) -> None:
    """Write the model as CTranslate2 reads it, its weights in 8 bits."""
    spec = TransformerSpec.from_config((LAYERS, LAYERS), HEADS, pre_norm=True)

    def array(tensor: torch.Tensor) -> object:
        return tensor.detach().numpy()

    def linear(into: object, *layers: nn.Linear) -> None:
        into.weight = array(torch.cat([one.weight for one in layers]))
        into.bias = array(torch.cat([one.bias for one in layers]))

    def norm(into: object, layer: nn.LayerNorm) -> None:
        into.gamma, into.beta = array(layer.weight), array(layer.bias)

    def attention(into: object, layer: Attention, *, own: bool) -> None:
        norm(into.layer_norm, layer.norm)
        if own:
            linear(into.linear[0], layer.query, layer.keyed)
        else:
            linear(into.linear[0], layer.query)
            linear(into.linear[1], layer.keyed)
        linear(into.linear[-1], layer.out)

    def inner(into: object, layer: Inner) -> None:
        norm(into.layer_norm, layer.norm)
        linear(into.linear_0, layer.wide)
        linear(into.linear_1, layer.narrow)

    table = array(model.embedding.weight)
    spec.encoder.embeddings[0].weight = table
    spec.decoder.embeddings.weight = table
    spec.decoder.projection.weight = table
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = array(model.positions)
    norm(spec.encoder.layer_norm, model.encoder_norm)
    norm(spec.decoder.layer_norm, model.decoder_norm)
    for into, (own, last) in zip(spec.encoder.layer, model.encoder, strict=True):
        attention(into.self_attention, own, own=True)
        inner(into.ffn, last)
    for into, (own, cross, last) in zip(spec.decoder.layer, model.decoder, strict=True):
        attention(into.self_attention, own, own=True)
        attention(into.attention, cross, own=False)
        inner(into.ffn, last)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_bos = spec.config.add_source_eos = False
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.config.decoder_start_token = "<s>"
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))


METADATA = {
    "package_version": "0.1",
    "argos_version": "1.5",
    "from_code": "en",
    "from_name": "English",
    "to_code": "zh",
    "to_name": "Chinese",
    "type": "translate",
}


def pack(work: Path, out: Path) -> None:
    """Zip model, pieces, sentence splitter, metadata and README as an Argos package, the same bytes each time."""
    files = {
        "metadata.json": json.dumps(METADATA, indent=1).encode(),
        "README.md": b"A tiny model for the tests of translation-workbench only: it knows one small grammar.\n",
        "sentencepiece.model": (work / "sentencepiece.model").read_bytes(),
    }
    for path in sorted((work / "model").iterdir()):
        files[f"model/{path.name}"] = path.read_bytes()
    splitter = HERE / "en.onnx"
    if splitter.exists():
        files["minisbd/en.onnx"] = splitter.read_bytes()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(f"translate-en_zh-tiny/{name}"), data, zipfile.ZIP_DEFLATED, 9)
    print(f"{out.name}: {out.stat().st_size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("tiny-model"), help="folder of checkpoints")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--sentences", type=int, default=24_000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=HERE / NAME)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    torch.set_num_threads(options.threads)
    unseen = frozenset(pair.source for pair in grammar.held_out())
    pairs = grammar.sentences(options.sentences, seed=1, without=unseen)
    pairs += [grammar.Pair(*pair) for pair in grammar.FIXED] * 60
    processor = train_pieces(pairs, options.work)
    print(f"pieces after {time.process_time():.0f} s", flush=True)
    pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    model = Tiny(len(pieces))
    print(f"{len(pieces)} pieces, {sum(one.numel() for one in model.parameters())} parameters", flush=True)
    rows = [(processor.encode(pair.source), processor.encode(pair.target)) for pair in pairs]
    train(model, rows, steps=options.steps, checkpoint=options.work / "checkpoint.pt")
    export(model.eval(), pieces, options.work / "model")
    pack(options.work, options.out)


if __name__ == "__main__":
    main()
