"""The knowledge base as a LangChain retriever, for those who build their own chains. docs/models.md has an example."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field, PrivateAttr

from bot.compose import Desk, open_desk
from ingest.model import Hit


class DangwuRetriever(BaseRetriever):
    """Finds as `python -m bot search` does. `home`: as in `--home`; `as_of`: only what counted on that day.

    The home is opened when the retriever is made: IndexMismatch, ConfigError or HomeError come then, not later.
    """

    home: Path | None = None
    k: int = Field(10, ge=1)
    as_of: date | None = None

    _desk: Desk = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        super().model_post_init(context)
        self._desk = open_desk(self.home)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [document(hit) for hit in self._desk.search(query, self.k, self.as_of)]

    def close(self) -> None:
        """Let go of the home's files; Windows cannot move a folder before."""
        self._desk.close()


def document(hit: Hit) -> Document:
    """A hit in LangChain's words: `page_content` is the chunk, `start` and `end` count the source text's characters."""
    return Document(
        id=hit.chunk_id,
        page_content=hit.text,
        metadata={
            "source": hit.source,
            "title": hit.title,
            "article": hit.article,
            "heading_path": list(hit.heading_path),
            "page": hit.page,
            "chunk_id": hit.chunk_id,
            "score": hit.score,
            "start": hit.start,
            "end": hit.end,
            "in_force": hit.in_force,
        },
    )
