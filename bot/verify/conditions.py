"""Whether the sentence keeps the conditions and exceptions under which its evidence speaks. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.verify.content import share
from bot.verify.model import Verdict
from bot.verify.passages import Place
from bot.verify.reading import Clause, Reading, grams_of

KEPT = 0.36  # of a condition's words that the sentence has to have
STANDS, APART = 0.7, 0.45  # a half stands in one rule; no rule has this much of both
HOLDS = 0.5  # of a clause's words that the sentence has, from which it is what the sentence says
_CONDITION = re.compile(
    r"(?:的|的情况下|情况下|的情形下|下列(?:情形|行为)之一)$|^(?:除|凡|经|如|若|对|因|确有|遇有?|符合|没有|未经)|^(?:必要时|根据(?:工作)?需要|特殊情况下?|情节.{1,4})$|"
    r"的(?:党员|预备党员|正式党员|党支部|党组织|单位|人员|人|党委|高校|高等学校|机关|组织|入党积极分子|发展对象|地方|干部|党小组|公职人员|公务员)$|"
    r"(?:时|期间)$|(?:经|报|由).{2,24}(?:批准|同意|研究|审批)后?$"
)
_NOT_A_CONDITION = re.compile(
    r"^(?:对于?本|为了|为|根据《|按|依)|下列|之一|上述|前款|以下(?:情形|行为|情况)|(?:目的|内容|任务|职责|程序|主要|权利|义务)是?$"
)
_EXCEPTION = re.compile(r"^(?:但|但是|不过|然而)|除外$|除.{1,40}(?:外|以外)$|另有规定|从其规定|的除外")
_EXCEPTS = re.compile(r"但|不过|然而|除.{1,40}外|例外|另有|特别规定")
_BESIDES = re.compile(r"除.{1,40}外")
_OTHERS = re.compile(r"除.{1,40}外|其他|其余")
_REST = re.compile(r"其他|其余|另外")
_LABEL = re.compile(r"^第[^条]{1,6}条")
_APPROVED = re.compile(r"[经报].{2,24}(?:批准|同意|审批)后?$")
_APPROVAL = re.compile(r"批|同意|审|许可|允许|准许|授权|点头")
_NOUN = re.compile(r"的([^\W的]{1,7})$")
_INNER = re.compile(
    r"必要时|确有必要|特殊情况下?|无正当理由|根据(?:工作)?需要|情节(?:较轻|较重|严重|特别严重|轻微)"
)
_INNER_SAME = (
    ("必要时", r"必要|需要|有需"),
    ("确有必要", r"必要|需要"),
    ("特殊情况", r"特殊|例外|个别"),
    ("无正当理由", r"理由|无故|缘由"),
    ("根据", r"需要|必要|有需"),
)


def check_conditions(said: Reading, places: Sequence[Place]) -> Verdict | None:
    spliced = _splice(said, places)
    if spliced:
        return spliced
    for reading, at in _meant(said, places):
        found = _one_of_two(said, reading, at)
        if found:
            return found
        found = _phrases(said, reading, at) or _before(said, reading.clauses, at)
        found = found or _after(said, reading.clauses, at)
        if found:
            return found
    return None


def _meant(said: Reading, places: Sequence[Place]) -> list[tuple[Reading, int]]:
    """The clauses of the evidence that the clauses of the sentence say: for each the best one that is no condition."""
    denies = any(clause.modality.denied for clause in said.clauses)
    meant: list[tuple[Reading, int]] = []
    for clause in said.clauses:
        topic = clause is not said.clauses[-1] and clause.text.startswith(("对", "关于", "至于"))
        if topic or len(clause.grams) < 2 or (clause.text.endswith("的") and clause.stop == ","):
            continue
        best, at_best = 0.0, None
        for place in places:
            for at, there in enumerate(place.reading.clauses):
                if _is_condition(there) or not there.grams or (there.modality.denied and not denies):
                    continue
                shared = len(clause.grams & there.grams)
                score = shared / len(clause.grams) + 0.7 * shared / len(there.grams)
                score += 0.3 * len(said.grams & place.reading.grams) / len(said.grams)
                if score > best:
                    best, at_best = score, (place.reading, at)
        if at_best and _held(at_best[0].clauses[at_best[1]], said) and at_best not in meant:
            meant.append(at_best)
    return meant


def _one_of_two(said: Reading, reading: Reading, at: int) -> Verdict | None:
    """村、社区的每届五年，其他的三年: what comes before 其他 holds only of those named at its beginning."""
    if not any(_REST.match(clause.text) for clause in reading.clauses[at + 1 :]):
        return None
    opening = grams_of(_LABEL.sub("", reading.clauses[at].text)[:8])
    opening -= frozenset().union(
        *(clause.grams for clause in reading.clauses[at + 1 :] if _REST.match(clause.text))
    )
    if opening and not opening & said.grams:
        return Verdict(False, "scope", f"依据只对其中一种情况说：“{reading.clauses[at].text}”")
    return None


def _phrases(said: Reading, reading: Reading, at: int) -> Verdict | None:
    """没有正当理由, 必要时, 情节较重: short conditions in the clause or before it."""
    for clause in reading.clauses[: at + 1]:
        for inner in _INNER.finditer(clause.text):
            same = next((words for start, words in _INNER_SAME if inner[0].startswith(start)), inner[0][2:])
            if not re.search(same, said.text):
                return Verdict(False, "condition", f"漏了条件“{inner[0]}”")
    return None


def _splice(said: Reading, places: Sequence[Place]) -> Verdict | None:
    """The condition of one rule joined to the consequence of another: each stands there, never together."""
    for at, clause in enumerate(said.clauses[:-1]):
        if not clause.text.endswith("的") or clause.stop != "," or len(clause.grams) < 3:
            continue
        then = said.clauses[at + 1].grams
        if len(then) < 3:
            continue
        known = [place.reading.grams | place.lead for place in places]
        second = [len(then & one) / len(then) for one in known]
        both = max(
            min(len(clause.grams & one) / len(clause.grams), share_)
            for one, share_ in zip(known, second, strict=True)
        )
        first = max(
            (
                len(clause.grams & other.grams) / len(clause.grams)
                for place in places
                for other in place.reading.clauses
                if other.text.endswith("的")
            ),
            default=0.0,
        )
        rule = places[second.index(max(second))].reading
        other_rule = any(
            one.text.endswith("的") and len(one.grams & said.grams) < 0.5 * len(one.grams)
            for one in rule.clauses
        )
        graded = any(gram.startswith("<0c:severity") for gram in clause.grams)
        if min(first, max(second)) >= STANDS and both < APART and (other_rule or graded):
            return Verdict(False, "condition", f"“{clause.text}”在依据中说的是另一种后果")
    return None


def _held(clause: Clause, said: Reading) -> bool:
    grams = clause.grams
    if _INNER.search(clause.text):
        grams = grams & grams_of(_INNER.sub("", clause.text))
    if len(grams) < 3:
        return False
    return len(grams & said.grams) >= HOLDS * len(grams)


def _is_condition(clause: Clause) -> bool:
    if clause.stop != "," or (clause.modality.forces and not clause.text.endswith("的")):
        return False
    return _CONDITION.search(clause.text) is not None and _NOT_A_CONDITION.search(clause.text) is None


def _before(said: Reading, clauses: Sequence[Clause], at: int) -> Verdict | None:
    chain = _chain(clauses, at)
    any_of, each = _alternatives(chain)
    if any_of and all(_missing(clause, said) for clause in any_of):
        each = [*each, any_of[-1]]
    for clause in each:
        if _missing(clause, said):
            return Verdict(False, "condition", f"漏了条件“{clause.text}”")
    return None


def _chain(clauses: Sequence[Clause], at: int) -> list[Clause]:
    """The conditions before a clause, in their order; what stands before “…的” without a modal belongs to it."""
    chain: list[Clause] = []
    for clause in reversed(clauses[:at]):
        if clause.stop in {";", "。", ":"}:
            break
        part = bool(chain) and chain[0].text.endswith("的") and not clause.modality.forces
        if not (_EXCEPTION.search(clause.text) or _is_condition(clause) or part):
            break
        chain.insert(0, clause)
    return chain


def _alternatives(chain: Sequence[Clause]) -> tuple[list[Clause], list[Clause]]:
    """(those of which one is enough: A的，或者B的; those that all hold)."""
    starts = [
        at for at, clause in enumerate(chain) if clause.text.startswith(("或", "以及", "及", "无论", "不论"))
    ]
    ends = [clause.text.rpartition("的")[2] for clause in chain if "的" in clause.text]
    if not starts and len(chain) > 1 and len(ends) == len(chain) and ends[0] and len(set(ends)) == 1:
        return list(chain), []  # 对长期定居的党员，出国研究的党员，…
    if not starts:
        return [], [clause for clause in chain if _EXCEPTION.search(clause.text) or _is_condition(clause)]
    last = next((at for at in range(starts[-1], len(chain)) if chain[at].text.endswith("的")), starts[-1])
    return list(chain[: last + 1]), list(chain[last + 1 :])


def _after(said: Reading, clauses: Sequence[Clause], at: int) -> Verdict | None:
    for clause in clauses[at + 1 :]:
        if _EXCEPTION.search(clause.text):
            figures = {gram for gram in clause.grams if gram.startswith("<0n:")}
            others = _BESIDES.search(clause.text) and _OTHERS.search(said.text)
            if not _EXCEPTS.search(said.text) and not figures & said.grams and not others:
                return Verdict(False, "exception", f"漏了例外“{clause.text}”")
            return None
        if clause.stop == "。":
            break
    return None


def _missing(clause: Clause, said: Reading) -> bool:
    """Of alternatives (A、B或者C) the sentence need name one; 除…外 may be said in other words."""
    if _EXCEPTION.search(clause.text) and _EXCEPTS.search(said.text):
        return False
    if _BESIDES.search(clause.text) and _OTHERS.search(said.text):
        return False
    approved = _APPROVED.search(clause.text)
    if approved and not _APPROVAL.search(said.text):
        return True
    noun = _NOUN.search(clause.text)
    said_of = grams_of(noun[1]) if noun else frozenset()  # 党支部 of 有七人以上的党支部 is no condition
    letters = frozenset(said.text)
    parts = [grams_of(part) for part in re.split(r"、|或者?|以及", clause.text)]
    parts.append(
        grams_of(clause.text[2 * len(clause.text) // 5 :])
    )  # whom it is said of may be left to the title
    kept = [
        _kept(part, said.grams, letters)
        for part in ((one - said_of) for one in (*parts, clause.grams))
        if part
    ]
    return bool(kept) and max(kept) < KEPT


def _kept(part: frozenset[str], known: frozenset[str], letters: frozenset[str]) -> float:
    return 0.4 * len(part & known) / len(part) + 0.6 * share(part, known, letters)
