"""How near the nearest text lies to questions that have nothing to do with it: the zero from which nearness counts.

Every embedding model has a level of its own (0.2 for the builtin one, 0.5 and more for many transformers), and it rises with
the number of documents. Measured once for a home, with questions of other walks of life.
"""

from __future__ import annotations

from statistics import fmean

import numpy as np

from ingest.index import Index

QUESTIONS = (
    "红烧肉怎么做才不腻", "感冒发烧吃什么药好得快", "世界上最高的瀑布在哪个国家", "手机屏幕碎了换一块多少钱",
    "猫为什么喜欢钻纸箱", "怎么学会游泳换气", "这部电影的导演还拍过什么", "一元二次方程的求根公式是什么",
    "阳台上适合种什么花", "去海边玩要带哪些东西", "恐龙是怎么灭绝的", "吉他和弦怎么按不疼",
    "冰箱不制冷是什么原因", "唐朝最有名的诗人是谁", "孩子半夜老哭怎么哄", "哪种轮胎雨天更防滑",
    "蛋糕为什么会塌下去", "火星上有没有水", "羽绒服怎么洗不结团", "篮球比赛一节打几分钟",
    "电脑开机黑屏怎么修", "北极熊吃企鹅吗", "眼镜度数怎么看", "西红柿是水果还是蔬菜",
)  # fmt: skip


def unrelated_level(index: Index) -> float:
    """The mean cosine of the nearest chunk; 0 for an empty home. Kept until the documents change."""
    return index.derived("unrelated", lambda: _measure(index))


def _measure(index: Index) -> float:
    vectors = np.stack([index.embedder.encode_query(question) for question in QUESTIONS])
    return fmean(found[0][1] if found else 0.0 for found in index.nearest_each(vectors, 1))
