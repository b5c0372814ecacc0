"""What speaks for an answer and what overrules it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answering.answer import compose_answer
from bot.chat import converse
from bot.model import Answer, Query, Quote
from bot.refusing.refusal import explain, is_answerable, measure
from bot.retrieval.lexicon import Lexicon, lexicon_of, parse
from bot.testing import hit
from ingest.model import Hit

TEXT = "第一条　星湖社区2025年收缴党费43470元，由望川街道核对。\n"


def evidence(title: str = "星湖社区2025年党费收缴报告") -> list[Hit]:
    return [hit(TEXT, TEXT.strip(), title=title)]


def decide(question: str, hits: list[Hit]) -> bool:
    quotes = [
        quote for one in compose_answer(question, hits, {"d1": TEXT}.__getitem__) for quote in one.quotes
    ]
    return is_answerable(question, hits, quotes)


def test_a_question_that_the_text_covers_is_answerable() -> None:
    """Meaning and words agree."""
    assert decide("星湖社区2025年收缴党费多少元？", evidence())


@pytest.mark.parametrize(
    "question",
    [
        "星湖社区2021年收缴党费多少元？",
        "明月街道2025年收缴党费多少元？",
        "《问责条例》对收缴党费是怎么规定的？",
        "星湖社区收缴党费的联系电话是多少？",
    ],
)
def test_another_year_place_or_work_and_a_missing_figure_are_refused(question: str) -> None:
    """However many of the other words agree."""
    assert not decide(question, evidence())


def test_the_askers_own_figure_is_no_reason_to_refuse() -> None:
    """A wage or an age that no source has is left out; a year, and a figure that the sources have, stay."""
    asked = "月工资4000元的党员每月交多少党费？"
    text = "第二条　党员每月按月工资交党费：3000元以下交0.5%，3000元以上至5000元交1%。"
    hits = [hit(text, text, title="党费规定")]
    (quote,) = [
        quote for one in compose_answer(asked, hits, {"d1": text}.__getitem__) for quote in one.quotes
    ]
    plain, own = (measure(question, hits, [quote]) for question in ("月工资的党员每月交多少党费？", asked))
    assert own.sentence == plain.sentence > 0.5
    assert "4000" not in explain(asked, hits)
    assert measure("星湖社区2021年收缴党费多少元？", evidence(), ()).year == 1.0


def test_nearness_counts_from_the_level_of_unrelated_questions() -> None:
    """The same cosine says much for one model and nothing for another, whose texts are all near."""
    near = [replace(evidence()[0], scores={"dense": 0.6})]
    assert measure("党费收了多少？", near, (), unrelated=0.2).near == pytest.approx(0.5)
    assert measure("党费收了多少？", near, (), unrelated=0.6).near == 0.0


def test_official_words_for_what_was_said_speak_for_an_answer() -> None:
    """没人搭理 asks for what the rule calls 派人同入党申请人谈话; a text that says something else does not speak."""
    text = "第七条　党组织收到入党申请书后，应当在一个月内派人同入党申请人谈话。"
    hits = [hit(text, text, title="发展党员工作细则")]
    assert measure("我交了申请书快俩月没人搭理", hits, ()).official == 2
    assert measure("啥时候能转正", hits, ()).official == 0
    assert measure("啥时候能转正", [hit("预备党员转为正式党员", "预备党员转为正式党员")], ()).official == 1


def test_the_words_of_the_home_count_like_the_packaged_ones() -> None:
    """星湖卡 stands where the text says 党员活动证, which the search says, too; without the home's lexicon the question
    is refused.
    """
    own = '[[entry]]\nsaid = ["星湖卡"]\nmeans = ["党员活动证"]\nwhy = "本单位的说法。"\n'
    lexicon = lexicon_of(parse(own, "本单位.toml"))
    text = "第三条　党员活动证遗失的，由办公室在五日内核发。"
    question = "星湖卡找不到了"
    hits = [replace(hit(text, text, title="服务办法"), scores={"dense": 0.32})]

    def told(lexicon: Lexicon | None) -> Answer:
        hits = [
            replace(
                hit(text, text, title="服务办法"), scores={"dense": 0.32, "said": 0.6 if lexicon else 0.0}
            )
        ]
        *_, last = converse(Query(question), lambda _: hits, {"d1": text}.__getitem__, lexicon=lexicon)
        return last

    assert measure(question, hits, (), lexicon=lexicon).official == 1
    assert told(None).status == "refused"
    assert "星湖卡" in told(None).warnings[0]
    assert told(lexicon).status == "answered"


def test_a_row_of_the_person_asked_after_speaks_for_an_answer() -> None:
    """However far its meaning is from the question's; another person's row does not."""
    text = "第2行 姓名：王小虚；支部：第二党支部；每月应交党费（元）：78"
    hits = [replace(hit(text, text, title="台账"), scores={"dense": 0.2})]
    quotes = [q for one in compose_answer("王小虚交多少", hits, {"d1": text}.__getitem__) for q in one.quotes]
    told = [measure(f"{name}每月交多少党费", hits, quotes) for name in ("王小虚", "李虚构")]
    assert [strength.term for strength in told] == [1.0, 0.0]
    assert is_answerable("王小虚每月交多少党费", hits, quotes)
    assert not is_answerable("李虚构每月交多少党费", hits, quotes)


def test_a_work_may_be_named_in_short() -> None:
    """干部档案条例 is 干部人事档案工作条例; 问责条例 is not."""
    hits = evidence("干部人事档案工作条例")
    assert measure("干部档案条例规定了什么？", hits, ()).work == 0.0
    assert measure("问责条例规定了什么？", hits, ()).work == 1.0


@pytest.mark.parametrize(
    ("work", "title"),
    [
        ("中华人民共和国公务员法", "公务员法"),
        ("《公务员法》", "中华人民共和国公务员法（2018年修订）"),
        ("《中国共产党支部工作条例（试行）》", "支部工作条例"),
        ("《党章》", "《中国共产党章程》（2022年修改）要点摘编"),
        ("《细则》", "中国共产党发展党员工作细则"),
        ("《党费收缴使用管理规定》", "《关于中国共产党党费收缴、使用和管理的规定》（2008年）要点摘编"),
        ("《民事诉讼法》", "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释"),
    ],
)
def test_a_work_named_in_full_or_in_short_is_there(work: str, title: str) -> None:
    """Whichever of question and title has the longer name."""
    assert measure(f"{work}第三条怎么理解？", evidence(title), ()).work == 0.0


@pytest.mark.parametrize(
    ("work", "title"),
    [
        ("《党法》", "中国共产党党内法规制定条例"),
        ("《党法》", "中国共产党党员权利保障法"),
        ("《监察法》", "中华人民共和国监察法实施条例"),
        ("《某县发展党员工作细则》", "中国共产党发展党员工作细则"),
        ("《问责条例》", "中国共产党党内监督条例"),
    ],
)
def test_a_work_that_is_not_there_is_missed(work: str, title: str) -> None:
    """However many of its characters another title has; the question is refused by the name."""
    hits = evidence(title)
    assert measure(f"{work}第三条怎么理解？", hits, ()).work == 1.0
    assert work in explain(f"{work}第三条怎么理解？", hits)


def test_no_quote_no_answer() -> None:
    """Whatever the hits score."""
    assert not is_answerable("星湖社区2025年收缴党费多少元？", evidence(), ())


def test_the_explanation_names_what_is_missing() -> None:
    """The work that is not there, the word no text has, or that nothing was found."""
    assert "《问责条例》" in explain("《问责条例》规定了什么？", evidence())
    assert "“红烧肉”" in explain("红烧肉怎么做？", evidence())
    assert "没有找到" in explain("红烧肉怎么做？", [])


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("《劳动法》对党费是怎么规定的？", ("work", "劳动合同法")),
        ("加入民革要几名介绍人？", ("name", "民革")),
        ("柳林村党支部收缴党费多少元？", ("name", "柳林村")),
        ("二十二大什么时候召开？", ("year", "二十二大")),
        ("第二党支部书记是谁？", ("figure", "")),
        ("党费记录由谁保管？", ("figure", "")),
        ("收缴党费招了多少名新生？", ("figure", "")),
    ],
)
def test_what_is_named_and_not_there_speaks_against_an_answer(
    question: str, counted: tuple[str, str]
) -> None:
    """Another law of a like name, another party, a village, a congress to come, a name, a deed, what is counted."""
    hits = evidence("中华人民共和国劳动合同法" if counted[0] == "work" else "社区党费报告")
    quotes = [q for one in compose_answer(question, hits, {"d1": TEXT}.__getitem__) for q in one.quotes]
    assert getattr(measure(question, hits, quotes), counted[0]) == 1.0


def test_a_refusal_suggests_what_the_nearest_text_answers() -> None:
    """In its own title and article; of another walk of life it tells what may be asked."""
    near = [replace(evidence()[0], article="第一条", title="党费收缴规定（试行）")]
    assert "可以改问：“《党费收缴规定》第一条是怎么规定的？”" in explain(
        "党费的红烧肉怎么做？", near, None, 0.2
    )
    far = [replace(near[0], scores={"dense": 0.2})]
    assert "支部党员大会多久召开一次" in explain("红烧肉怎么做？", far, None, 0.2)


@pytest.mark.parametrize(
    ("question", "quoted", "unsaid"),
    [
        (
            "志愿者能办证吗",
            "志愿者由值班馆员带领。",
            1.0,
        ),  # another text found speaks of it, the quote does not
        ("志愿者能办证吗", "志愿者可以办证。", 0.0),
        (
            "志愿者能进库房吗",
            "志愿者由值班馆员带领。",
            0.0,
        ),  # no text found has the words: it may be said otherwise
        ("志愿者有多少人", "志愿者由值班馆员带领。", 0.0),
    ],
)
def test_what_other_texts_speak_of_and_no_quote_does_is_against(
    question: str, quoted: str, unsaid: float
) -> None:
    text = f"{quoted}\n年满六岁的，可以办证。\n"
    hits = [hit(text, quoted), hit(text, "年满六岁的，可以办证。")]
    quotes = [Quote(hits[0], quoted, 0, len(quoted), 1.0)]
    assert measure(question, hits, quotes).unsaid == unsaid
