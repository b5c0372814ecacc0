"""GB/T 9704-2012《党政机关公文格式》as one table: what the writer writes, what the checker checks, what docs/ shows.

Lengths are millimetres, sizes are points, widths are 字 (one character of the text). 号 sizes are those of Chinese
printing: 2号 22 pt, 3号 16 pt, 4号 14 pt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

STANDARD = "GB/T 9704-2012"
Align = Literal["left", "center", "right", "both"]


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: `names[0]` is written, every one of `names` is the same face; `instead` names what a machine
    without it shows, nearest first. `generic` and `panose` help an office program to choose.
    """

    word: str
    names: tuple[str, ...]
    instead: tuple[str, ...]
    generic: Literal["roman", "modern", "script", "auto"]
    panose: str

    def is_called(self, name: str) -> bool:
        """Whether a document that names this typeface means this face; fonts are found whatever case they are written in."""
        return name.strip().lower() in {one.lower() for one in self.names}


FANGSONG = Face(
    "仿宋",
    (
        "仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "方正仿宋_GB2312", "方正仿宋简体", "FZFangSong-Z02",
        "华文仿宋", "STFangsong",
    ),
    ("仿宋", "华文仿宋", "FandolFang", "Noto Serif CJK SC"),
    "modern",
    "02010609030101010101",
)  # fmt: skip
HEI = Face(
    "黑体",
    (
        "黑体",
        "SimHei",
        "方正黑体_GBK",
        "方正黑体简体",
        "FZHei-B01",
        "华文黑体",
        "STHeiti",
        "思源黑体",
        "Noto Sans CJK SC",
    ),
    ("华文黑体", "思源黑体", "Noto Sans CJK SC"),
    "modern",
    "02010609060101010101",
)
KAI = Face(
    "楷体",
    (
        "楷体_GB2312",
        "KaiTi_GB2312",
        "楷体",
        "KaiTi",
        "方正楷体_GBK",
        "方正楷体简体",
        "FZKai-Z03",
        "华文楷体",
        "STKaiti",
    ),
    ("楷体", "华文楷体", "FandolKai", "AR PL UKai CN"),
    "modern",
    "02010609030101010101",
)
XIAOBIAOSONG = Face(
    "小标宋",
    (
        "方正小标宋_GBK", "方正小标宋简体", "方正小标宋_GB18030", "FZXiaoBiaoSong-B05", "FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0", "FZXBSK--GBK1-0",
        "小标宋体", "小标宋简体", "小标宋",
    ),
    ("方正小标宋简体", "华文中宋", "Noto Serif CJK SC"),
    "roman",
    "03000509000000000000",
)  # fmt: skip
SONG = Face(
    "宋体",
    ("宋体", "SimSun", "新宋体", "NSimSun", "方正书宋_GBK", "方正书宋简体", "华文宋体", "STSong"),
    ("华文宋体", "Noto Serif CJK SC"),
    "auto",
    "02010600030101010101",
)
FACES = (FANGSONG, HEI, KAI, XIAOBIAOSONG, SONG)


@dataclass(frozen=True, slots=True)
class Page:
    """5.1, 5.2.1, 5.2.3: the sheet, the text area and the grid; `slack` is how much a margin may be off."""

    width: float = 210
    height: float = 297
    top: float = 37  # 天头
    left: float = 28  # 订口
    text_width: float = 156  # 版心
    text_height: float = 225
    slack: float = 1
    lines: int = 22
    characters: int = 28

    @property
    def right(self) -> float:
        return self.width - self.left - self.text_width

    @property
    def bottom(self) -> float:
        return self.height - self.top - self.text_height


PAGE = Page()
BODY_SIZE = 16.0
NUMBER_BELOW = 7.0  # 7.5: mm from the text area down to the dashes of the page number
AGENCY_BELOW = 35.0  # 7.2.4: mm from the top of the text area to the top of 发文机关标志
RED_LINE_BELOW = 4.0  # 7.2.7: mm from 发文字号 to the red line
THICK, THIN = 0.35, 0.25  # 7.4.1: mm, the outer and the inner lines of 版记
RED = "FF0000"

Role = Literal[
    "份号", "密级和保密期限", "紧急程度", "发文机关标志", "发文字号", "签发人",
    "标题", "主送机关", "正文", "一级标题", "二级标题", "三级标题", "四级标题",
    "附件说明", "发文机关署名", "成文日期", "附注", "附件标记", "附件标题", "抄送机关", "印发机关和印发日期", "页码",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """How one element is set. None is what the standard leaves open; `indent`, `left` and `right` are in 字:
    first line, whole paragraph on the left, on the right. `says` is the rule in our words, for people.
    """

    role: Role
    clause: str
    face: Face
    size: float | None
    align: Align
    says: str
    indent: float = 0
    left: float = 0
    right: float = 0
    red: bool = False


LOOKS: dict[Role, Look] = {
    look.role: look
    for look in (
        Look("份号", "7.2.1", FANGSONG, 16, "left", "6位3号阿拉伯数字，版心左上角第一行顶格"),
        Look("密级和保密期限", "7.2.2", HEI, 16, "left", "3号黑体，版心左上角顶格；期限用阿拉伯数字"),
        Look("紧急程度", "7.2.3", HEI, 16, "left", "3号黑体，版心左上角顶格，在份号、密级之下"),
        Look(
            "发文机关标志", "7.2.4", XIAOBIAOSONG, None, "center", "红色小标宋体，居中，上边缘距版心上边缘35 mm", red=True
        ),
        Look("发文字号", "7.2.5", FANGSONG, 16, "center", "发文机关标志下空二行，居中；年份全称，用六角括号，不编虚位，不加“第”"),
        Look("签发人", "7.2.6", FANGSONG, 16, "right", "“签发人”加全角冒号，姓名用3号楷体，居右空一字；发文字号此时居左空一字", right=1),
        Look("标题", "7.3.1", XIAOBIAOSONG, 22, "center", "2号小标宋体，红色分隔线下空二行，居中，回行排成梯形或菱形"),
        Look("主送机关", "7.3.2", FANGSONG, 16, "left", "标题下空一行，左顶格，最后标全角冒号"),
        Look("正文", "7.3.3", FANGSONG, 16, "both", "3号仿宋，每段左空二字，回行顶格", indent=2),
        Look("一级标题", "7.3.3", HEI, 16, "both", "“一、”3号黑体，左空二字", indent=2),
        Look("二级标题", "7.3.3", KAI, 16, "both", "“（一）”3号楷体，左空二字", indent=2),
        Look("三级标题", "7.3.3", FANGSONG, 16, "both", "“1.”3号仿宋，左空二字", indent=2),
        Look("四级标题", "7.3.3", FANGSONG, 16, "both", "“（1）”3号仿宋，左空二字", indent=2),
        Look("附件说明", "7.3.4", FANGSONG, 16, "left", "正文下空一行，左空二字；多个附件编号，名称后不加标点，回行与首字对齐", left=2),
        Look("发文机关署名", "7.3.5", FANGSONG, 16, "right", "盖章的以成文日期为准居中，在其上一行；不盖章的右空二字"),
        Look("成文日期", "7.3.5", FANGSONG, 16, "right", "盖章的右空四字；阿拉伯数字写全年月日，月、日不编虚位", right=4),
        Look("附注", "7.3.6", FANGSONG, 16, "left", "成文日期下一行，左空二字，加圆括号", left=2),
        Look("附件标记", "7.3.7", HEI, 16, "left", "附件另面编排，“附件”和序号用3号黑体，版心左上角第一行顶格"),
        Look("附件标题", "7.3.7", XIAOBIAOSONG, 22, "center", "版心第三行居中"),
        Look("抄送机关", "7.4.2", FANGSONG, 14, "left", "4号仿宋，左右各空一字，最后标句号", left=1, right=1),
        Look("印发机关和印发日期", "7.4.3", FANGSONG, 14, "left", "4号仿宋，机关左空一字、日期右空一字，后加“印发”", left=1, right=1),
        Look("页码", "7.5", SONG, 14, "right", "4号半角宋体阿拉伯数字，左右各一条一字线，线上距版心下边缘7 mm；单页居右空一字，双页居左空一字", right=1),
    )
}  # fmt: skip

HEADINGS: tuple[Role, ...] = ("正文", "一级标题", "二级标题", "三级标题", "四级标题")  # by Level
