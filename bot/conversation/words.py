"""The words a party worker's questions turn on, by kind: one may stand in for another of its kind in `ALIKE`. Pure.

那党总支呢 puts one body in another's place, 那预备党员呢 one person in another's. A question that holds a word of
`WHOLE` has a subject of its own; a body alone may be only the one who acts: 党总支可以批吗.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

KINDS = {
    "person": (
        "流动人员 预备党员 发展对象 入党积极分子 积极分子 入党申请人 正式党员 流动党员 老党员 学生党员 农民党员 离退休党员 退休党员 党员领导干部 "
        "党员干部 领导干部 领导成员 中层干部 科级干部 新党员 党员 公务员 公职人员 国有企业管理人员 管理人员 第一书记 党支部书记 支部书记 支书 "
        "组织委员 宣传委员 纪检委员 组织员 培养联系人 入党介绍人 介绍人 联系人 党小组组长 党小组长 村主任 村干部 信访人 毕业生 "
        "高校毕业生党员 下岗党员 困难党员 党务工作者 党务干部 "
        "专职党务工作人员 驻村干部 事业单位人员 党代表 谈话人 年轻干部 群众 村民 居民 教师 学生 农民 退休人员 离退休人员 职工 军人 个体户"
    ),
    "body": (
        "基层党委 县级党委 上级党委 乡镇党委 街道党委 县委组织部 组织部门 组织部 纪委 纪检组 党委 党总支 总支 党支部 支部 党组 党小组 临时党支部 "
        "联合党支部 流动党员党支部 常委会 机关工委 监委 信访局 信访部门 村委会 村民委员会 居委会 居民委员会 村民小组 居民小组 党组织 上级 县里 县级"
    ),
    "meeting": (
        "支部党员大会 党支部党员大会 党员大会 支部大会 党支部委员会 党支部委员会会议 支部委员会会议 支部委员会 总支部委员会 基层委员会 支委会 "
        "党小组会 小组会 党课 主题党日 组织生活会 民主生活会 "
        "民主评议党员 民主评议 三会一课 村民会议 村民代表会议 居民会议 党员代表大会 全国代表大会 代表大会 全国代表会议 全体会议 党组会 班子会 "
        "集中轮训 谈心谈话"
    ),
    "step": (
        "接收预备党员 追认党员 直接接收党员 延长预备期 取消预备党员资格 取消资格 转正 入党宣誓 宣誓 政治审查 政审 集中培训 转移组织关系 转组织关系 "
        "停止党籍 恢复党籍 换届 补选 罢免 限期改正 退党 除名 劝退 自行脱党 发展党员 入党 申诉 复查 复核 检举 控告 信访 上访 问责 述职 述责述廉 转递 "
        "换届选举 选举 巡视 巡察 档案转递 辞去公职 辞职 辞退 成立党支部 申请入党 转接 补交党费 公款旅游 请客 送礼 醉驾 酒驾 赌博 嫖娼 迷信 信教 宗教"
    ),
    "penalty": (
        "严重警告 警告 撤销党内职务 留党察看 留察 开除党籍 记大过 记过 降级 撤职 开除公职 开除 党纪处分 政务处分 处分 诫勉 通报 改组 解散 "
        "从轻处分 从重处分 减轻处分 加重处分 从轻 从重 减轻 加重"
    ),
    "place": (
        "机关事业单位 党政机关 机关 国有企业 国企 央企 民营企业 非公企业 私营企业 企业 事业单位 高校 学校 中小学 医院 农村 村里 村 社区 街道 乡镇 "
        "两新组织 社会组织 军队 部队 科研院所"
    ),
    "thing": (
        "预备期 党费 党龄 党籍 组织关系 入党申请书 申请书 入党志愿书 志愿书 介绍信 转正申请 思想汇报 档案 考察登记表 党徽 党旗 誓词 党章 "
        "表决权 选举权 被选举权 权利 义务 党支部建设 流动党员活动证 组织生活 党内职务 支委 民主集中制 三重一大 廉洁纪律 政治纪律 组织纪律 "
        "群众纪律 工作纪律 生活纪律 家风 村务 积分 党务 党建"
    ),
    "office": "书记 副书记 委员 主任 副主任 组长",
    "cost": "伙食费 租车费 租车 住宿费 场地费 课酬 交通费 资料费 活动费 工作餐费",
    "degree": "最低 最高 最多 最少 最长 最短",
    "part": (
        "职责 任务 任期 编制 学时 经费 副本 正本 试用期 影响期 处分期 察看期 赞成票 票数 "
        "工资 年龄 材料 名单 人数 比例 时限 期限 标准 内容 条件 手续 程序 步骤 流程 范围 方式 方法 形式 主题 记录 地点 时间 次数 结果 意见 "
        "决议 通知 申请 费用 利息 待遇 职数"
    ),
}  # fmt: skip
WHOLE = frozenset({"person", "meeting", "step", "penalty", "thing"})

DEPENDENT = frozenset({"part", "office", "cost"})  # of something: 任期几年, 书记怎么产生
ALIKE = frozenset(KINDS) - {"part"}  # 标准 is no other 人数
SUBJECTS = frozenset({"person", "body", "meeting", "thing"})
_KIND_OF = {word: kind for kind, words in KINDS.items() for word in words.split()}
_KNOWN = re.compile("|".join(sorted(_KIND_OF, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Mention:
    """A known word of a text: `text[start:end] == word`."""

    kind: str
    word: str
    start: int
    end: int


def mentions(text: str) -> tuple[Mention, ...]:
    """The known words in reading order; the longest at each place counts."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Mention]:
    for match in _KNOWN.finditer(text):
        yield Mention(_KIND_OF[match[0]], match[0], *match.span())
