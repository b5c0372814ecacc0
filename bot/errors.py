"""What can go wrong at the desk for a reason the user can mend; the same tree as `ingest.errors`.

KnowledgeBaseError
├── EmptyHome        nothing has been synced into this home yet
├── EmptyQuestion    the question holds no character that can be searched
├── LongQuestion     the question is a pasted document
├── BadBatch         a batch file cannot be read at all (a single bad line is only reported)
├── NoSuchGenre      a draft is asked for in a genre that is not known
├── NoSuchWork       no document here is called so
├── NoSuchVersion    a version that is asked for is not here, or there is only one
├── ModelFailed      the language model cannot be reached or does not answer; the desk then answers without it
├── NoProcedure      a procedure card is asked for, but the question asks for something else
├── BadRequest       a request for a draft cannot be read, or lacks what no draft can do without
├── BadTable         a table of a drafting request cannot be read: its shape, or a cell that is no number
└── PortInUse        another program already listens where the page should be served
"""

from __future__ import annotations

from ingest.errors import ConfigError, KnowledgeBaseError


class EmptyHome(KnowledgeBaseError):
    default_hint = "请先导入文件：python -m ingest sync 文件夹（可以是 corpus 或单位自己的文件夹）。"


class EmptyQuestion(KnowledgeBaseError):
    default_hint = "请用一句话写出要问的事，例如：预备党员的预备期是多长？"


class LongQuestion(KnowledgeBaseError):
    default_hint = "请用一两句话写出要问的事；要查一份文件，请先导入它再问。"


class BadBatch(KnowledgeBaseError):
    default_hint = '批量文件应为 UTF-8，每行一个 JSON，例如 {"id": "1", "question": "党费怎么交？"}。'


class NoSuchGenre(KnowledgeBaseError):
    default_hint = "请用 python -m bot draft --help 查看认识的文种。"


class NoSuchWork(KnowledgeBaseError):
    default_hint = (
        "请写文件的名称，例如《发展党员工作细则》；资料库里有哪些文件，见 python -m ingest status。"
    )


class NoSuchVersion(KnowledgeBaseError):
    default_hint = "请导入另一个版本的文件，或用 --from、--to 写别的日期；不写名称的 python -m bot changes 会列出有几个版本的文件。"


class ModelFailed(KnowledgeBaseError):
    default_hint = "请检查 config.toml 中 [llm] 的 model、base_url、api_key，以及模型服务是否已启动。"


class NoProcedure(KnowledgeBaseError):
    default_hint = (
        "请写出要办的事，例如：“预备党员转正流程”“党支部换届什么时候报”；其他问题请用 python -m bot ask。"
    )


class BadRequest(KnowledgeBaseError):
    default_hint = (
        "请照 docs/drafting.md 的样子改请求文件；必须写的有 genre、title、unit、period 和至少一条事实。"
    )


class BadTable(KnowledgeBaseError):
    default_hint = "表头第一栏写指标，后面每栏写一个时期；每格只写一个数，可以带单位、千分位、万、%，不公开的写 X，没有的留空。"


class PortInUse(ConfigError):
    default_hint = "请用 --port 换一个端口，例如 --port 7861；或先关闭占用该端口的程序。"
