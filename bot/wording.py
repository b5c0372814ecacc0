"""How people speak and how regulations write: 支委会 and 支部委员会, 换届 and 任期届满. Pure.

One table serves both ways: a question is asked a second time in formal words, and a text that holds the
formal word counts as holding the everyday one.
"""

from __future__ import annotations

# everyday word: what stands in its place; the first is the wording to search by ("" = none is better)
EVERYDAY: dict[str, tuple[str, ...]] = {
    "支委会": ("党支部委员会会议", "党支部委员会", "支部委员会"),
    "支部大会": ("支部党员大会",),
    "党员大会": ("支部党员大会", "支部大会"),
    "党小组会": ("党小组会议",),
    "换届": ("任期届满改选", "任期", "届满", "改选"),
    "转正": ("转为正式党员", "按期转正"),
    "入党": ("加入中国共产党", "加入党"),
    "开除党籍": ("", "开除出党"),
    "党纪": ("", "党的纪律"),
    "党纪处分": ("党的纪律处分", "纪律处分"),
    "退党": ("要求退党", "除名"),
    "脱党": ("自行脱党",),
    "不交党费": ("不交纳党费", "不缴纳党费"),
    "交党费": ("交纳党费", "缴纳党费"),
    "党费": ("", "交纳党费"),
    "多久开": ("多长时间召开", "召开"),
    "开一次": ("召开1次", "召开一次"),
    "开会": ("召开会议", "召开", "会议"),
    "成立": ("", "设立", "建立"),
    "设党总支": ("设立党总支", "党的总支部", "总支部委员会"),
    "党总支": ("党的总支部", "总支部委员会"),
    "党委": ("", "党的基层委员会", "党的委员会"),
    "转组织关系": ("转移组织关系", "转接组织关系", "接转组织关系"),
    "组织关系转移": ("转移组织关系", "转接组织关系", "组织关系转接"),
    "组织关系转接": ("转移组织关系", "转接组织关系"),
    "几岁": ("年满周岁", "周岁", "年满"),
    "多少岁": ("年满周岁", "周岁", "年满"),
    "不能当": ("不能作", "不得担任", "不能担任", "不宜作"),
    "当": ("", "担任", "作"),
    "有效期": ("", "有效期限", "逾期"),
    "有哪些权利": ("享有下列权利",),
    "权利有哪些": ("享有下列权利",),
    "有哪些义务": ("必须履行下列义务", "履行下列义务"),
    "义务有哪些": ("必须履行下列义务", "履行下列义务"),
    "有哪些职责": ("履行下列职责", "主要职责"),
    "职责有哪些": ("履行下列职责", "主要职责"),
    "有哪些任务": ("基本任务", "主要任务"),
    "任务有哪些": ("基本任务", "主要任务"),
    "工资": ("", "工资收入"),
    "缴纳": ("", "交纳"),
    "交纳": ("", "缴纳"),
    "检举": ("", "揭发", "举报", "控告"),
    "举报": ("检举", "控告"),
    "民主评议": ("", "评议党员"),
    "申诉": ("", "申辩"),
    "预备期": ("", "考察期"),
}


def formal(question: str) -> str | None:
    """The question in the words of regulations, or None when nothing would change."""
    said = question
    for everyday in sorted(EVERYDAY, key=len, reverse=True):
        better = EVERYDAY[everyday][0]
        if better and everyday in said and better not in said:
            said = said.replace(everyday, better)
    return said if said != question else None


def everyday_words(form: str) -> list[str]:
    """The everyday words whose formal wording stands in a text (given in its search form)."""
    return [everyday for everyday, said in EVERYDAY.items() if any(word and word in form for word in said)]
