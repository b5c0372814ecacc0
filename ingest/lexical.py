"""Words on disk: BM25 over character bigrams. The only file that imports tantivy.

Character bigrams need no dictionary and no word segmentation, so 转正 is found wherever it stands; the index
is kept on disk and never rebuilt at a query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
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
        self._commit: tuple[int, int, int] | None = None
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
        with self._writer() as writer:
            for chunk_id, document_id, title, text in entries:
                writer.add_document(
                    tantivy.Document(
                        id=chunk_id, document=document_id, title=search_form(title), body=search_form(text)
                    )
                )

    def remove(self, document_ids: Sequence[str]) -> None:
        """Removes all chunks of these documents; unknown ids are no error."""
        with self._writer() as writer:
            for document_id in document_ids:
                writer.delete_documents_by_term("document", document_id)

    def clear(self) -> None:
        with self._writer() as writer:
            writer.delete_all_documents()

    @contextmanager
    def _writer(self) -> Iterator[tantivy.IndexWriter]:
        """What was told to it is on disk when it is left; HomeError when the disk does not take it."""
        try:
            writer = self._index.writer(_HEAP_BYTES, 1)
            # A writer killed before its commit leaves files under names that this one may want, too.
            writer.garbage_collect_files()
            yield writer
            writer.commit()
            writer.wait_merging_threads()
        except (OSError, ValueError) as error:  # how tantivy speaks of a full disk
            raise HomeError(f"全文索引写不进去：{error}") from error

    def count(self) -> int:
        return int(self._searcher().num_docs)

    def _searcher(self) -> tantivy.Searcher:
        """Over the last commit, of whichever process: each writes meta.json anew. To reload takes a third of a search."""
        status = (self._folder / "meta.json").stat()
        commit = (status.st_mtime_ns, status.st_ino, status.st_size)
        if commit != self._commit:
            self._index.reload()
            self._commit = commit  # as of before the reload: what is written meanwhile is seen the next time
        return self._index.searcher()

    def search(
        self, query: str, k: int, also: Sequence[str] = (), weight: float = 0.75
    ) -> list[tuple[str, float]]:
        """The `k` best chunks and their BM25 scores, best first; a query without a bigram finds nothing.

        The bigrams of the wordings in `also` that the query does not have count `weight` times.
        """
        asked = dict.fromkeys(_bigrams(query), 1.0)
        added = {bigram: weight for wording in also for bigram in _bigrams(wording)}
        if not asked:
            return []
        clauses = []
        for bigram, boost in {**added, **asked}.items():
            body = self._term("body", bigram, boost)
            title = self._term("title", bigram, _TITLE_BOOST * boost)
            clauses += [(tantivy.Occur.Should, body), (tantivy.Occur.Should, title)]
        searcher = self._searcher()
        found = searcher.search(tantivy.Query.boolean_query(clauses), k, count=False).hits
        return [(searcher.doc(address)["id"][0], float(score)) for score, address in found]

    def with_all_of(self, words: str, k: int) -> list[str]:
        """Ids of at most `k` chunks with every bigram of `words` in the text, or every one in the title."""
        bigrams = [*dict.fromkeys(_bigrams(words))]
        if not bigrams:
            return []
        fields = (
            tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, self._term(field, bigram, 1.0)) for bigram in bigrams]
            )
            for field in ("body", "title")
        )
        either = tantivy.Query.boolean_query([(tantivy.Occur.Should, field) for field in fields])
        searcher = self._searcher()
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(either, k, count=False).hits]

    def _term(self, field: str, bigram: str, boost: float) -> tantivy.Query:
        term = tantivy.Query.term_query(self._schema, field, bigram)
        return term if boost == 1.0 else tantivy.Query.boost_query(term, boost)


def _bigrams(text: str) -> Iterator[str]:
    form = "".join(c for c in search_form(text) if c.isalnum() or c.isspace())
    return (form[i : i + 2] for i in range(len(form) - 1) if not form[i : i + 2].isspace())
