"""The learner: a table of token vectors that lessons bend until queries lie near the documents they should find.

torch is imported only when one is made.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest.embedder.texts import Batch, Pair, Tokens
from ingest.encoders.rows import normalised

if TYPE_CHECKING:
    import torch

Table = NDArray[np.float32]


class Learner:
    """A text's vector is the sum of its tokens' vectors, scaled to length 1, as in `ingest.encoders.static`."""

    def __init__(self, table: Table, *, seed: int, scale: float = 20.0) -> None:
        """Start from `table`, one row a token id; row 0 (unknown) stays zero. `scale` sharpens the cosines."""
        import torch

        torch.set_flush_denormal(
            True
        )  # numbers next to zero, which tell nothing, made some lessons ten times as slow
        self._torch, self._scale = torch, scale
        self._rng = np.random.default_rng(seed)
        start = table.copy()
        start[0] = 0
        self._bag = torch.nn.EmbeddingBag.from_pretrained(
            torch.from_numpy(start), freeze=False, mode="sum", padding_idx=0
        )

    def learn(
        self,
        lesson: Sequence[Batch],
        rate: float,
        *,
        dropout: float = 0.0,
        seconds: float = math.inf,
    ) -> float:
        """Go through the batches once; the rate rises for a tenth, then falls to nothing. The mean loss.

        `dropout` is the share of tokens left out at each draw, so that no single word decides. After `seconds` the
        rest of the lesson is left out; the rate has then fallen just the same.
        """
        started = time.monotonic()
        optimizer = self._torch.optim.AdamW(self._bag.parameters(), lr=rate, weight_decay=0.0, fused=True)
        total = 0.0
        for step, draw in enumerate(lesson):
            done = max(step / len(lesson), (time.monotonic() - started) / seconds)
            if done >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, done * 10 + 0.01, (1.0 - done) / 0.9)
            loss = self._loss(draw(), dropout)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            total += float(loss.detach())
        return total / max(1, len(lesson))

    def encode(self, texts: Sequence[Tokens]) -> Table:
        """One row of length 1 a text: shape (len(texts), dimensions)."""
        starts = range(0, len(texts), 4_096)
        with self._torch.no_grad():
            rows = [self._sum(texts[start : start + 4_096], 0.0).numpy() for start in starts]
        return normalised(np.concatenate(rows))

    def table(self) -> Table:
        """The present vectors."""
        table: Table = self._bag.weight.detach().numpy().copy()
        return table

    def _loss(self, batch: Sequence[Pair], dropout: float) -> torch.Tensor:
        """Cross entropy of finding one's own document among all of the batch, and back again if it has no negatives."""
        functional = self._torch.nn.functional
        queries = self._unit([pair.query for pair in batch], dropout)
        documents = self._unit([pair.document for pair in batch], dropout)
        own = self._torch.arange(len(batch))
        scores = queries @ documents.T * self._scale
        if not any(pair.negatives for pair in batch):
            there: torch.Tensor = functional.cross_entropy(scores, own)
            back: torch.Tensor = functional.cross_entropy(scores.T, own)
            return (there + back) / 2
        alike = self._unit([negative for pair in batch for negative in pair.negatives], 0.0)
        scores = self._torch.cat([scores, queries @ alike.T * self._scale], dim=1)
        scores = scores.masked_fill(self._also_right(batch), -1e9)
        loss: torch.Tensor = functional.cross_entropy(scores, own)
        return loss

    def _also_right(self, batch: Sequence[Pair]) -> torch.Tensor:
        """True where a column is right for a row's query but not its own document: neither right nor wrong here."""
        columns: dict[int, list[int]] = {}
        numbers = [pair.numbers[0] for pair in batch] + [n for pair in batch for n in pair.numbers[1:]]
        for column, number in enumerate(numbers):
            columns.setdefault(number, []).append(column)
        mask = self._torch.zeros(len(batch), len(numbers), dtype=self._torch.bool)
        for row, pair in enumerate(batch):
            for number in pair.right:
                mask[row, columns.get(number, [])] = True
            mask[row, row] = False
        return mask

    def _unit(self, texts: Sequence[Tokens], dropout: float) -> torch.Tensor:
        return self._torch.nn.functional.normalize(self._sum(texts, dropout), dim=-1)

    def _sum(self, texts: Sequence[Tokens], dropout: float) -> torch.Tensor:
        if dropout:
            thinned = [text[self._rng.random(len(text)) >= dropout] for text in texts]
            texts = [thin if len(thin) else text for thin, text in zip(thinned, texts, strict=True)]
        ends = np.cumsum([len(text) for text in texts])
        flat = np.concatenate(texts).astype(np.int64)
        starts = np.concatenate([[0], ends[:-1]])
        vectors: torch.Tensor = self._bag(self._torch.from_numpy(flat), self._torch.from_numpy(starts))
        return vectors


def mean_table(tables: Sequence[Table]) -> Table:
    """The mean of tables that parted from one start: steadier than any of them, and no bigger."""
    mean: Table = np.mean(tables, axis=0, dtype=np.float32)
    return mean
