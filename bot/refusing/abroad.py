"""Countries, places and persons outside the mainland that a question names. Pure.

What such a question asks is seldom in the rules of this Party, however near its words (议员, 政府, 职责) are. Where a matter of
the Party is asked about (去美国留学，组织关系怎么办), the place is a circumstance and nothing is said.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_PERSON = (  # 维尔纳·法伊曼, up to what is said of him
    r"[\u4e00-\u9fff]{1,6}[·•][\u4e00-\u9fff]{1,8}?"
    r"(?=担任|曾|在|是|的|于|为|出|何|什么|哪|有|以|因|和|与|从|对|被|[^\u4e00-\u9fff]|$)"
)
_OURS = re.compile(
    r"党员|党委|党组|支部|党费|党籍|党纪|党章|入党|转正|预备期|组织关系|积极分子|发展对象|流动党|干部|公务员|事业编|"
    r"处分|因公|因私|出国|出境|护照|留学|统战|同胞|侨"
)


def far_names(form: str) -> list[str]:
    """Such names in a question that is not about a matter of the Party or of its people."""
    return [] if _OURS.search(form) else list(dict.fromkeys(_far().findall(form)))


@cache
def _far() -> re.Pattern[str]:
    lines = files("bot.refusing").joinpath("abroad.txt").read_text("utf-8").splitlines()
    places = [place for line in lines if not line.startswith("#") for place in line.split()]
    return re.compile("|".join([*sorted(places, key=len, reverse=True), _PERSON]))
