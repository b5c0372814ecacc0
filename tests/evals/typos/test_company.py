"""What stands around a word tells which of its group was meant."""

from __future__ import annotations

from collections import Counter

from bot.proofreading.company import choices, company, packed_groups, unpacked_groups
from evals.typos.company import Examples, gather, groups, learn
from evals.typos.texts import Text

_RIGHT = [
    *(f"群众反映强烈的问题第{number}件要及时解决" for number in range(40)),
    *(f"第{number}次试验中化学反应速度很快" for number in range(40)),
    *(f"党员向组织反映情况第{number}次" for number in range(40)),
    *(f"第{number}个人对药物产生过敏反应症状" for number in range(40)),
]


def _examples() -> tuple[Examples, Counter[str], int]:
    one = Examples(("反应", "反映"), [[], []], [[], []])
    often, size = gather([one], [Text("law", str(number), text) for number, text in enumerate(_RIGHT)])
    return one, often, size


def test_the_wrong_word_is_told_and_the_right_one_is_not() -> None:
    group = learn(*_examples())
    assert group is not None
    (kept,) = unpacked_groups(packed_groups([group]))
    found = [(one.at, one.wrong, one.right) for one in choices([kept], "居民群众反应强烈的问题要办好")]
    assert found == [(4, "反应", "反映")]
    assert not list(choices([kept], "居民群众反映强烈的问题要办好，化学反应速度很快。"))


def test_a_word_that_is_hardly_seen_is_not_judged() -> None:
    one, often, size = _examples()
    one.marks[1] = one.marks[1][:10]
    assert learn(one, often, size) is None


def test_company_ends_with_the_sentence() -> None:
    text = "前句。群众反应强烈；后句"
    at = text.index("反应")
    other = text.replace("前句", "别的").replace("后句", "别的")
    assert company(text, at, at + 2) == company(other, at, at + 2)
    assert company(text, at, at + 2) != company(text.replace("强烈", "平淡"), at, at + 2)


def test_a_word_stands_in_one_group() -> None:
    words = [word for group in groups() for word in group]
    assert len(words) == len(set(words))
    assert all(len(group) > 1 for group in groups())


def test_who_writes_both_words_tells_them_apart() -> None:
    group = learn(*_examples())
    assert group is not None
    assert not list(choices([group], "化学反映，居民群众反应强烈的问题要办好"))
