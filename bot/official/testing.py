"""An invented document with every element, for tests and for the picture in docs/. The unit does not exist."""

from __future__ import annotations

from datetime import date

from bot.official.model import Header, Imprint, Paper, Para, Run, Table

FULL_LINES = "这一段没有标点也没有数字只用来数一数每面是不是二十二行每行是不是二十八个字写满以后接着往下写"


def sample() -> Paper:
    unit = "中共星湖街道工作委员会"
    open_figure = (
        Run("（二）盯住薄弱环节。", 2),
        Run("对照检查表逐项查看，尚有"),
        Run("〔待核实〕", pending=True),
        Run("个支部记录不全，已列入整改清单。"),
    )
    return Paper(
        title="中共星湖街道工作委员会关于“三会一课”制度落实情况专项检查的报告",
        audience="中共云溪区委组织部",
        paragraphs=(
            Para(
                "按照年度安排，街道党工委对所属党组织落实“三会一课”制度的情况进行了检查。现将有关情况报告如下。"
            ),
            Para("一、检查情况", 1),
            Para("（一）组织实施", 2),
            Para("检查采取查阅记录、个别访谈、现场观摩等方式，覆盖全部党支部，逐一反馈意见，当场说明依据。"),
            Para("".join(run.text for run in open_figure), 2, open_figure),
            Para("1.记录方面", 3),
            Para("（1）个别支部会议记录过于简单。", 4),
            Table(
                (("项目", "支部数（个）", "占比"), ("记录完整", "18", "90%"), ("记录不全", "2", "10%")),
                "表1 检查结果",
            ),
            Para("二、下步打算", 1),
            Para("坚持问题导向，逐项销号，年底前组织一次回头看。"),
        ),
        attachments=("检查支部名单", "问题和整改措施一览表"),
        signer=unit,
        dated=date(2026, 3, 5),
        header=Header(f"{unit}文件", "星湖工委发〔2026〕12号", "000001", "", "加急"),
        imprint=Imprint(
            "中共星湖街道工作委员会办公室",
            date(2026, 3, 6),
            "区委办公室，区纪委监委机关，区委宣传部，区委统战部，各社区党委",
        ),
        annex=(Para("1.《中国共产党章程》第三十一条。"), Para("2.检查记录，第2页。")),
        note="联系人：星湖街道党建办",
    )
