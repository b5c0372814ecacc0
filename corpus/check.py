"""Check the digests of this folder against the official texts they digest, and the manifest against the folder.

    python corpus/check.py                        the manifest only
    python corpus/check.py --regulations DIR      and every digest against DIR/<basis>

A unit is one 第X条 of a regulation, or one 一、 section of a text that has no articles. For every unit of a
digest: its label is a heading of the source, labels rise, every figure and every modal word stands in that unit
of the source, and no run of more than LONGEST_RUN characters is copied. Facts of topic digests name their units
at the end of the line and are held to the same rules. What the script cannot see - who does it, to whom - is for
a reader. Exit status: 0 all well, 1 something to mend, listed below the table.
"""

import argparse
import datetime as dt
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST_RUN = 18
FIELDS = {
    "source": str,
    "title": str,
    "work": str,
    "kind": str,
    "issuer": str,
    "date": dt.date,
    "version": str,
    "status": str,
}
NOT_DOCUMENTS = {"README.md", "manifest.toml", "questions.tsv", "check.py"}

# A digest may say 可以 where the source says 可, never a modal that the unit does not have at all.
MODALS = {
    "应当": "应",
    "可以": "可",
    "不得": "不得",
    "必须": "必须",
    "一般": "一般",
    "原则上": "原则上",
    "不能": "不能",
    "严禁": "严禁",
    "不准": "不准",
    "不宜": "不宜",
}
FIXED_TERMS = (
    "习近平新时代中国特色社会主义思想",
    "中国特色社会主义",
    "中央宣传思想文化工作领导小组",
    "入党积极分子",
    "党支部党员大会",
    "党支部委员会",
    "县级以上党委组织部门",
    "县级党委组织部门",
    "公共就业和人才服务机构",
)

_HAN = "零〇一二两三四五六七八九十百千"
_NUMBER = rf"(?:\d+(?:\.\d+)?|[{_HAN}]+)"
_UNIT = r"(?:个?月|个?工作日|个?学时|周?岁|年|日|天|名|人|次|%|元|个|种|卷|代)"
_FIGURE = re.compile(rf"(?<!第)(?:({_NUMBER})({_UNIT})?[至到—-])?({_NUMBER})({_UNIT})")
_WORDS = re.compile(rf"半数|半年|每年|每季度|每月|第[{_HAN}]季度|[{_HAN}]分之[{_HAN}]|\d+:\d+")
_ARTICLE = re.compile(rf"^第([{_HAN}]+)条[ \u3000]")
_SECTION = re.compile(rf"^(?:## )?([{_HAN}]+)、")
_CITED = re.compile(rf"（((?:《[^》]+》(?:、?第[{_HAN}]+(?:条|部分))+[，；]?)+)）。$")
_CITED_WORK = re.compile(rf"《([^》]+)》((?:、?第[{_HAN}]+(?:条|部分))+)")


@dataclass(frozen=True)
class Row:
    """What was looked at in one digest; `run` is its longest copied run, in characters."""

    source: str
    units: int
    figures: int
    run: int
    problems: tuple[str, ...]


def number(text: str) -> float:
    """The value of an Arabic or Chinese numeral below ten thousand; 两 is 2."""
    if text[0].isdigit():
        return float(text)
    total, digit = 0, 0
    for character in text:
        if character in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        else:
            digit = "零一二三四五六七八九".find(character.replace("两", "二").replace("〇", "零"))
    return float(total + digit)


def plain(text: str) -> str:
    """One width, no white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def figures(text: str) -> set[str]:
    """The figures of a text in one spelling: 一个月 is 1个月, 两名 is 2人, a range yields both its ends."""
    found = set(_WORDS.findall(plain(text)))
    for low, low_unit, high, unit in _FIGURE.findall(plain(text)):
        spelled = {"个月": "个月", "个": "个", "名": "人", "周岁": "岁"}.get(unit, unit.removeprefix("个"))
        values = [number(high)] + ([number(low)] if low and low_unit in ("", unit) else [])
        found |= {f"{value:g}{spelled}" for value in values if f"{value:g}{spelled}" != "1个"}
        if low and low_unit not in ("", unit):
            found |= figures(low + low_unit)
    return found


def copied_run(digest: str, source: str) -> str:
    """The longest run both texts share.

    Stops and commas do not break a run; 、 and quotes do, because enumerations and titles are fixed terms.
    """

    def pieces(text: str) -> list[str]:
        text = re.sub(r"《[^》]*》|" + "|".join(FIXED_TERMS), "、", re.sub(r"\s+", "", text))
        return re.split(r"[、“”（）()]", re.sub(r"[，。；：,;:]", "", unicodedata.normalize("NFC", text)))

    haystack = "\n".join(pieces(source))
    best = ""
    for piece in pieces(digest):
        for start in range(len(piece)):
            while start + len(best) < len(piece) and piece[start : start + len(best) + 1] in haystack:
                best = piece[start : start + len(best) + 1]
    return best


def units(text: str) -> dict[int, str]:
    """The articles of a text, or its sections where it has no articles: number -> whole text of the unit.

    A heading counts only in sequence, so that 依照本条例第八条 wrapped to a line's start opens nothing.
    """
    lines = text.splitlines()
    heading = _ARTICLE if any(_ARTICLE.match(line) for line in lines) else _SECTION
    found: dict[int, str] = {}
    for line in lines:
        match = heading.match(line)
        if match and int(number(match[1])) == len(found) + 1:
            found[len(found) + 1] = ""
        if found:
            found[len(found)] += line + "\n"
    return found


def digest_units(text: str) -> list[tuple[int, str]]:
    """The units of a digest in the order written; chapter headings and the notice at the top are in none."""
    lines = text.splitlines()
    by_article = any(_ARTICLE.match(line) for line in lines)
    found: list[tuple[int, str]] = []
    for line in lines:
        match = (_ARTICLE if by_article else _SECTION).match(line)
        if match:
            found.append((int(number(match[1])), ""))
        if found and (match or not line.startswith(("#", ">"))):
            found[-1] = (found[-1][0], found[-1][1] + line + "\n")
    return found


def compare(label: str, fact: str, source: str) -> Iterator[str]:
    """What stands in the fact and not in its source."""
    if missing := sorted(figures(fact) - figures(source)):
        yield f"{label}: figures not in the source: {' '.join(missing)}"
    if strange := [word for word, root in MODALS.items() if word in fact and root not in source]:
        yield f"{label}: modal words not in the source: {' '.join(strange)}"
    if len(run := copied_run(fact, source)) > LONGEST_RUN:
        yield f"{label}: copies {len(run)} characters: {run}"


def check_digest(name: str, text: str, source: str) -> Row:
    """One regulation digest against its official text."""
    official, facts, problems = units(source), digest_units(text), list[str]()
    numbers = [n for n, _ in facts]
    if not facts or numbers != sorted(set(numbers)):
        problems.append("labels missing or not rising")
    known = [(n, _ARTICLE.sub("", fact), official[n]) for n, fact in facts if n in official]
    problems += [f"第{n}条 is not in the source" for n in numbers if n not in official]
    for n, fact, clause in known:
        problems += compare(f"第{n}条", fact, clause)
    return Row(
        name,
        len(facts),
        sum(len(figures(fact)) for _, fact, _ in known),
        max((len(copied_run(fact, clause)) for _, fact, clause in known), default=0),
        tuple(problems),
    )


def check_topic(name: str, text: str, works: dict[str, str]) -> Row:
    """One topic digest; works: official name of each regulation in force -> its text."""
    problems, checked, counted, longest = list[str](), 0, 0, 0
    for line in (line for line in text.splitlines() if line and not line.startswith(("#", ">"))):
        cited = _CITED.search(line)
        if not cited:
            problems.append(f"no source at the end of: {line[:24]}")
            continue
        fact, source = line[: cited.start()], ""
        for title, labels in _CITED_WORK.findall(cited[1]):
            named = [work for work in works if work.endswith(title)]
            if len(named) != 1:
                problems.append(f"《{title}》 names {len(named)} works")
                continue
            official = units(works[named[0]])
            for label in re.findall(rf"第([{_HAN}]+)", labels):
                if int(number(label)) not in official:
                    problems.append(f"《{title}》 has no 第{label}条")
                source += official.get(int(number(label)), "")
        problems += compare(line[:16], fact, source)
        checked, counted = checked + 1, counted + len(figures(fact))
        longest = max(longest, len(copied_run(fact, source)))
    return Row(name, checked, counted, longest, tuple(problems))


def check_manifest(corpus: Path, documents: list[dict[str, Any]]) -> Iterator[str]:
    """Every file listed once, every entry there, every field of its type, every successor known."""
    listed = [document.get("source") for document in documents]
    there = {
        path.relative_to(corpus).as_posix()
        for path in corpus.rglob("*")
        if path.is_file() and path.name not in NOT_DOCUMENTS and "__pycache__" not in path.parts
    }
    yield from (f"{name}: not in the manifest" for name in sorted(there - set(listed)))
    yield from (f"{name}: listed, but no such file" for name in sorted(set(map(str, listed)) - there))
    yield from (f"{name}: listed twice" for name in sorted({str(n) for n in listed if listed.count(n) > 1}))
    for document in documents:
        name = document.get("source")
        for field, kind in FIELDS.items():
            if not isinstance(document.get(field), kind) or not document[field]:
                yield f"{name}: {field} is missing or not a {kind.__name__}"
        if document.get("status") not in ("现行", "已被取代"):
            yield f"{name}: status is {document.get('status')}"
        successor = document.get("superseded_by")
        if (document.get("status") == "已被取代") != (successor in listed and successor != name):
            yield f"{name}: superseded_by does not fit its status"
        if document.get("kind") == "法规摘编" and not document.get("basis"):
            yield f"{name}: no basis"


def check(corpus: Path, regulations: Path | None) -> tuple[list[Row], list[str]]:
    """Rows for the digests (none without the official texts), and the problems of the manifest."""
    documents: list[dict[str, Any]] = tomllib.loads((corpus / "manifest.toml").read_text("utf-8"))["document"]
    problems = list(check_manifest(corpus, documents))
    if regulations is None:
        return [], problems
    documents = [d for d in documents if "kind" in d and (corpus / str(d.get("source"))).is_file()]
    official = {d["source"]: (regulations / d["basis"]).read_text("utf-8") for d in documents if "basis" in d}
    works = {
        d["work"]: official[d["source"]] for d in documents if "basis" in d and d.get("status") == "现行"
    }
    rows = []
    for document in documents:
        name = document["source"]
        if document["kind"] == "法规摘编" and name in official:
            rows.append(check_digest(name, (corpus / name).read_text("utf-8"), official[name]))
        elif document["kind"] == "专题摘编":
            rows.append(check_topic(name, (corpus / name).read_text("utf-8"), works))
    return rows, problems


def table(rows: list[Row], problems: list[str]) -> list[str]:
    """The report, line by line."""
    lines = ["units figures run problems  digest"]
    lines += [f"{r.units:5} {r.figures:7} {r.run:3} {len(r.problems):8}  {r.source}" for r in rows]
    found = problems + [f"{row.source}: {problem}" for row in rows for problem in row.problems]
    lines.append(
        f"{len(rows)} digests, {sum(r.units for r in rows)} units, {sum(r.figures for r in rows)} "
        f"figures, longest run {max((r.run for r in rows), default=0)}, {len(found)} problems"
    )
    return lines + found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="check the digests against the official texts")
    parser.add_argument("--regulations", type=Path, help="folder of the official texts")
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parent)
    arguments = parser.parse_args()
    found_rows, found_problems = check(arguments.corpus, arguments.regulations)
    print("\n".join(table(found_rows, found_problems)))
    sys.exit(1 if found_problems or any(row.problems for row in found_rows) else 0)
