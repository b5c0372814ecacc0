"""What the table is learned from, and that it learns."""

from __future__ import annotations

import gzip
import json
import random
import tarfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.proofreading.counted import BITS, FIRST, nodes, packed, unpacked
from bot.proofreading.likeness import NEAR, SAME, SHAPE, TONE
from bot.proofreading.suspected import suspects
from bot.proofreading.weighed import judged
from evals.typos.alike import shapes
from evals.typos.counting import Sizes, build
from evals.typos.fitting import fit, fit_words, plant, plant_words, set_bar
from evals.typos.grams import count
from evals.typos.net import net
from evals.typos.texts import read_texts
from evals.typos.words import word_codes

_TEXTS = [
    "各级党组织应当加强监督管理，及时发现和解决问题。",
    "人民政府应当建立健全工作机制，加强监督检查。",
    "有关部门应当加强监督管理，依法追究法律责任。",
    "党员应当认真学习，以身作则，自己带头，已经完成任务。",
    "会议决定建立工作机制，未经批准不得施行，将来的计划和周末安排另行通知，时间从早。",
]
_SIZES = Sizes(chars=300, often=3, rare=2, pairs=500, triples=500, quads=500)


def test_what_learns_finds_what_was_planted() -> None:
    chars, grams = count([f"{text}第{number}号" for number in range(30) for text in _TEXTS], _SIZES.chars, {})
    table = fit_words(fit(build(chars, grams, _SIZES), _TEXTS * 40, seed=7), _TEXTS * 40, seed=7)
    table = set_bar(table, _TEXTS, every=1_000, every_word=1_000)
    found = {(one.at, one.right) for one in suspects(unpacked(packed(table)), "有关部门应当加强间督管理。")}
    assert found == {(8, "监")}


def test_a_string_is_found_through_its_beginning() -> None:
    chars, grams = count(_TEXTS * 3, _SIZES.chars, {})
    table = build(chars, grams, _SIZES)
    ids = table.ids("监督管理")
    assert (nodes(table, [ids[at : at + 1] for at in range(4)])[-1] >= 0).all()


def test_likeness_is_the_closest_one() -> None:
    chars, grams = count(_TEXTS, _SIZES.chars, {})
    table = build(chars, grams, _SIZES)

    def kind(one: str, other: str) -> int | None:
        old, new = table.ids(one)[0], table.ids(other)[0]
        span = slice(table.alike.begins[old], table.alike.begins[old + 1])
        at = np.flatnonzero(table.alike.others[span] == new)
        return int(table.alike.kinds[span][at[0]]) if len(at) else None

    assert kind("监", "检") == TONE
    assert kind("计", "机") == TONE
    assert kind("己", "已") == SHAPE
    assert kind("未", "末") == SHAPE
    assert kind("级", "及") == SAME
    assert kind("政", "身") is None
    assert kind("经", "近" if "近" in chars else "监") in {None, NEAR}


def test_plants_keep_length_and_tell_what_stood_there() -> None:
    chars, grams = count(_TEXTS, _SIZES.chars, {})
    table = build(chars, grams, _SIZES)
    text = "".join(_TEXTS)
    planted = plant(table, text, random.Random(1))
    assert planted.right
    assert len(planted.text) == len(text)
    back = list(planted.text)
    for at, right in planted.right.items():
        assert back[at] != right
        back[at] = right
    assert "".join(back) == text


def test_shapes_are_groups_of_single_characters() -> None:
    assert all(len(group) == len(set(group)) >= 2 for group in shapes())


def test_what_cases_are_made_of_is_never_counted(tmp_path: Path) -> None:
    data, corpus = tmp_path / "data", tmp_path / "corpus"
    for folder in (data / "laws" / "a", data / "regulations", data / "train", corpus):
        folder.mkdir(parents=True)
    for number in range(60):
        (data / "laws" / "a" / f"{number}.md").write_text(f"头<!-- INFO END -->法{number}", encoding="utf-8")
    (data / "regulations" / "条例.txt").write_text("条例", encoding="utf-8")
    with tarfile.open(data / "train" / "regional-regulations.tar.gz", "w:gz"):
        pass
    with gzip.open(data / "train" / "news-30k.txt.gz", "wt", encoding="utf-8") as lines:
        lines.write("新闻\n")
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps({"source": "laws/a/3.md", "half": "heldout"}) + "\n", encoding="utf-8")
    texts = read_texts(data, corpus, cases)
    parts = [{one.name for one in part} for part in (texts.counted, texts.fitted, texts.measured)]
    assert "3.md" not in set().union(*parts)
    assert not (parts[0] & parts[1])
    assert not (parts[0] & parts[2])
    assert not (parts[1] & parts[2])
    assert sum(len(part) for part in parts) == 61
    assert all(not one.text.startswith("头") for one in texts.counted)
    assert replace(texts.counted[0]) == texts.counted[0]


def test_words_are_planted_that_sound_the_same() -> None:
    texts = [f"{text}第{number}号" for number in range(30) for text in (*_TEXTS, "监督检查，兼读剪茶。")]
    chars, grams = count(texts, _SIZES.chars, {"兼读": 30.0, "监督": 30.0})
    table = build(chars, grams, _SIZES)
    table.words[2][:] = True
    planted = [plant_words(table, "，监督，" * 20, random.Random(seed)) for seed in range(5)]
    found = {one.text[at : at + 2] for one in planted for at in one.right}
    assert found <= {"兼读"}


def test_phrases_are_counted_besides_and_end_where_they_end() -> None:
    chars, grams = count(["监督管理"], 300, {"刻不容缓": 3.0, "家喻户晓": 3.0})
    strings = {
        "".join(chars[((int(code) >> (13 * (3 - place))) & 8191) - FIRST] for place in range(4)): number
        for code, number in zip(grams[3].codes, grams[3].counts, strict=True)
    }
    assert strings == {"监督管理": 1.0, "刻不容缓": 3.0, "家喻户晓": 3.0}


def test_what_stands_together_and_in_varied_places_is_a_word() -> None:
    texts = [f"{before}蜻蜓{behind}" for before in "天地人山水火" for behind in "日月星云雨雪"] * 2
    texts += [f"花草树木鸟兽虫鱼第{number}种" for number in range(200)]
    chars, grams = count(texts, 300, {})
    number = {character: at for at, character in enumerate(chars, FIRST)}
    codes = word_codes(chars, grams, 2).tolist()
    assert (number["蜻"] << BITS) | number["蜓"] in codes
    assert (number["天"] << BITS) | number["蜻"] not in codes


def test_a_net_learns_what_no_single_measure_tells() -> None:
    draw = np.random.default_rng(1)
    rows = draw.normal(size=(40_000, 2))
    truths = (rows[:, 0] * rows[:, 1] > 0).astype(float)
    scores = judged(net(rows, truths, seed=1), rows)
    assert ((scores > 0) == (truths > 0)).mean() > 0.9
