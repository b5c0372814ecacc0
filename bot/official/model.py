"""The nouns of an official document. Frozen, standard library only; knows nothing of drafting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

# 0 body; 1 一、 (黑体), 2 （一） (楷体), 3 1. and 4 （1） (仿宋).
Level = Literal[0, 1, 2, 3, 4]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. `level`: the face of that heading level; `pending`: highlighted, somebody must still look at it."""

    text: str
    level: Level = 0
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; its number (一、) is part of the words. `runs`, where given, are the same words cut by their look:
    a heading with text after it in the same paragraph, a figure that is pending.
    """

    text: str
    level: Level = 0
    runs: tuple[Run, ...] = ()

    def __post_init__(self) -> None:
        if self.runs and "".join(run.text for run in self.runs) != self.text:
            raise ValueError("the runs of a paragraph must say its text")

    @property
    def cut(self) -> tuple[Run, ...]:
        return self.runs or (Run(self.text, self.level),)


@dataclass(frozen=True, slots=True)
class Table:
    """A table among the paragraphs: its first row is the head; `caption` stands above it, centred."""

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


Block = Para | Table


@dataclass(frozen=True, slots=True)
class Header:
    """版头. `agency` is 发文机关标志 as printed (with 文件, if it is to be there); `number` is 发文字号 (星湖党发〔2026〕1号);
    `issuers` are 签发人, for papers that go upwards. The red line belongs to it.
    """

    agency: str
    number: str = ""
    copy_number: str = ""  # 份号, six figures
    secrecy: str = ""  # 密级和保密期限: 秘密★1年
    urgency: str = ""  # 紧急程度: 特急, 加急
    issuers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: 抄送机关 (full names, without the word 抄送), 印发机关 and 印发日期."""

    printer: str
    printed: date
    copies: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """An official document. A line break in `title` is where its author wants it broken; else it is broken in shape.

    `attachments` are names, without 附件 and number. `annex` are the sources: written on pages of their own behind the
    text and named among the attachments, unless they are left out. `sealed`: a seal is put on the signature and date
    (7.3.5.1); an unsealed one stands as 7.3.5.2 says.
    """

    title: str
    audience: str = ""  # 主送机关, with or without the colon
    paragraphs: tuple[Block, ...] = ()
    attachments: tuple[str, ...] = ()
    signer: str = ""
    dated: date | None = None
    header: Header | None = None
    imprint: Imprint | None = None
    annex: tuple[Para, ...] = ()
    annex_title: str = "引用依据和数据来源"
    note: str = ""  # 附注, without the brackets
    sealed: bool = True
