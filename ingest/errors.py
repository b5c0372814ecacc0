"""Everything that can go wrong for a reason the user can mend.

KnowledgeBaseError
├── ConfigError            a setting is wrong or a folder cannot be used
│   └── HomeError          the home folder cannot be written, or another process holds it
├── DocumentError          one file cannot be read; a sync reports it and goes on
│   ├── EmptyDocument      no byte, or no character after reading
│   ├── UnsupportedFormat  a format no parser reads yet
│   ├── EncryptedDocument  a password is needed
│   ├── DamagedDocument    truncated or corrupt
│   ├── SecretDocument     a mark of secrecy was found
│   ├── UnscreenedDocument the page that would bear a mark of secrecy was not read
│   └── VanishedDocument   the file went away between listing and reading
├── WorkersFailed          the processes that read files cannot be started
├── EmbedderError          the embedding model cannot be loaded or used
└── IndexMismatch          the stores on disk were made by other rules or another model

Every error carries `.hint`: one Chinese sentence that says what to do.
"""

from __future__ import annotations

import errno
import re
import tomllib


class KnowledgeBaseError(Exception):
    """Root of the tree; `str(error)` is the reason, `error.hint` what to do about it (both Chinese)."""

    default_hint = "请查看上面的原因；仍不明白时，运行 python -m ingest doctor 并把结果发给管理员。"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint or self.default_hint

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders during a sync; keyword-only arguments do not pickle by themselves.
        return _rebuild, (type(self), str(self), self.hint)


def _rebuild(kind: type[KnowledgeBaseError], message: str, hint: str) -> KnowledgeBaseError:
    return kind(message, hint=hint)


class ConfigError(KnowledgeBaseError):
    default_hint = "请检查配置文件和环境变量（以 DANGWU_ 开头），改正后重试。"


class HomeError(ConfigError):
    default_hint = "请用 --home 指定一个可写的文件夹，或检查磁盘空间和文件夹权限。"


class DocumentError(KnowledgeBaseError):
    default_hint = "请用办公软件打开此文件，确认内容正常后另存一份再同步。"


class EmptyDocument(DocumentError):
    default_hint = "请确认文件已保存且有文字；空文件可以删除。"


class UnsupportedFormat(DocumentError):
    default_hint = "请另存为 docx、pdf 或 txt 再同步；能读的格式见 docs/intake.md。"


class EncryptedDocument(DocumentError):
    default_hint = "请先在办公软件中去掉打开密码，另存后再同步。"


class DamagedDocument(DocumentError):
    default_hint = "文件可能没有传完整；请从原处重新复制一份，确认能打开后再同步。"


class SecretDocument(DocumentError):
    """A mark of secrecy was found; the message names the mark and its page and nothing else of the text."""

    default_hint = "确实涉密的请移出同步的文件夹；确认不涉密的，在清单（manifest.toml 或 某某.meta.toml）里给它写 cleared = true 再同步。"


class UnscreenedDocument(DocumentError):
    """The first page that shows anything gave no text, so that nobody knows whether it bears a mark of secrecy."""

    default_hint = (
        "没有安装 OCR 组件的请先安装，安装了的请换清晰的扫描件或电子版，再同步；已由负责人看过、确认不涉密的，"
        "在清单（manifest.toml 或 某某.meta.toml）里给它写 cleared = true 再同步。"
    )


class VanishedDocument(DocumentError):
    default_hint = "同步过程中文件被移动或删除了；请确认文件还在，再运行一次同步。"


class WorkersFailed(KnowledgeBaseError):
    default_hint = "请确认杀毒软件没有拦截 python，内存够用，再试一次；自己写的脚本要把调用放在 if __name__ == '__main__': 之下。"


class EmbedderError(KnowledgeBaseError):
    default_hint = "请检查 embedding.model 的设置；改回 builtin 可使用自带模型。"


class IndexMismatch(KnowledgeBaseError):
    default_hint = "请运行 python -m ingest reindex，用现在的设置重建索引（不需要重新导入文件）。"


# What the operating system says when it refuses, which is English on most machines. Named, for no system has all of the numbers.
_REFUSED = {
    "ENOENT": "没有这个文件或文件夹",
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "EEXIST": "同名的文件已经存在",
    "ENOTDIR": "路径中间的一段是文件，不是文件夹",
    "EISDIR": "这是文件夹，不是文件",
    "ENOTEMPTY": "文件夹不是空的",
    "ENOSPC": "磁盘已满",
    "EDQUOT": "磁盘配额已用完",
    "EROFS": "磁盘是只读的",
    "EBUSY": "正被别的程序占用",
    "ETXTBSY": "正被别的程序占用",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "ENAMETOOLONG": "文件名太长",
    "EFBIG": "文件太大",
    "EIO": "磁盘或网络盘读写出错",
    "ELOOP": "链接互相指向对方",
    "ENOMEM": "内存不够",
    "EAGAIN": "系统资源暂时不够",
    "ENOEXEC": "不是可以运行的程序",
    "EADDRINUSE": "已被别的程序占用",
    "EADDRNOTAVAIL": "不是本机的地址",
}


_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def os_words(error: OSError) -> str:
    """Why the operating system refused, in Chinese: its own words where they are (a Chinese Windows tells more), else ours;
    a reason without a word here is told by its number.
    """
    own = error.strerror or ""
    if any("\u4e00" <= sign <= "\u9fff" for sign in own):
        return own.rstrip("。")
    if isinstance(error, PermissionError):
        return _REFUSED["EACCES"]
    name = errno.errorcode.get(error.errno or 0, "").removeprefix(
        "WSA"
    )  # as Windows calls those of the network
    return _REFUSED.get(name) or f"系统错误 {error.errno or type(error).__name__}"


def toml_words(error: tomllib.TOMLDecodeError) -> str:
    """The place as the reader counts it; the parser's own words are English and stay in brackets."""
    place = _PLACE.search(str(error))
    words = f"（{str(error).partition(' (at ')[0]}）"
    return f"第{place[1]}行第{place[2]}个字附近读不下去{words}" if place else f"文件没有写完{words}"
