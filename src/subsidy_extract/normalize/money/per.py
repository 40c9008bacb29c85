"""Per: the words around a figure go in (/人・月, 1団体につき, 月額), the unit the figure is paid for comes out, in one spelling."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from subsidy_extract.compiled import compiled

_NUM = r"(?:[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[一二三四五六七八九十])"

_TIME = {
    "年間": "年", "年額": "年", "か年": "年", "カ年": "年", "ヶ年": "年", "ヵ年": "年", "ケ年": "年", "箇年": "年", "年度": "年度", "年": "年",
    "月間": "月", "月額": "月", "か月": "か月", "カ月": "か月", "ヶ月": "か月", "ヵ月": "か月", "ケ月": "か月", "箇月": "か月", "ヵ月間": "か月", "か月間": "か月", "カ月間": "か月", "ヶ月間": "か月", "月": "月",
    "日額": "日", "日間": "日", "日": "日", "週間": "週", "週": "週", "時間": "時間", "四半期": "四半期", "学期": "学期", "期": "期", "泊": "泊", "夜": "夜",
}  # fmt: skip
_MEASURE = {
    "平方メートル": "㎡", "平米": "㎡", "㎡": "㎡", "m²": "㎡", "m2": "㎡", "平方m": "㎡",
    "立方メートル": "㎥", "立米": "㎥", "㎥": "㎥", "m³": "㎥", "m3": "㎥",
    "アール": "a", "a": "a", "ヘクタール": "ha", "ha": "ha", "㏊": "ha", "坪": "坪", "反": "反",
    "キログラム": "kg", "kg": "kg", "㎏": "kg", "Kg": "kg", "KG": "kg", "トン": "t", "t": "t", "グラム": "g", "g": "g",
    "キロメートル": "km", "km": "km", "㎞": "km", "メートル": "m", "m": "m", "リットル": "L", "L": "L", "ℓ": "L", "キロワット": "kW", "kWh": "kWh", "kW": "kW", "kw": "kW", "KW": "kW", "kwh": "kWh", "W": "W", "MJ": "MJ", "GJ": "GJ",
    "TEU": "TEU", "FEU": "FEU", "R/T": "R/T", "F/T": "F/T", "M/T": "M/T",
}  # fmt: skip
_THING = ["人", "名", "者", "社", "件", "台", "回", "団体", "事業者", "事業所", "事業", "企業", "法人", "会社", "施設", "店舗", "店", "コンテナ", "戸", "棟", "世帯", "住戸", "住宅", "区画", "頭", "羽", "匹", "本", "株", "枚", "部", "冊", "個", "基", "機", "両", "隻", "便", "航海", "寄港", "船", "室", "部屋", "床", "席", "軒", "グループ", "チーム", "商店街", "自治会", "町内会", "組合", "組", "学校", "校", "園", "学級", "クラス", "夫婦", "子", "児", "児童", "生徒", "学生", "園児", "案件", "申請", "申請者", "品目", "品", "製品", "商品", "作品", "路線", "系統", "講座", "コース", "科目", "種目", "種類", "点", "式", "セット", "口", "枠", "地区", "地域", "集落", "市町村", "団地", "筆", "ほ場", "圃場", "経営体", "農業者", "農家", "荷主", "ブース", "小間", "研修", "開催", "大会", "公演", "ツアー", "往復", "片道", "単位", "設備", "システム", "機器", "計画", "プロジェクト", "テーマ", "課題", "特許", "出願", "か国", "カ国", "ヶ国", "国", "言語", "商標", "箇所", "か所", "カ所", "ヶ所", "ヵ所", "杯", "食", "日曜", "従業員", "労働者", "対象者", "定員", "利用者", "参加者", "受講者", "受験者", "新規就農者", "就農者", "会員", "世代", "家族", "滞在", "宿泊", "車両", "車", "隊", "班", "支部", "議案", "取組", "拠点", "工場", "倉庫", "ライン", "会場", "イベント", "事業場", "契約", "取引", "案", "基準", "支店", "本社", "年度分", "月分", "回線", "アカウント", "ID", "端末", "ライセンス", "工事", "井", "缶", "箱", "袋", "樹", "苗", "鉢", "巣", "尾", "出展", "展示会", "商談", "商談会", "認証", "資格", "試験", "検定", "講習", "講師", "インターン", "実習", "補助対象者", "補助事業者", "補助対象事業", "交付対象者", "キロ", "対象事業", "対象施設", "実施主体", "任意団体", "隊員", "避難所", "園地", "牛舎", "畜舎", "ハウス", "船舶", "漁船", "漁業者", "生産者", "組織", "コンソーシアム", "市", "町", "村", "県", "地方公共団体", "自治体", "大学", "高校", "幼稚園", "保育所", "認定こども園", "病院", "診療所", "薬局", "医療機関", "ステーション", "訪問", "診療", "接種", "検査", "受診", "出産", "胎", "不妊治療"]  # fmt: skip

_CANON = {**_TIME, **_MEASURE, "名": "人", "箇所": "箇所", "か所": "箇所", "カ所": "箇所", "ヶ所": "箇所", "ヵ所": "箇所", "人月": "人・月", "人日": "人・日", "人年": "人・年"}
_WORDS = sorted({*_TIME, *_MEASURE, *_THING, "人月", "人日", "人年"}, key=lambda word: (-len(word), word))
_UNIT = f"(?:{'|'.join(regex.escape(w) for w in _WORDS)})(?![a-zA-Z])"
_MARK = r"(?:当たり|あたり|当り|辺り|につき|に付き|につい|毎(?!月|年|日|週|回)に?|ごとに?|に対し(?:て)?)"
"""Words that say: for each."""

_EACH_ONE = r"(?:当たり|あたり|当り|辺り|につき|に付き|毎(?!月|年|日|週|回)に?|ごとに?)"
"""The same for a noun without a number, where 事業に対し only says to whom."""

_OF_A_SUM = compiled(rf"\x20?{_EACH_ONE}[\x20、]*")
_ONE = rf"{_NUM}?\x20?{_UNIT}(?:\([^()0-9]{{1,8}}\))?"
_NEXT = rf"{_NUM}?{_UNIT}(?:\([^()0-9]{{1,8}}\))?"
_AFTER = compiled(
    rf"\x20?/\x20?(?P<units>{_ONE}(?:[・/の]?{_NEXT}){{0,2}}){_MARK}?(?=$|[^0-9一-龥ァ-ヶーa-zA-Z]|以内|以下|まで|上限|程度|[0-9])"
)
_AFTER_NOUN = compiled(rf"\x20?/\x20?(?P<units>{_NUM}?(?![万億千百円])[一-龥ァ-ヶーA-Za-z々]{{1,10}}(?:・[一-龥ァ-ヶーA-Za-z々]{{1,8}})?(?:\([^()0-9]{{1,8}}\))?)(?:{_MARK}|ずつ)?(?=$|[、。;)\]】>]|\x20|を|以内|まで|の|(?<=/\x20?[1一]\x20?[一-龥ァ-ヶーA-Za-z々]{{1,10}})\()")
"""A unit nobody listed, after the slash: up to a separator."""
_SEPARATE = compiled(r"(?:限度|上限|下限|補助|助成|最大|最高|定額|加算|交付)|枠$|型$|企業者?$|地域$|地方$|等$")
_GLUED = compiled(rf"\x20?(?P<units>{_NUM}?\x20?{_UNIT}(?:\x20?{_NUM}\x20?{_UNIT}){{0,2}}){_MARK}")
_PAREN = compiled(
    rf"^\x20?(?:(?P<units>{_ONE}(?:\x20?(?:・|×|の)?\x20?{_ONE}){{0,2}}){_MARK}|(?P<noun>{_NUM}?[一-龥ァ-ヶーA-Za-z]{{1,10}}){_MARK}|(?P<time>[年月日]額|年間|毎年度?|毎月|[1一]\x20?(?:(?!回|年|か月|カ月|ヶ月|枚|枠|期|点|式){_UNIT})))(?:の?(?:上限額?|限度額?|補助上限額?|最大)?)?\x20?$")

_CHAIN = compiled(
    rf"(?P<units>(?:{_NUM}\x20?{_UNIT}|(?<![0-9.,])[1一]の{_UNIT}|(?<![0-9.,])[1一]\x20?(?!億|[千百十万]{{0,2}}(?:円|%|割))[^\s0-9、。:;()/はがをにの]{{1,12}}?|(?<![一-龥ァ-ヶーA-Za-z]){_UNIT}(?=\x20?(?:[・×]|又は|または|{_EACH_ONE})))(?:(?:\x20?(?:・|×|の|、|又は|または|及び)?\x20?)(?:{_NUM}\x20?{_UNIT}|[1一]\x20?(?!億|[千百十万]{{0,2}}(?:円|%|割))[^\s0-9、。:;()/はがをに]{{1,10}}?|(?<=[・×]){_UNIT})){{0,3}})(?:の[一-龥ァ-ヶー]{{1,6}})?(?P<mark>{_MARK})"
)
_SECOND = compiled(rf"[\x20、の]?(?P<units>[1一]\x20?(?:{_UNIT}|[一-龥ァ-ヶー]{{1,6}}?)){_MARK}|\x20?(?P<trip>片道|往復)(?=\x20?$)")
_LEGAL_ONE = compiled(r"(?<![0-9.,])[1一]の(?=[^\s0-9])")
"""一の事業所: as statutes count one."""
_ENDS = compiled(rf"{_EACH_ONE}\x20?$")
_ALTERNATIVE = compiled(rf"(?P<units>(?:[0-9一]\x20?)?(?:{_UNIT})(?:又は|または|若しくは|もしくは|・)(?:[0-9一]\x20?)?(?:{_UNIT}))(?P<mark>{_MARK})")
_NOUN = compiled(rf"(?:^|[\s、。:;()のはがを・])(?P<units>(?:各)?[一-龥ァ-ヶーA-Za-z々]{{1,12}})(?P<mark>{_EACH_ONE})")
_BODY = r"[一-龥ァ-ヶー]{0,8}(?:者|社|体|所|店|校|組合|企業|団体|会)"
"""A body nobody listed, told by its last sign: 中小企業者, 実行委員会."""
_COUNT = compiled(rf"(?P<units>(?<![0-9第.,])(?:1|一)\x20?(?:{_UNIT}|{_BODY})(?:(?:\x20|・|の|×)?(?:(?:1|一)\x20?{_UNIT}|片道|往復)){{0,2}})(?P<rest>[\x20:、の]*(?:の?(?:補助|助成|支給|交付)?(?:金額?|額)?の?(?:上限額?|限度額?|最大|最高)(?:は|:)?)?[\x20:]*)$")
_TIMED = compiled(
    r"(?:^|(?<=[\s、。:;()はがをにで・】\]>)一-龥ァ-ヶー]))(?P<units>(?P<n>(?<![0-9.,第和成])[0-9]{1,2}\x20?(?:か年|カ年|ヶ年|年|か月|カ月|ヶ月|ヵ月)間?|月額|年額|日額|年間|月間|毎月|毎年度?|毎日|毎週|(?<![0-9か])(?<![0-9か]\x20)(?<![前当翌同次半単通昨周]|令和|各|[一二三四五六七八九十0-9])[年月日週]))"
    r"(?P<rest>(?:の合計)?で?\x20?/?\x20?:?\x20?(?:(?:平米|㎡|1?平方メートル|坪)?\x20?単価\x20?)?(?:の?(?:補助|助成)?(?:上限額?|限度額?|最大|最高)(?:は|:|で)?)?[\x20:]*)$"
)
_EACH = compiled(r"(?:各々?|それぞれ)\x20?(?:上限\x20?)?$")
_HEADING = compiled(r"円\x20?(?P<unit>/\x20?[^()、。\s]{1,8})")
_PERPRICE = compiled(r"(?P<units>平米|㎡|平方メートル|坪|時間|人件費)\x20?単価\x20?:?\x20?$")
_PLUS = compiled(r"(?:[一-龥ァ-ヶー]{1,8}の)?(?:延べ)?(?:(?P<people>[一-龥ァ-ヶー]{0,6}?の?人数)|(?P<units>[一-龥ァ-ヶー]{1,8}?)の?数)\x20?[×xX*]\x20?$")
_TIMES = compiled(r"\x20?[×xX*]\x20?(?:(?P<units>[一-龥ァ-ヶー]{1,8}?)の?数|(?P<people>[一-龥ァ-ヶー]{0,6}?の?人数))(?![0-9])")
_PART = compiled(rf"(?P<n>{_NUM})?\x20?(?P<word>{_UNIT}(?=$|[^一-龥ァ-ヶー]|[一二三四五六七八九十]|{_UNIT})|[^\s0-9・×の/()]+(?:/T)?)(?P<gloss>\([^()]*\))?")


_HOW_OFTEN = frozenset({"回", "泊", "便", "往復", "片道", "食"})
"""回・人 is 人・回: whose turn it is comes first."""


@dataclass(frozen=True, slots=True)
class Per:
    """unit: in one spelling (人・月). marked: につき and its like stand there, so it holds for the figures after it too."""

    unit: str
    start: int
    end: int
    marked: bool = False


@lru_cache(maxsize=2048)
def canonical(units: str) -> str:
    """１人１日 → 人・日, 36カ月 → 36か月, 10アール → 10a: persons before time, the rest as it comes."""
    units = _LEGAL_ONE.sub("1", units)
    if "又は" in units or "または" in units or "若しくは" in units or "もしくは" in units:
        return str(regex.sub(r"(?<![0-9])[1一]\x20?(?=[^0-9\s])", "", units.strip()))
    whole = _CANON.get(units.strip())
    if whole:
        return whole
    people: list[str] = []
    times: list[str] = []
    for part in _PART.finditer(units):
        number, word = part["n"] or "", part["word"]
        if number in ("1", "一"):
            number = ""
        name = _CANON.get(word, word)
        if name == "か月" and not number:
            name = "月"
        if name in ("人・月", "人・日", "人・年"):
            people.append("人")
            name = name[-1]
        text = number + name + (part["gloss"] or "")
        (times if name in _TIME.values() and name != "泊" else people).append(text)
    # 月額平米単価: what stands for an area or a weight follows the time it is paid for
    area = [p for p in people if p in ("㎡", "㎥", "坪")]
    order = sorted((p for p in people if p not in area), key=lambda p: p != "人") if people[1:] and people[0] in _HOW_OFTEN else [p for p in people if p not in area]
    order += [*times, *area]
    return "・".join(dict.fromkeys(order))


def after(text: str, pos: int, end: int, next_figure: int) -> Per | None:
    """The unit behind a figure that ends at `pos`: /人・月, /10aあたり, or 1人当たり glued to it; None when the slash parts two figures.

    next_figure: where the next figure begins; a noun that leads up to it (欧米等：50万円) is its own, no unit.
    """
    noun = None
    found = _AFTER.match(text, pos)
    if found is not None and found.end() > end:
        found = _AFTER.match(text, pos, end)  # 人(定員): the bracket is looked at by itself
    if found is None:
        noun = _AFTER_NOUN.match(text, pos)
        if noun is None or noun.end() > end or _SEPARATE.search(noun["units"]):
            return None
        found = noun
    stop = found.end()
    # アジア30万円/欧米50万円: what runs on into a figure or a colon is a label
    tail = text[stop : stop + 2].lstrip()
    if tail[:1] == ":" or next_figure == stop or (noun is not None and next_figure > stop and not text[stop:next_figure].strip()):
        return None
    return Per(canonical(found["units"]), pos, stop)


@lru_cache(maxsize=256)
def of_heading(heading: str) -> str | None:
    """What the heading of a column says each sum is paid for: 1人当たり上限額, 補助単価（円/10a）; heading folded."""
    slash = _HEADING.search(heading)
    if slash:
        found = _AFTER.match(slash["unit"] + "。", 0)
        return canonical(found["units"]) if found else None
    marked = [unit.unit for unit in before(heading) if unit.marked]
    return canonical("・".join(marked)) if marked else None


def glued(text: str, pos: int, end: int) -> Per | None:
    """3,000円1人当たり: the unit after the figure without a slash."""
    found = _GLUED.match(text, pos)
    return Per(canonical(found["units"]), pos, found.end(), True) if found and found.end() <= end and not text[found.end() : found.end() + 1].isdigit() else None


@lru_cache(maxsize=2048)
def bracket(text: str) -> Per | None:
    """(1人当たり), (年額): a bracket that only says per what."""
    found = _PAREN.match(text)
    if found is None:
        units = before(text) if _ENDS.search(text) else ()
        return Per(canonical("・".join(unit.unit for unit in units)), 0, len(text), True) if units else None
    return Per(canonical((found["units"] or found["noun"] or found["time"]).replace("毎", "")), 0, len(text), True)


def times(text: str, pos: int, end: int) -> Per | None:
    """400円×会員数: the count the figure is multiplied with, behind it."""
    found = _TIMES.match(text, pos)
    if found is None or found.end() > end:
        return None
    unit = "人" if found["people"] or found["units"][-1:] == "人" else _CANON.get(found["units"], found["units"])
    return Per(unit, pos, found.end())


def of_a_sum(prefix: str) -> int:
    """Length of the つき or ごとに that stands right behind another sum: 1,000円|ごとに10円; 0 without."""
    found = _OF_A_SUM.match(prefix)
    return found.end() if found else 0


@lru_cache(maxsize=2048)
def before(prefix: str) -> tuple[Per, ...]:
    """Every unit the words before a figure name, with the place in `prefix`: 1荷主の1申請につき, 月額, 各, 世帯数×."""
    found: list[Per] = []
    if "につ" in prefix or "たり" in prefix or "当り" in prefix or "毎" in prefix or "ごと" in prefix or "に対し" in prefix or "に付" in prefix:
        chain = _ALTERNATIVE.search(prefix) or _CHAIN.search(prefix)
        if chain is not None:
            start, units = chain.start("units"), chain["units"]
            # 通所1日あたり: the day of something, not a day
            lead = regex.search(r"(?:^|[\s、。:;()])([一-龥]{1,3})$", prefix[:start])
            if lead and regex.fullmatch(r"1\x20?日", units):
                found.append(Per(lead[1] + units, start - len(lead[1]), chain.end(), True))
            else:
                end = chain.end()
                while (more := _SECOND.match(prefix, end)) is not None:  # 1か月あたり1灯につき
                    units, end = f"{units}・{more['units'] or more['trip']}", more.end()
                found.append(Per(canonical(units), start, end, True))
        else:
            noun = _NOUN.search(prefix)
            if noun is not None and not regex.search(r"対し|事業等に|これ|それ", noun[0]):
                found.append(Per(canonical(noun["units"]), noun.start("units"), noun.end(), True))
    rest = prefix[found[0].end :] if found else prefix
    offset = len(prefix) - len(rest)
    plus = _PLUS.search(rest)
    if plus:
        return (*found, Per("人" if plus["people"] else _CANON.get(plus["units"], plus["units"]), offset + plus.start(), offset + plus.end()))
    price = _PERPRICE.search(rest)
    if price:
        time = _TIMED.search(rest)
        unit = canonical((time["units"] + "・" if time else "") + price["units"])
        return (*found, Per(unit, offset + (time.start("units") if time else price.start()), len(prefix)))
    count = _COUNT.search(rest)
    if count:
        found.append(Per(canonical(count["units"]), offset + count.start("units"), offset + count.end("units"), bool(found)))
        rest, offset = rest[count.end("units") :], offset + count.end("units")
    timed = _TIMED.search(rest)
    if timed:
        unit = timed["units"].replace("毎", "")
        found.append(Per(canonical(unit), offset + timed.start("units"), offset + timed.end("units")))
    elif not found and (each := _EACH.search(rest)):
        found.append(Per("各", offset + each.start(), offset + each.start() + 1))
    return tuple(found)
