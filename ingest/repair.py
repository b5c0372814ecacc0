"""What is undone or derived anew in the stores: after a kill, and when an index is rebuilt.

The catalog is the truth. `meta` says what is not yet derived from it, and says so until all of it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.catalog import Catalog
from ingest.chunk import CHUNK_RULES
from ingest.embed import Embedder, embedding_text
from ingest.errors import IndexMismatch
from ingest.lexical import Lexical
from ingest.model import Hit
from ingest.outline import OUTLINE_RULES
from ingest.tables import LEAVING, PENDING, SCHEMA_VERSION
from ingest.vectors import Vectors, VectorsBroken

_UNFINISHED = "unfinished"  # stands for the embedder's fingerprint while an index is rebuilt
_VECTORS = "vectors"  # the row of `meta` that says that they are broken and not yet derived anew
_BROKEN = "broken"
_BATCH = 4000  # chunks indexed at once when an index is rebuilt


@dataclass(frozen=True, slots=True)
class Stores:
    """The three, and the model of the vectors."""

    catalog: Catalog
    vectors: Vectors
    lexical: Lexical
    embedder: Embedder


def rules(embedder: Embedder) -> dict[str, str]:
    """What the stores were derived by from the catalog's texts. By which rules a text was read and cleaned is told
    document by document (`ingest.reading`): the next sync reads it anew, and until then it is found as it is.
    """
    return {
        "schema": str(SCHEMA_VERSION),
        "embedder": embedder.fingerprint,
        "chunks": f"{OUTLINE_RULES}.{CHUNK_RULES}",
    }


def check_rules(catalog: Catalog, embedder: Embedder) -> None:
    """IndexMismatch when the stores are not whole, or were made with another model or other rules than today's."""
    made_with = catalog.meta()
    if made_with.get("embedder") == _UNFINISHED:
        raise IndexMismatch("上次重建索引没有做完。")
    if made_with.get(_VECTORS) == _BROKEN:
        raise IndexMismatch("向量库在上次写入时损坏了，还没有修复好。")
    different = [key for key, value in rules(embedder).items() if made_with.get(key, value) != value]
    if different:
        names = {"schema": "存储格式", "embedder": "向量模型", "chunks": "分块规则"}
        raise IndexMismatch(f"索引与现在的设置不一致：{'、'.join(names[key] for key in different)}变了。")


def is_needed(stores: Stores) -> bool:
    """Whether a kill left something to undo or to mend; also while another process writes."""
    catalog = stores.catalog
    return bool(_unfinished(catalog)) or catalog.meta().get(_VECTORS) == _BROKEN or stores.vectors.torn()


def repair(stores: Stores) -> None:
    """Undoes what a kill left half done. Killed itself at any moment, it is done at the next open: the rows that tell
    of it go last.
    """
    catalog = stores.catalog
    unfinished = _unfinished(catalog)
    if stores.vectors.torn():  # half a graph may crash this program: it is cleared unread
        catalog.set_meta({_VECTORS: _BROKEN})
    elif unfinished:
        try:
            stores.vectors.remove(catalog.chunk_ids(unfinished))
            stores.vectors.count()  # says whether what was written last can be read
        except VectorsBroken:
            catalog.set_meta({_VECTORS: _BROKEN})
    if catalog.meta().get(_VECTORS) == _BROKEN:
        _mend_vectors(stores)
    if unfinished:
        stores.lexical.remove(unfinished)
        catalog.erase(unfinished)


def _mend_vectors(stores: Stores) -> None:
    """Derives the vectors anew from the catalog's texts, as `rebuild` does; the words are sound. With another model
    than theirs it is `rebuild` that has to be asked for.
    """
    made_with = stores.catalog.meta().get("embedder")
    stores.vectors.clear()
    if made_with != stores.embedder.fingerprint:
        stores.catalog.set_meta({"embedder": _UNFINISHED, _VECTORS: ""})
        return
    for _, _, hits, vectors in _embedded_anew(stores):
        stores.vectors.add([hit.chunk_id for hit in hits], vectors)
    stores.catalog.set_meta({_VECTORS: ""})


def take_out(stores: Stores, document_ids: Sequence[str]) -> None:
    """Of documents that no reader sees any more, all that is left."""
    if not document_ids:
        return
    stores.vectors.remove(stores.catalog.chunk_ids(document_ids))
    stores.lexical.remove(document_ids)
    stores.catalog.erase(document_ids)


def rebuild(stores: Stores) -> Iterator[tuple[int, int]]:
    """Derives vectors and words anew from the catalog's texts; yields (documents done, of).

    A model that cannot be used is found out before anything is cleared. Stopped half-way, nothing is searched
    before it is rebuilt to the end, also when the settings go back to the former model.
    """
    stores.embedder.encode_query("党")
    made_by = rules(stores.embedder)
    stores.catalog.set_meta({**made_by, "embedder": _UNFINISHED, _VECTORS: ""})
    stores.vectors.clear()
    stores.lexical.clear()
    for done, total, hits, vectors in _embedded_anew(stores):
        if hits:
            stores.vectors.add([hit.chunk_id for hit in hits], vectors)
            stores.lexical.add(
                (hit.chunk_id, hit.document_id, " ".join((hit.title, *hit.heading_path)), hit.text)
                for hit in hits
            )
        yield done, total
    stores.catalog.set_meta(made_by)


def _embedded_anew(stores: Stores) -> Iterator[tuple[int, int, list[Hit], NDArray[np.float32]]]:
    """Document by document (done, of); chunks with their vectors come in batches, most of the time there are none."""
    rows = stores.catalog.documents()
    waiting: list[Hit] = []
    vectors: list[NDArray[np.float32]] = []
    for done, row in enumerate(rows, 1):
        hits = stores.catalog.chunks_of(row.id)
        texts = [embedding_text(hit.title, hit.heading_path, hit.text) for hit in hits]
        vectors.append(stores.embedder.encode_documents(texts))  # the slow part: one document a step
        waiting += hits
        if len(waiting) >= _BATCH or done == len(rows):
            yield done, len(rows), waiting, np.concatenate(vectors)
            waiting, vectors = [], []
        else:
            yield done, len(rows), [], np.zeros((0, stores.embedder.dimensions), np.float32)


def _unfinished(catalog: Catalog) -> list[str]:
    return [row.id for status in (PENDING, LEAVING) for row in catalog.documents(status)]
