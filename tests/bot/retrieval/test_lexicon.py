"""The lexicon: a well-formed file, and what its words do to a question and to a search."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Query
from bot.retrieval.lexicon import (
    BadLexicon,
    Lexicon,
    everyday_words,
    lexicon_in,
    lexicon_of,
    official_words,
    packaged,
    parse,
    reworded,
)
from bot.retrieval.retrieve import retrieve
from evals.lexicon import ablate
from evals.model import Case, Place
from ingest.index import Index
from ingest.pipeline import sync
from ingest.testing import HashEmbedder
from ingest.text import search_form

RULES = """中国共产党某某细则

第一条　党组织收到入党申请书后，应当在一个月内派人同入党申请人谈话，了解基本情况。

第二条　收到活动申请的，办公室应当在一个月内答复申请人，没有答复的，申请人可以再次申请。

第三条　交纳确有困难的党员，可以少交或免交党费。党费不得垫交。
"""
NOTHING = lexicon_of(())


def test_each_entry_is_said_once_and_has_its_reason() -> None:
    """No form stands twice; every `why` is one Chinese sentence; official words are not what was said already."""
    entries = packaged().entries
    said = list(chain.from_iterable(entry.said for entry in entries))
    assert len(said) == len(set(said))
    assert len(entries) > 100
    for entry in entries:
        assert entry.why.endswith("。"), entry
        assert entry.why.count("。") == 1, entry
        assert not set(entry.said) & set(entry.means), entry


@pytest.mark.shared_data
def test_official_words_stand_in_a_regulation(shared_data: Path) -> None:
    """What is searched for is written so in the regulations beside the checkout, but for at most two entries."""
    paths = sorted((shared_data / "regulations").glob("*.txt"))
    text = search_form("\n".join(path.read_text("utf-8", "ignore") for path in paths))
    absent = [word for entry in packaged().entries for word in entry.means if word not in text]
    assert len(absent) <= 2, absent


def test_everyday_words_become_official_ones() -> None:
    """Longest form first; … stands for anything between; what is official already is left alone."""
    assert official_words("我的转正材料还缺什么？") == ("预备党员转为正式党员",)
    assert "在一个月内派人同入党申请人谈话" in official_words("我交了申请书快俩月没人搭理，合规吗")
    assert reworded("支委会怎么开？") == "党支部委员会会议怎么开?"
    assert official_words("党支部党员大会怎么开？") == ()
    assert reworded("党支部委员会会议怎么开？") is None


def test_a_text_in_official_words_speaks_of_the_everyday_ones() -> None:
    """支委会 is spoken of where 党支部委员会会议 stands, and not where it does not."""
    assert "支委会" in everyday_words("党支部委员会会议一般每月召开1次")
    assert "支委会" not in everyday_words("红烧肉怎么做")


def test_a_form_may_begin_and_end_with_a_gap() -> None:
    """…没盖章 is found behind anything, or nothing; its pieces stand in order; a form of … only is none."""
    own = '[[entry]]\nsaid = ["…没盖章", "公章…丢了…"]\nmeans = ["印章管理"]\nwhy = "本单位的说法。"\n'
    lexicon = lexicon_of(parse(own, "本单位.toml"))
    assert official_words("表格上没盖章行吗", lexicon) == ("印章管理",)
    assert official_words("没盖章行吗", lexicon) == ("印章管理",)
    assert official_words("我们公章昨天丢了怎么办", lexicon) == ("印章管理",)
    assert official_words("丢了公章", lexicon) == ()
    with pytest.raises(BadLexicon):
        list(parse('[[entry]]\nsaid = ["…"]\nmeans = ["乙"]\nwhy = "丙。"\n', "本单位.toml"))


@given(st.text())
def test_any_text_can_be_a_question(question: str) -> None:
    """Never raises; adds no word that the question has."""
    form = search_form(question)
    assert not [word for word in official_words(question) if word in form]
    assert reworded(question) != form


def test_a_home_may_add_its_own(tmp_path: Path) -> None:
    """Its words win over the packaged ones; without the file nothing changes."""
    assert lexicon_in(tmp_path) is packaged()
    own = '[[entry]]\nsaid = ["转正", "星湖卡"]\nmeans = ["实习期满"]\nwhy = "本单位的说法。"\n'
    (tmp_path / "lexicon.toml").write_text(own, encoding="utf-8")
    lexicon = lexicon_in(tmp_path)
    assert official_words("星湖卡怎么办？", lexicon) == ("实习期满",)
    assert official_words("何时转正？", lexicon) == ("实习期满",)
    assert len(lexicon.entries) == len(packaged().entries) + 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[entry]\n", "TOML"),
        ('[[entry]]\nsaid = ["甲"]\nmeans = ["乙"]\n', "why"),
        ('[[entry]]\nsaid = []\nmeans = ["乙"]\nwhy = "丙。"\n', "said"),
        ('[[entry]]\nsaid = "甲"\nmeans = ["乙"]\nwhy = "丙。"\n', "said"),
        ('[[entry]]\nsaid = ["甲"]\nmean = ["乙"]\nwhy = "丙。"\n', "mean"),
        ("entry = 3\n", "[[entry]]"),
        ("entry = [3]\n", "第 1 条"),
    ],
)
def test_a_broken_lexicon_is_named(text: str, complaint: str) -> None:
    """The message says which file and what is wrong, the hint shows a good entry."""
    with pytest.raises(BadLexicon, match="本单位") as raised:
        list(parse(text, "本单位.toml"))
    assert complaint in str(raised.value)
    assert "[[entry]]" in raised.value.hint


def test_the_search_finds_what_was_said_otherwise(home: Path, tmp_path: Path) -> None:
    """Without the lexicon another article leads, with it the right one; the ablation names the entry that did it."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "细则.md").write_text(RULES, encoding="utf-8")
    index = Index(home, HashEmbedder())  # knows words, no meanings: what is gained is the lexicon's
    sync([folder], index)
    question = "申请交上去没人理"
    place = Place("细则.md", "第一条")

    def rank(case: Case, lexicon: Lexicon) -> int | None:
        hits = retrieve(index, Query(case.question), 10, lexicon)
        return next((at for at, hit in enumerate(hits, 1) if hit.article == place.article), None)

    case = Case("1", question, ((place,),))
    assert rank(case, NOTHING) == 2
    assert rank(case, packaged()) == 1
    (effect, *others) = ablate([case], packaged(), rank)
    assert "申请...没人理" in effect.said
    assert (effect.touched, effect.gains, effect.losses, effect.mrr) == (1, 1, 0, 0.5)
    assert not [one for one in others if one.touched]
    index.close()
