"""What one would write in an afternoon: LangChain's loaders, its splitter and its Chroma store. The bench compares against it."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

# From paragraphs down to single characters; the splitter keeps a separator with the text before it.
SEPARATORS = ["\n\n", "\n", "。", "！", "？", "；", "，", ""]


def index_plainly(folder: Path, store: Path, chunk_size: int, overlap: int) -> dict[str, Any]:
    """Indexes every .md and .txt file under `folder` (UTF-8) into a Chroma store; sizes count characters.

    `work_seconds` leaves out the imports, which the caller's wall time has.
    """
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    from ingest.embed import open_embedder

    class Builtin(Embeddings):
        def __init__(self) -> None:
            self._model = open_embedder()

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = self._model.encode_documents(texts).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            vector: list[float] = self._model.encode_query(text).tolist()
            return vector

    begun = perf_counter()
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".md", ".txt"} and path.is_file())
    documents = [
        Document(path.read_text(encoding="utf-8"), metadata={"source": path.relative_to(folder).as_posix()})
        for path in files
    ]
    splitter = RecursiveCharacterTextSplitter(
        separators=SEPARATORS, keep_separator="end", chunk_size=chunk_size, chunk_overlap=overlap
    )
    chunks = splitter.split_documents(documents)
    split = perf_counter()
    # from_documents cuts the work to Chroma's largest batch by itself.
    Chroma.from_documents(chunks, Builtin(), persist_directory=str(store))
    ended = perf_counter()
    return {
        "files": len(files),
        "chunks": len(chunks),
        "split_seconds": round(split - begun, 3),
        "store_seconds": round(ended - split, 3),
        "work_seconds": round(ended - begun, 3),
    }


def load_plainly(folder: Path) -> dict[str, Any]:
    """Reads every file of `folder` with LangChain's own loader, one after the other; a PDF without text by OCR.

    For PDF the fastest of its loaders, by the same library as ours. The OCR has rapidocr's own settings.
    """
    from langchain_community.document_loaders import Docx2txtLoader, PyPDFium2Loader
    from langchain_community.document_loaders.parsers import RapidOCRBlobParser

    def texts(path: Path) -> list[str]:
        if path.suffix == ".docx":
            return [document.page_content for document in Docx2txtLoader(str(path)).load()]
        found = [document.page_content for document in PyPDFium2Loader(str(path), mode="page").load()]
        if any(map(str.strip, found)):
            return found
        ocr = RapidOCRBlobParser()
        loader = PyPDFium2Loader(
            str(path), mode="page", images_inner_format="text", images_parser=ocr, extract_images=True
        )
        return [document.page_content for document in loader.load()]

    paths = sorted(path for path in folder.iterdir() if path.is_file())
    texts(paths[0])  # imports
    begun = perf_counter()
    characters = sum(len("".join(text.split())) for path in paths for text in texts(path))
    return {"files": len(paths), "characters": characters, "seconds": round(perf_counter() - begun, 4)}
