"""Words on disk: BM25 over character bigrams. The only file that imports tantivy.

Character bigrams need no dictionary and no word segmentation, so 转正 is found wherever it stands; the index
is kept on disk and never rebuilt at a query.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from ingest.errors import HomeError
from ingest.text import search_form

_ANALYZER = "bigrams"
_HEAP_BYTES = 64_000_000
_TITLE_BOOST = 0.6


class Lexical:
    """A tantivy index in `folder` with one entry per chunk: its title with headings, and its text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._index = self._open()
        except (OSError, ValueError) as error:
            raise HomeError(f"全文索引打不开：{error}") from error

    def _open(self) -> tantivy.Index:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("document", stored=False, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("title", stored=False, tokenizer_name=_ANALYZER, index_option="freq")
        schema.add_text_field("body", stored=False, tokenizer_name=_ANALYZER, index_option="freq")
        self._schema = schema.build()
        index = tantivy.Index(self._schema, path=str(self._folder), reuse=True)
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2, False)).build()
        index.register_tokenizer(_ANALYZER, analyzer)
        return index

    def add(self, entries: Iterable[tuple[str, str, str, str]]) -> None:
        """Adds `(chunk id, document id, title, text)` entries; on disk when this returns."""
        writer = self._index.writer(_HEAP_BYTES, 1)
        for chunk_id, document_id, title, text in entries:
            writer.add_document(
                tantivy.Document(
                    id=chunk_id, document=document_id, title=search_form(title), body=search_form(text)
                )
            )
        self._commit(writer)

    def remove(self, document_ids: Sequence[str]) -> None:
        """Removes all chunks of these documents; unknown ids are no error."""
        writer = self._index.writer(_HEAP_BYTES, 1)
        for document_id in document_ids:
            writer.delete_documents_by_term("document", document_id)
        self._commit(writer)

    def clear(self) -> None:
        writer = self._index.writer(_HEAP_BYTES, 1)
        writer.delete_all_documents()
        self._commit(writer)

    def _commit(self, writer: tantivy.IndexWriter) -> None:
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def count(self) -> int:
        self._index.reload()
        return int(self._index.searcher().num_docs)

    def search(self, query: str, k: int) -> list[tuple[str, float]]:
        """The `k` best chunks and their BM25 scores, best first; a query without a bigram finds nothing."""
        form = "".join(c for c in search_form(query) if c.isalnum() or c.isspace())
        bigrams = dict.fromkeys(
            form[i : i + 2] for i in range(len(form) - 1) if not form[i : i + 2].isspace()
        )
        if not bigrams:
            return []
        clauses = []
        for bigram in bigrams:
            body = tantivy.Query.term_query(self._schema, "body", bigram)
            title = tantivy.Query.boost_query(
                tantivy.Query.term_query(self._schema, "title", bigram), _TITLE_BOOST
            )
            clauses += [(tantivy.Occur.Should, body), (tantivy.Occur.Should, title)]
        self._index.reload()
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.boolean_query(clauses), k, count=False).hits
        return [(searcher.doc(address)["id"][0], float(score)) for score, address in found]
