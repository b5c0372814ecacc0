"""A follow-up made standalone by a language model; the rules where it fails or says what was never said.

Knows nothing of any model: `complete` takes the instructions and the text and gives the reply.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from importlib.resources import files

from bot.conversation.rewrite import Rewrite
from bot.errors import ModelFailed
from bot.model import Answer
from bot.refusing.smalltalk import not_for_documents
from ingest.text import NUMERAL, parse_number, search_form, titled

log = logging.getLogger(__name__)

Complete = Callable[[str, str], str]
_TURNS = 3  # the last turns that the model is shown
_SAID = 160  # characters of an answer that it is shown
_LONGEST = 200  # characters of a question; a longer reply is an answer or an excuse
_WHOLE = 24  # characters of a question that tells its own story, where the rules see no follow-up in it
_NUMBER = re.compile(rf"第[{NUMERAL}\d]+[条款项]|\d+|[{NUMERAL}]+(?=[年月日天个人名次])")
_NAMED = re.compile(r"《([^》]+)》")


def by_model(
    complete: Complete, rules: Rewrite, withheld: Callable[[str], bool] = lambda _: False
) -> Rewrite:
    """Questions that plainly stand alone never go to the model, nor does what rests on a document that is withheld.

    `withheld`: whether a document, by its id, may not be sent to the model.
    """

    def rewrite(turns: Sequence[Answer], question: str) -> str:
        ruled = rules(turns, question)
        said = [turn for turn in turns if not not_for_documents(turn.question)][-_TURNS:]
        plainly_whole = ruled == question and (len(question) > _WHOLE or "《" in question)
        if not said or plainly_whole or not_for_documents(question):
            return ruled
        talk = "\n".join(_turn(turn, withheld) for turn in said)
        try:
            reply = complete(_instructions(), f"{talk}\n<这一问>{_plain(question)}</这一问>")
        except ModelFailed as error:
            log.warning("follow-up read by rules: %s", error)
            return ruled
        made = reply.strip().strip("“”\"'")
        fault = _fault(made, f"{talk}\n{question}")
        if fault:
            log.warning("follow-up read by rules: the model's question %s", fault)
            return ruled
        return question if _bare(made) == _bare(question) else made

    return rewrite


def _instructions() -> str:
    return files("bot.prompts").joinpath("rewrite.md").read_text(encoding="utf-8")


def _turn(turn: Answer, withheld: Callable[[str], bool]) -> str:
    sent = {one.n: one for one in turn.citations if not withheld(one.document_id)}
    places = "、".join(dict.fromkeys(f"{titled(one.title)}{one.article or ''}" for one in sent.values()))
    said = "".join(one.text for one in turn.sentences if set(one.citations) <= sent.keys())[:_SAID]
    question = _plain(turn.standalone or turn.question)
    return f"<问>{question}</问>\n<答 出处={_plain(places) or '无'}>{_plain(said) or '没有找到依据'}</答>"


def _plain(text: str) -> str:
    """Nothing that is said can close the marks that it stands between."""
    return text.replace("<", "＜").replace(">", "＞")


def _fault(made: str, talk: str) -> str:
    """What is wrong with a reply; "" when nothing is. What nobody said must not be asked."""
    if not made or "\n" in made or len(made) > _LONGEST:
        return "is not one line"
    known = {_value(number) for number in _NUMBER.findall(talk)}
    strange = [number for number in _NUMBER.findall(made) if _value(number) not in known]
    strange += [name for name in _NAMED.findall(made) if search_form(name) not in search_form(talk)]
    return f"names what nobody said: {strange[0]}" if strange else ""


def _value(number: str) -> str:
    """第三十一条 and 第31条 alike, but neither is 31."""
    value = parse_number(number.strip("第条款项"))
    place = number[-1] if number[0] == "第" else ""
    return number if value is None else f"{value}{place}"


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text)
