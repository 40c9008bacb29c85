"""A seed goes in; two years' lists of invented towns come out, with the truth of what became of each programme.

The edits are those real lists see. Clerks differ: each style of renaming and rewording is a function of its own, and a
list mixes them. Nothing here is read by the program; the small finder below stands for the extractor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from subsidy_extract.diff import YearList, from_rows
from subsidy_extract.diff.model import Head

from .subjects import PORT, SUBJECTS, Subject

FIRST = ["青", "砂", "若", "北", "月", "桐", "霧", "葉", "鳴", "瑞", "朝", "白", "深", "遠", "夏", "笹", "鶴", "潮", "雲", "萩", "藤", "椿", "沢", "石", "花", "森", "竹", "梅", "杉", "滝"]
LAST = ["瀬", "波", "槻", "見", "岬", "原", "浜", "倉", "里", "代", "霞", "鳥", "尾", "羽", "戸", "窪", "坂", "沼", "渕", "峰"]
BUREAUS = ["商工観光課", "産業振興課", "企業支援課", "経済政策課", "農林水産課", "農政課", "環境政策課", "建築住宅課", "港湾振興課", "地域づくり課", "危機管理課", "福祉課", "生涯学習課", "市民生活課"]  # fmt: skip
NEW_BUREAUS = ["未来産業課", "経済戦略課", "しごと創生課", "農業共創課", "ゼロカーボン推進課", "住まい政策課", "みなと未来課", "魅力発信課", "くらし安全課", "産業部商工課"]
DESKS = ["商工係", "振興係", "支援係", "企画係", "金融係", "農産係", "管理係", "推進係", "担い手係", "住宅係"]
SUFFIXES = ("補助金", "支援事業", "助成金", "事業補助金", "支援事業費補助金", "助成事業", "事業")
FRAMES = ("通常枠", "特別枠", "賃上げ枠", "グリーン枠", "小規模枠", "若者枠", "団体枠", "個人枠", "国内枠", "海外枠")


@dataclass(frozen=True)
class Office:
    town: str
    host: str
    bureau: str
    desk: str
    phone: str
    mail: str

    @property
    def text(self) -> str:
        return f"{self.town}{self.bureau} {self.desk}"


@dataclass(frozen=True)
class Draft:
    """One programme of one year, before it is written down."""

    uid: int
    subject: Subject
    office: Office
    name: str
    does: str
    who: str
    costs: tuple[str, ...]
    style: int
    rate: tuple[int, int] | None
    cap: int | None  # 万円
    until: date | None
    url: str
    note: str = ""
    words: str | None = None  # a summary of its own
    extension: str | None = None
    town_column: str = ""
    flips: tuple[Callable[[str], str], ...] = ()


@dataclass
class Truth:
    """What became of what. pairs: (old uid, new uid) → kind of edit; changes: (new uid, kind of change)."""

    pairs: dict[tuple[int, int], str] = field(default_factory=dict)
    added: dict[int, str] = field(default_factory=dict)
    removed: dict[int, str] = field(default_factory=dict)
    changes: set[tuple[int, str]] = field(default_factory=set)


@dataclass
class Case:
    old: YearList
    new: YearList
    old_uids: list[int]
    new_uids: list[int]
    truth: Truth


# ── a list of one year ───────────────────────────────────────────────────────────────────────────
def towns(rng: Random, count: int) -> list[tuple[str, str]]:
    names = [a + b for a in FIRST for b in LAST]
    rng.shuffle(names)
    return [(n + rng.choice("市市町村"), f"{rng.choice(['city', 'town'])}.t{i:03}.lg.jp") for i, n in enumerate(names[:count])]


def offices(rng: Random, town: str, host: str, count: int) -> list[Office]:
    area = rng.randint(2, 9)
    found = []
    for bureau in rng.sample(BUREAUS, count):
        phone = f"0{area}9{rng.randint(1, 9)}-{rng.randint(21, 79)}-{rng.randint(1000, 9999)}"
        found.append(Office(town, host, bureau, rng.choice(DESKS), phone, f"{rng.choice(['shoko', 'sangyo', 'kikaku', 'nosei', 'kankyo'])}{rng.randint(1, 99)}@{host}"))
    return found


def draft(rng: Random, uid: int, subject: Subject, office: Office, year: int) -> Draft:
    prefix = office.town if rng.random() < 0.45 else ""
    return Draft(
        uid, subject, office, prefix + subject.names[0] + rng.choice(SUFFIXES), rng.choice(subject.does), rng.choice(subject.who),
        tuple(rng.sample(subject.costs, min(len(subject.costs), rng.randint(1, 3)))), rng.randrange(6),
        rng.choice([(1, 2), (2, 3), (1, 3), (3, 4), None]), rng.choice([5, 10, 20, 30, 50, 100, 150, 200, 300, 500, 1000, None]),
        date(year + 1, rng.randint(1, 2), rng.randint(1, 28)) if rng.random() < 0.4 else None,
        f"https://www.{office.host}/{rng.choice(['soshiki', 'sangyo', 'kurashi'])}/{rng.randint(1, 9)}/{subject.slug}{rng.randint(1, 999)}.html" if rng.random() < 0.8 else "",
        town_column=office.town,
    )  # fmt: skip


def year_list(rng: Random, size: int, year: int) -> list[Draft]:
    """About `size` programmes: single ones, families with one page and office, frames of one programme, a harbour."""
    drafts: list[Draft] = []
    for town, host in towns(rng, max(1, size // rng.choice([7, 12, 25]))):
        if len(drafts) >= size:
            break
        desks = offices(rng, town, host, rng.randint(2, 5))
        if rng.random() < 0.35:
            desk = rng.choice(desks)
            url = f"https://www.{host}/minato/index.html" if rng.random() < 0.8 else ""
            for stem, words in rng.sample(PORT, rng.randint(4, 7)):
                d = draft(rng, len(drafts), rng.choice(SUBJECTS), desk, year)
                drafts.append(replace(d, name=f"{town[:-1]}港{stem}補助金", words=f"{town[:-1]}港を利用し、{words}", who=f"{town[:-1]}港利用事業者", url=url, rate=None, cap=None, until=None))
        for subject in rng.sample(SUBJECTS, min(len(SUBJECTS), rng.randint(5, 22))):
            d = draft(rng, len(drafts), subject, rng.choice(desks), year)
            if rng.random() < 0.12:
                for frame in rng.sample(FRAMES, rng.randint(2, 4)):
                    drafts.append(replace(d, uid=len(drafts), name=f"{d.name}（{frame}）", cap=rng.choice([30, 50, 100, 200, 400]), style=0))
            else:
                drafts.append(d)
    return [replace(d, uid=i) for i, d in enumerate(drafts[:size])]


# ── how clerks rename and reword ─────────────────────────────────────────────────────────────────
SYNONYMS = (("支援", "応援"), ("促進", "推進"), ("補助", "助成"), ("開拓", "拡大"), ("設備", "機器"), ("導入", "整備"), ("対策", "強化"), ("活用", "利活用"), ("更新", "入替"))
TEXT_SYNONYMS = (("経費", "費用"), ("補助します", "助成する"), ("助成する", "交付します"), ("支援します", "後押しする"), ("及び", "並びに"), ("購入", "取得"), ("設置", "整備"), ("事業者", "企業"), ("取組", "活動"), ("要する", "係る"), ("家", "住宅"), ("行う", "実施する"))


def rename_town(rng: Random, d: Draft) -> str:
    return d.name.removeprefix(d.office.town) if d.name.startswith(d.office.town) else d.office.town + d.name


def rename_synonym(rng: Random, d: Draft) -> str:
    name = d.name
    for a, b in rng.sample(SYNONYMS, len(SYNONYMS)):
        if a in name:
            name = name.replace(a, b, 1)
            if rng.random() < 0.6:
                return name
    return name if name != d.name else rename_insert(rng, d)


def rename_insert(rng: Random, d: Draft) -> str:
    word = rng.choice(["新", "次世代", "中小企業等", "地域", "がんばる", "緊急", "スマート", "戦略的"])
    at = len(d.office.town) if d.name.startswith(d.office.town) else 0
    return d.name[:at] + word + d.name[at:]


def rename_suffix(rng: Random, d: Draft) -> str:
    for s in sorted(SUFFIXES, key=len, reverse=True):
        if d.name.endswith(s):
            return d.name[: -len(s)] + rng.choice([x for x in (*SUFFIXES, "推進費補助金", "チャレンジ事業") if x != s])
    return d.name + "（拡充）"


def rename_drop(rng: Random, d: Draft) -> str:
    """A word in the middle goes."""
    stem = next((n for n in d.subject.names if n in d.name), None)
    if stem is None or len(stem) < 5:
        return rename_suffix(rng, d)
    cut = rng.choice([stem[:-2], stem[2:]])
    return d.name.replace(stem, cut, 1)


def rename_other(rng: Random, d: Draft) -> str:
    """Another clerk's name for the same subject."""
    stem = next((n for n in d.subject.names if n in d.name), None)
    return d.name.replace(stem, rng.choice([n for n in d.subject.names if n != stem]), 1) if stem else rename_insert(rng, d)


def rename_particle(rng: Random, d: Draft) -> str:
    stem = next((n for n in d.subject.names if n in d.name), None)
    if stem is None or len(stem) < 4:
        return rename_town(rng, d)
    return d.name.replace(stem, f"「{stem[:2]}」の{stem[2:]}" if rng.random() < 0.5 else f"{stem[:-2]}における{stem[-2:]}", 1)


RENAMES = (rename_town, rename_synonym, rename_insert, rename_suffix, rename_drop, rename_particle)
HARD_RENAMES = (rename_other,)


def reword_synonyms(rng: Random, d: Draft, text: str) -> str:
    for a, b in TEXT_SYNONYMS:
        if rng.random() < 0.7:
            text = text.replace(a, b)
    return text


def reword_turn(rng: Random, d: Draft, text: str) -> str:
    """The same facts in another order, as a sentence turned round."""
    money = f"{_rate(d, 1)}（上限{d.cap}万円）" if d.cap and d.rate else (f"{d.cap}万円まで" if d.cap else "一部")
    return rng.choice([
        f"{d.who}を対象に、{d.does}にかかった費用のうち{money}を市が負担する制度です。",
        f"【対象経費】{'、'.join(d.costs)} 【内容】{d.does}への支援。{money}",
        f"{d.does}を後押しするため、{'・'.join(d.costs)}などの{money}を交付。申請は着手前に限ります。",
    ])  # fmt: skip


def reword_trim(rng: Random, d: Draft, text: str) -> str:
    parts = re.split(r"(?<=[。、])", text)
    return "".join(parts[:-1] if len(parts) > 2 else parts) + rng.choice(["※事前に御相談ください。", "予算額に達し次第終了します。", "（1事業者1回限り）"])


def reword_other(rng: Random, d: Draft, text: str) -> str:
    """Written anew by another clerk, who keeps the costs and the money."""
    does = rng.choice([x for x in d.subject.does if x != d.does] or [d.does])
    return f"{does}など、{d.does[: len(d.does) // 2]}に関わる{'・'.join(d.costs)}を対象とする。" + (f"上限は{d.cap}万円。" if d.cap else "")


REWORDS = (reword_synonyms, reword_turn, reword_trim, reword_other)


# ── how the same text is typeset anew ────────────────────────────────────────────────────────────
WIDE = str.maketrans("0123456789()/:,%", "０１２３４５６７８９（）／：，％")
NARROW = {v: k for k, v in WIDE.items()}


def wide(text: str) -> str:
    return text if "@" in text or "http" in text else text.translate(WIDE)


def narrow(text: str) -> str:
    return text.translate(NARROW).replace("〜", "~").replace("～", "~").replace("－", "-")


def spaced(text: str) -> str:
    """A space where a line of the page broke on purpose."""
    return text if "@" in text or "http" in text or len(text) < 8 else text[: len(text) // 2] + " " + text[len(text) // 2 :]


def brackets(text: str) -> str:
    return text.replace("（", "〔").replace("）", "〕").replace("・", "･")


def circled(text: str) -> str:
    return text.replace("(1)", "①").replace("(2)", "②").replace("(3)", "③")


FLIPS: tuple[Callable[[str], str], ...] = (wide, narrow, spaced, brackets, circled)


# ── writing a draft down, and reading it as the extractor would ─────────────────────────────────
def _rate(d: Draft, how: int) -> str:
    if d.rate is None:
        return "一部"
    n, m = d.rate
    return (f"{m}分の{n}以内", f"{n}/{m}")[how % 2]


def summary(d: Draft) -> str:
    if d.words is not None:
        return d.words
    cap = f"{d.cap}万円" if d.cap else ""
    top = f"（上限額：{cap}）" if cap else ""
    until = f"（{d.until.year}年{d.until.month}月{d.until.day}日までに完了するもの）" if d.until and d.style != 5 else ""
    return (
        f"{d.does}に要する経費{until}の{_rate(d, 0)}{top}を補助します。",
        f"{d.does}に係る費用の一部を助成する。補助率：{_rate(d, 1)}" + (f"、限度額：{cap}" if cap else "") + until,
        f"{d.who}が行う{d.does}を支援します。" + (f"上限{cap}" if cap else "") + f"（{'、'.join(d.costs)}）{until}",
        f"{d.does}に対し、予算の範囲内で" + (f"{cap}を上限に" if cap else "") + f"交付します。{until}",
        f"(1){'(2)'.join(d.costs[:1])} (2)その他{d.does}に必要な経費 {_rate(d, 0)}を補助" + (f"（最大{cap}）" if cap else "") + until,
        f"{d.does}の取組を支援します。",
    )[d.style]  # fmt: skip


def row(d: Draft, number: int, year: int, shape: int) -> dict[str, Any]:
    """A row of programs.json. shape 0: contact and site; 1: own columns for rate, cap, period, towns; 2: telephone only."""
    phone = f"TEL：{d.office.phone}" + (f"（内線{d.extension}）" if d.extension else "")
    texts: dict[str, str] = {"name": d.name + d.note, "eligibility": d.who, "summary": summary(d)}
    texts["contact"] = f"{d.office.text} {phone}" + ("" if shape == 2 else f" E-mail：{d.office.mail}")
    if shape == 0 and d.url:
        texts["site"] = f"HP： {d.url}"
    if shape == 1:
        texts |= {"municipality": d.town_column, "rate_text": _rate(d, 0) if d.rate else "定額", "amount_text": f"{d.cap}万円" if d.cap else ""}
        texts["summary"] = d.words or f"{d.does}に要する経費（{'、'.join(d.costs)}）"
        texts["period_text"] = f"令和{year - 2018}年4月1日～令和{d.until.year - 2018}年{d.until.month}月{d.until.day}日" if d.until else "随時"
        texts["remarks"] = d.url
    for flip in d.flips:
        texts = {k: flip(v) for k, v in texts.items()}
    return {**read(texts), "number": number, "fiscal_year": year, "id": f"{year}-{d.uid:05}", **{k: v or None for k, v in texts.items()}}


PHONE = re.compile(r"(\d{2,4}-\d{2,4}-\d{4})(?:[（(〔]内線(\d+)[）)〕])?")


def read(texts: dict[str, str]) -> dict[str, Any]:
    """What an extractor would find in these texts, with the place of each."""
    out: dict[str, Any] = {k: [] for k in ("phones", "emails", "urls", "rates", "amounts", "periods", "extra")}

    def put(kind: str, column: str, m: re.Match[str], /, **value: Any) -> None:
        out[kind].append({**value, "column": column, "span_start": m.start(), "span_end": m.end(), "text": m.group(), "doubt": None})

    half = str.maketrans("０１２３４５６７８９（）〔〕－／：，％", "0123456789()()-/:,%")
    for column, published in texts.items():
        text = published.translate(half)  # one character for one: spans stay true
        text = text if len(text) == len(published) else published
        for m in PHONE.finditer(text):
            put("phones", column, m, kind="tel", number=m[1], e164="+81" + m[1].replace("-", "")[1:], extension=m[2], type="fixed_line", valid=True)
        for m in re.finditer(r"[\w.\-]+@[\w.\-]+", text):
            put("emails", column, m, address=m.group(), valid=True, suggestion=None)
        for m in re.finditer(r"https?://[\w./\-]+", text):
            put("urls", column, m, url=m.group(), valid=True, suggestion=None)
        if column in ("summary", "rate_text", "amount_text"):
            for m in re.finditer(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])|(\d{1,2})分の(\d{1,2})(以内)?", text):
                n, d = (m[1], m[2]) if m[1] else (m[4], m[3])
                put("rates", column, m, numerator=int(n), denominator=int(d), bound="up_to" if m[5] else "exact", scope=None)
            for m in re.finditer(r"(\d+)\s?万\s?円", text):
                put("amounts", column, m, role="cap", yen=int(m[1]) * 10000, per=None, scope=None)
    for part in out.values():
        for value in part:
            if "text" in value:
                value["text"] = texts[value["column"]][value["span_start"] : value["span_end"]]
    office = PHONE.sub("", texts.get("contact", "").translate(half))
    out["office"] = " ".join(re.sub(r"[\w.\-]+@[\w.\-]+|TEL:|TEL：|E-mail[:：]", "", office).split())
    out["cap_yen"] = max((a["yen"] for a in out["amounts"]), default=None)
    out["rate"] = max((r["numerator"] / r["denominator"] for r in out["rates"]), default=None)
    return out


def year_of(drafts: list[Draft], year: int, shape: int, heads: tuple[Head, ...] = ()) -> YearList:
    return from_rows([row(d, i, year, shape) for i, d in enumerate(drafts, 1)], label=f"r{year - 2018}", title=f"令和{year - 2018}年度 補助制度一覧", fiscal_year=year, heads=heads)


def rolled(drafts: list[Draft]) -> Iterator[Draft]:
    """The same programmes a year later, every deadline exactly a year later."""
    for d in drafts:
        yield replace(d, until=d.until.replace(year=d.until.year + 1) if d.until else None)


def other_day(day: date) -> date:
    return day + timedelta(days=-3 if day.day > 20 else 9)
