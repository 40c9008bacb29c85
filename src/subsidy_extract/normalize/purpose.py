"""Purpose: the words around a time go in; what the time is for (to apply, to spend, to be done, the programme) comes out."""

from __future__ import annotations

from subsidy_extract.compiled import compiled
from subsidy_extract.model import Context
from subsidy_extract.normalize.width import fold

ROLES = (
    ("completion", compiled(r"完了|完成|竣工|実績報告|納品|事業を終え|終了させ|工事を終")),
    ("eligible_cost", compiled(r"発生|支出|支払|対象経費|対象期間|助成期間|補助期間|経費|購入|契約|発注|着工|納入|出国|帰国|利用分|要した|要する|費用")),
    ("programme", compiled(r"事業期間|実施期間|まで(?:に実施する|実施する|の|に行う)?(?:各)?事業|本事業|までの(?:時限)?(?:制度|措置|特例)|開始する各?事業|事業年度|期間中|実施する|実施予定")),
    ("application", compiled(r"募集|申請|受付|受け付|公募|応募|申込|申し込|エントリー")),
)
CLUE = compiled(r"募集|申請|受付|受け付|公募|締切|締め切|〆切|応募|申込|申し込|エントリー|提出|必着|期間|期限|時期")
LABELLED = compiled(r"(?:[:は】」』〉>\]]|期間|期限|締切|締切日|〆切)\s*[（(]?\s*$")
_HANGS = compiled(r"\s*(?:\([^()]*期[間限]\)|(?:の?間)?[)]?\s?(?:まで(?:に\s?)?|以降|以後|から|より|迄|に|の)[^()。、\s]*|[^\s()。、]{0,6}分)")
_SENTENCE = compiled(r"[。※]")
_LABEL_BREAK = compiled(r"[。※]|\s(?=・)")
_HEAD_COST = compiled(r"対象期間|対象経費|補助期間|助成期間")
_HEAD_DONE = compiled(r"完了|実績")
_HEAD_PROGRAMME = compiled(r"実施期間|事業期間|実施時期")


def role_of(before: str, after: str, ctx: Context, own: bool, event: str | None) -> str:
    """What a period is for, by the label before it, the words after it, the heading of its column, the column."""
    said = _SENTENCE.split(after, 1)[0]
    label = _LABEL_BREAK.split(before)[-1]
    if LABELLED.search(label):
        role = nearest(label, last=True)
        if role:
            return role
    if own:  # in a column of windows 4/6～5/29（着工前に申請） is a window: only what hangs on the date itself says otherwise
        hangs = _HANGS.match(said)
        role = nearest(hangs.group(), last=False) if hangs else None
    else:
        role = nearest(said, last=False) or nearest(label, last=True)
    if role is None and (CLUE.search(said) or CLUE.search(label)):
        role = "application"  # 提出, 必着, 期限: of what is not said
    if role and not (event and role == "application"):
        return role
    if event:
        return "programme"
    heading = fold(ctx.heading or "")
    if _HEAD_COST.search(heading):
        return "eligible_cost"
    if _HEAD_DONE.search(heading):
        return "completion"
    if _HEAD_PROGRAMME.search(heading) and not ROLES[3][1].search(heading):
        return "programme"
    return "application" if own else "other"


def nearest(words: str, last: bool) -> str | None:
    """The role whose words stand first in a text (last: whose stand last), or None."""
    best: tuple[int, str] | None = None
    for role, pattern in ROLES:
        places = [m.start() for m in pattern.finditer(words)]
        if places:
            place = -places[-1] if last else places[0]
            if best is None or place < best[0]:
                best = (place, role)
    return best[1] if best else None
