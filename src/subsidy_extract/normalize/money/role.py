"""Role: the words before and behind a figure go in (上限, 以内, を加算), cap, floor, fixed, addition or stated comes out."""

from __future__ import annotations

from functools import lru_cache

import regex

from subsidy_extract.compiled import compiled

CAP, FLOOR, FIXED, ADDITION, STATED = "cap", "floor", "fixed", "addition", "stated"

_COUNTED = r"(?!人数|回数|年齢|期間|\x20?(?:[2-9]|[1-9][0-9]+)\x20?(?:人|名|年|か月|カ月|ヶ月|回|日|社|件|台|泊|時間|店|[kMG]?W|TEU))"
_CAP = rf"最高限度額|上限金額|上限額|上限{_COUNTED}|限度額|限度{_COUNTED}|最大限|最大(?!出力|値|級|手|規模|需要|積載|荷重|収容|容量){_COUNTED}|最高(?!裁|齢|気温|級)|極度額|MAX|Max|max"
_FLOOR = r"下限金額|下限額|下限|最低補助額|最低額|最低(?!賃金)|最小"
_ADDITION = r"加算金額|加算額|加算|上乗せ額?|上乗額?|増額|割増|追加|引き?上げ|プラス|\+"
_FIXED = r"一律|定額|均一"
WORD = compiled(
    rf"(?P<add>{_ADDITION})|(?P<floor>{_FLOOR})|(?P<cap>{_CAP})|(?P<fixed>{_FIXED})"
)
_NONE = compiled(r"(?:上限|限度額?|下限)額?(?:は|の)?(?:なし|無し|無|ない|あり|有|に達|まで)")
"""上限なし, 上限に達し次第: the word, but no role of a figure."""

SUFFIX = compiled(
    r"""\x20?(?:
      (?P<cap>(?:の)?(?:範囲)?以内(?:の額)?|以下(?:の額)?|(?:を|が)(?:補助)?(?:上限額?|限度額?|最大|最高)(?:と(?:する|し|して|します|なります)?|に|です|として)?|(?:の)?(?:上限額?|限度額?|限度|MAX)(?=\x20*(?:$|[、。,)\]】>;]))|まで(?!の)|を?超えない(?:範囲|額)?|の範囲内|未満|止まり)
    | (?P<floor>以上|(?:を|が)下限額?(?:と(?:する|し|して)?|に|です)?|下限額?(?:とする|とし|です)|~(?=\x20?(?:$|[、。/)\]】;]))|下限(?=\x20*(?:$|[、。,)\]】>;])))
    | (?P<add>(?<!\x20)(?:を|が|の|ずつ)?(?:さらに|更に|別途)?(?:加算|上乗せ|増額|追加|引き?上げ|アップ|プラス)(?![額分枠措率]|\x20?[:]?\x20?[0-9])(?:します|する|して?|され(?:る|ます))?)
    | (?P<fixed>(?:を|の)?(?:一律|定額|均一)(?:で|に)?(?!\x20?[:(]?\x20?[0-9])|(?:の)?定額(?!\x20?[:(]?\x20?[0-9]))
    | (?P<neutral>程度|ほど|前後|相当額?|ずつ|也|-(?=\x20*(?:$|[、。,)\]】>;]))|分|の範囲|とし|とする)
    )""",
    regex.VERBOSE,
)
_RISE = compiled(r"に(?:引き?上げ|増額|拡充|拡大|変更|アップ)")
"""1,000万円に引上げ names the new figure; 1,000万円引上げ adds to it."""

_HEADING_CAP = compiled(r"上限|限度|最高|最大")
_HEADING_FLOOR = compiled(r"下限")
_LOWER = compiled(r"(?:いずれか|どちらか|比較して|比べて).{0,6}?(?:低い|少ない|小さい)|(?:低い|少ない)方の?額")


@lru_cache(maxsize=2048)
def of_words(prefix: str) -> tuple[str | None, int]:
    """The role the words before a figure give it, and where the last role word ends in `prefix` (0 without one).

    The word nearest to the figure speaks: 限度額に上乗せ is an addition, 加算の上限 a cap.
    """
    role, end = None, 0
    if not prefix:
        return None, 0
    for word in WORD.finditer(prefix):
        if word.lastgroup == "cap" and _NONE.match(prefix, word.start()):
            continue
        if word.lastgroup == "add" and word[0].endswith("上げ") and prefix[word.end() : word.end() + 1] in ("枠", "を", "要", "特"):
            continue  # 賃金引上げ枠
        if word.lastgroup == "add" and prefix[max(0, word.start() - 2) : word.start()] in ("賃金", "賃上"):
            continue
        role = {"cap": CAP, "floor": FLOOR, "add": ADDITION, "fixed": FIXED}[word.lastgroup or "cap"]
        end = word.end()
    return role, end


def of_suffix(text: str, pos: int, end: int) -> tuple[str | None, int]:
    """The role the word right behind a figure gives it (以内, 以上, を加算), and where that word ends; (None, pos) without one."""
    found = SUFFIX.match(text, pos)
    if found is None or found.end() > end:
        return None, pos
    if found["add"] and _RISE.match(text, pos):
        return None, pos
    kind = found.lastgroup
    return {"cap": CAP, "floor": FLOOR, "add": ADDITION, "fixed": FIXED}.get(kind or ""), found.end()


def of_heading(heading: str | None) -> str | None:
    """What a bare figure is under this heading: 補助上限額 → cap, 補助額 → None."""
    if not heading:
        return None
    if _HEADING_CAP.search(heading):
        return CAP
    return FLOOR if _HEADING_FLOOR.search(heading) else None


def lower_of(folded: str) -> bool:
    """いずれか低い額: then a bare sum is what the rest may not go beyond."""
    return _LOWER.search(folded) is not None
