"""How people talk, written as people write: 咋办 is 怎么办, 行不 is 可以吗, 几回 is 几次. Pure.

Grammar only, the same in every question; words for matters of the documents are in lexicon.toml.
"""

from __future__ import annotations

import re

_END = r"(?=[,，。;；?？!！、\s]|$)"
_MAY = r"(?:可以|能行|(?<![执进举发实施推履运流银同])行|(?<![组完养建变做办构达形赞])成|(?<![集其当之])中)"
_SAID = (
    (r"啥时候|多会儿|啥会儿|啥时", "什么时候"),
    (r"咋(?:办|整|弄|搞|处理)", "怎么办"),
    (r"咋样", "怎么样"),
    (r"为啥", "为什么"),
    (r"咋", "怎么"),
    (r"(?:干|做)啥", "做什么"),
    (r"啥", "什么"),
    (r"哪(?:儿|头|块|疙瘩)", "哪里"),
    (r"(?<=[几多])(?:回|趟|遭)|(?<=多少)(?:回|趟)", "次"),
    (r"几宿|几晚上?", "几天"),
    (r"几(?:毛|块|角)钱?(?![一-鿿])", "多少钱"),
    (r"俩月", "两个月"),
    (r"仨月", "三个月"),
    (r"俩", "两个"),
    (r"仨", "三个"),
    (r"自个儿", "自己"),
    (r"(?:大伙儿?|大家伙)", "大家"),
    (r"(?:咱们?|俺们?)", "我们"),
    (rf"{_MAY}(?:不(?:行|成|中|可以)|[不么吗吧嘛]){_END}", "可以吗"),
    (rf"(?<=[一-鿿]{{2}})(?<![要也还就都])不{_END}", "吗"),
)
_RULES = tuple((re.compile(said), written) for said, written in _SAID)


def written(form: str) -> str:
    """A question, in its search form, with the grammar of speech put into that of writing."""
    for said, plain in _RULES:
        form = said.sub(plain, form)
    return form
