"""An embedding service that speaks the OpenAI protocol: POST {base_url}/embeddings, plain texts in, vectors out.

Servers for one's own office (vLLM, Xinference, Ollama, TEI, llama.cpp) speak it, and so do the commercial ones.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ingest.encoders.instructions import query_instruction
from ingest.encoders.rows import fingerprint, normalised
from ingest.errors import EmbedderError
from ingest.text import narrowed

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from openai import OpenAI

# After waits of about 0.5, 1, 2 and 4 seconds; somebody waits for a question's answer, so that is asked twice only.
# What the service refuses for good (a wrong key, an unknown model) is not asked again.
_RETRIES: Final = 4
_QUESTION_RETRIES: Final = 1
# The client insists on a key and would otherwise send whatever OPENAI_API_KEY holds.
_NO_KEY: Final = "none"
_AGAIN: Final = "请确认嵌入服务已启动、网络可达，再运行一次刚才的命令；同步会从断开处接着做。"


@dataclass(frozen=True)
class Service:
    """Where the service is and how it is asked; `timeout` in seconds for one request, `batch` texts a request."""

    base_url: str
    model: str
    api_key: str | None = None
    instruction: str | None = None
    batch: int = 32
    timeout: float = 60.0


class ServiceEmbedder:
    """Nothing is asked until something is encoded. The same model behind another address keeps its fingerprint."""

    def __init__(self, service: Service) -> None:
        """Open no connection."""
        self.name = service.model
        self.fingerprint = fingerprint(b"service", service.model.encode())
        self._service = service
        asked_for = service.instruction
        self._instruction = query_instruction(service.model) if asked_for is None else asked_for
        self._client: OpenAI | None = None
        self._opening = threading.Lock()
        self._width = 0  # not known before the first reply

    @property
    def dimensions(self) -> int:
        """Length of a vector; asks the service once."""
        if not self._width:
            self._ask(["维数"])
        return self._width

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text: shape (len(texts), dimensions). EmbedderError when any of it fails."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        size = self._service.batch
        parts = [self._ask(list(texts[at : at + size])) for at in range(0, len(texts), size)]
        return normalised(np.concatenate(parts))

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Shape (dimensions,); a blank question gets the zero vector, since services refuse blank texts."""
        if not text.strip():
            return np.zeros(self.dimensions, np.float32)
        vector: NDArray[np.float32] = normalised(
            self._ask([self._instruction + narrowed(text)], _QUESTION_RETRIES)
        )[0]
        return vector

    def _ask(self, texts: list[str], retries: int = _RETRIES) -> NDArray[np.float32]:
        import openai

        try:
            reply = (
                self._open()
                .with_options(max_retries=retries)
                .embeddings.with_raw_response.create(
                    model=self._service.model, input=texts, encoding_format="float"
                )
            )
        except openai.APIStatusError as error:
            raise _refused(self._service, error.status_code) from error
        except openai.APITimeoutError as error:
            reason = f"嵌入服务 {self._service.base_url} 在 {self._service.timeout:g} 秒内没有答复。"
            hint = f"请调大 embedding.timeout 或调小 embedding.batch。{_AGAIN}"
            raise EmbedderError(reason, hint=hint) from error
        except openai.OpenAIError as error:
            raise EmbedderError(f"连不上嵌入服务 {self._service.base_url}。", hint=_AGAIN) from error
        rows = _rows(reply.http_response, len(texts))
        if self._width not in (0, rows.shape[1]):
            reason = f"嵌入服务先后给出了不同长度的向量：{self._width} 维和 {rows.shape[1]} 维。"
            raise EmbedderError(
                reason, hint="服务背后的模型可能换了；请确认后运行 python -m ingest reindex。"
            )
        self._width = int(rows.shape[1])
        return rows

    def _open(self) -> OpenAI:
        from openai import OpenAI

        with self._opening:
            if self._client is None:
                self._client = OpenAI(
                    base_url=self._service.base_url,
                    api_key=self._service.api_key or _NO_KEY,
                    timeout=self._service.timeout,
                )
            return self._client


def _refused(service: Service, status: int) -> EmbedderError:
    """A reply that says no: 401 is the key's fault, 404 the address's or the model's."""
    reason = f"嵌入服务 {service.base_url} 拒绝了请求（HTTP {status}）。"
    if status in {401, 403}:
        return EmbedderError(reason, hint="请检查 embedding.api_key。")
    if status == 404:
        return EmbedderError(
            reason, hint="请检查 embedding.base_url（通常以 /v1 结尾）和 embedding.model 的名称。"
        )
    if status in {400, 413, 422}:
        return EmbedderError(
            reason, hint="请检查 embedding.model 的名称；文本过长或过多时请调小 embedding.batch。"
        )
    return EmbedderError(reason, hint=_AGAIN)


def _rows(reply: Any, count: int) -> NDArray[np.float32]:
    """The reply's vectors in the order asked for, shape (count, d); services may answer out of order."""
    try:
        data = sorted(reply.json()["data"], key=lambda item: int(item["index"]))
        rows = np.array([item["embedding"] for item in data], np.float32)
    except (ValueError, KeyError, TypeError) as error:
        reason = "嵌入服务的答复看不懂，不是 OpenAI 兼容的格式。"
        raise EmbedderError(
            reason, hint="请检查 embedding.base_url 是否指向 OpenAI 兼容的地址（通常以 /v1 结尾）。"
        ) from error
    if len(rows) != count or rows.ndim != 2 or [item["index"] for item in data] != list(range(count)):
        reason = f"嵌入服务给出的向量数量不对：问了 {count} 条，答了 {len(rows)} 条。"
        raise EmbedderError(reason, hint="请调小 embedding.batch，或检查服务是否正常。")
    if not np.isfinite(rows).all() or not rows.shape[1]:
        raise EmbedderError("嵌入服务给出了不是数字的向量。", hint="请检查服务的日志，或换一个模型。")
    return rows
