"""Reading: a folded text and its context go in; every figure in it with role, per, scope and bound comes out, to be judged by amount and rate."""

from __future__ import annotations

import regex

from subsidy_extract.compiled import compiled
from subsidy_extract.normalize.money import per as pers
from subsidy_extract.normalize.money import role as roles
from subsidy_extract.normalize.money import scope as scopes
from subsidy_extract.normalize.money.figure import Figure
from subsidy_extract.normalize.money.item import Item, Level, State
from subsidy_extract.normalize.money.shape import Group, Node

_HARD = "。;※■◆●☑◎\n"
"""Signs after which nothing said before holds any more."""
_NEAR = 240
"""Characters before a figure that can speak of it; a label stands closer in every list read so far."""
_RANGE = compiled(r"^\x20?(?:~|-|から|より)\x20?(?:最大|最高|約)?\x20?$")
_EITHER = compiled(r"^\x20?(?:又は|または|若しくは|もしくは|or)\x20?$")
_LINKED = compiled(r"^\x20?(?:~|-|から|又は|または|若しくは|もしくは|及び|と|・|、|,|/|or)\x20?$")
_OLD = compiled(r"(?:旧|従前|改正前|変更前|見直し前|前年度|昨年度|前年|従来|これまで|(?:令和|R)[0-9元]{1,2}年度(?:予算額?)?)(?:の?(?:額|予算額?|補助額|上限額?))?(?:は|:|の)?\x20?$")
_WORKINGS = compiled(r"[0-9円%]\x20?[×÷]|[×÷]\x20?[0-9]|=|[0-9円人]\x20?[xX*]\x20?[0-9]|^例|^計算")
_ROLE_ONLY = compiled(r"^\x20?(?:(?P<cap>(?:補助|助成)?(?:上限額?|限度額?|最大時?|最高額?|以内))|(?P<floor>下限額?|最低額?|最小)|(?P<fixed>定額|一律|均一)|(?P<add>加算|上乗せ|加算額))\x20?$")
_PLUS = compiled(r"\+(?:[^、。]{0,12})$")
_NOTE = compiled(r"(?P<sign>[(<〈《【\[])\x20{0,3}[)>〉》】\]]\x20?(?:書き|書|内|の中|は)\x20?(?:の金額|の額|の率)?は?、?\x20?(?P<what>[^。、※()]{2,30}?)(?:の場合|である場合|とき|を行う場合|の額|の金額|の率|の上限|の限度)")
_BUDGET = compiled(r"(?:事業|予算額?|事業費)\x20?[:\x20]\x20?$")
_CAPPED = compiled(r"(?P<sum>[0-9][0-9,.]*[千百十万億]*円)\x20?を超え(?:る|た)?(?:とき|場合)(?:に)?は?、?\x20?$")
"""その額が3,000万円を超えるときは、3,000万円とする: the statute's way to say 3,000万円を限度とする."""
_TOTAL = compiled(r"\x20?で、?(?:総額|合計)?(?:最大|最高|上限|限度)")
_SAID = ("word", "suffix")
"""Item.how of a role that words at the figure itself give."""
_CLAUSE_END = compiled(r"[、。]")
_NUMBERED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
"""Marks that name a scope; (1) and ア only part what is enumerated."""


def _since_hard_sign(prefix: str) -> tuple[str, str]:
    """The last sign of a prefix after which nothing said before holds (empty: none), and the words from there on."""
    hard = max(map(prefix.rfind, _HARD)) if len(prefix) > 1 else -1
    sign = prefix[hard] if hard >= 0 else ""
    return sign, prefix[-_NEAR:] if hard < len(prefix) - _NEAR else prefix[max(0, hard) :]


class Walk:
    """Walks the figures of one folded text from left to right and leaves them in `items`, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items: list[Item] = []
        note = _NOTE.search(text) if ")内" in text or ">" in text or ") 内" in text or ")書" in text or "】内" in text else None
        self.note = (note["sign"], scopes.clean(note["what"])) if note else None

    def level(self, nodes: list[Node], start: int, end: int, outer: State, parent: Item | None = None) -> list[Item]:
        """Reads one bracket level, text[start:end]; gives the items found directly in it."""
        here = Level(outer)
        pos = start
        for index, node in enumerate(nodes):
            gap = self.text[pos : node.start]
            following = nodes[index + 1].start if index + 1 < len(nodes) else end
            if isinstance(node, Figure):
                item = self.take(here, node, here.pending + gap, parent)
                here.pending = ""
                pos = self.suffixes(item, node.end, following, following if index + 1 < len(nodes) and isinstance(nodes[index + 1], Figure) else -1)
                continue
            if not node.figures and self.text[node.start + 1 : node.end - 1].strip().isdecimal() and node.end - node.start <= 4:
                # (2) begins the next of an enumeration
                here.label = here.scope = here.per = here.role = here.last = None
                here.pending, pos = "", node.end
                continue
            if here.last is not None and not here.pending and not gap.strip() and not self._leads(here, node, gap, following):
                pos = self.behind(here, here.last, node, following)
                continue
            pos = self.ahead(here, node, gap)
        return here.recent

    def _leads(self, here: Level, group: Group, gap: str, following: int) -> bool:
        """【通常枠】50万円 【特別枠】80万円: a bracket that speaks for the figure behind it, as the first one did."""
        if group.figures or following >= len(self.text) or regex.search(r"[、。;]", self.text[group.end : following]):
            return False
        return group.sign == here.lead_sign or (group.sign in "【〔[" and bool(gap))

    # ── a figure ─────────────────────────────────────────────────────────────────────────────────
    def take(self, here: Level, figure: Figure, prefix: str, parent: Item | None) -> Item:
        """The figure with what the words before it say."""
        sign, prefix = _since_hard_sign(prefix)
        item = Item(figure, prefix=prefix, parent=parent)
        self._hang(here.last, item)
        if sign:
            here.label = here.mark = here.per = here.scope = None
            if sign != "※":
                here.role = None
            prefix = prefix.removeprefix(sign)
        linked = figure.joined is not None or _LINKED.match(prefix) is not None
        prefix = self._behind_mark(here, prefix)
        prefix, measure = self._measure(here, prefix)
        units = pers.before(prefix)
        words = prefix
        for unit in reversed(units):
            words = words[: unit.start] + " " + words[unit.end :]
        self._role(here, item, prefix)
        self._scope(here, item, prefix, words, linked)
        self._per(here, item, [*measure, *(u.unit for u in units)], bool(measure) or any(u.marked for u in units), linked)
        if _OLD.search(prefix):
            item.dropped = "old"
        if prefix.rstrip().endswith("="):
            self._drop_workings(here, figure)
        item.bare = not item.own_scope and not prefix.strip()
        self._add(here, item, prefix)
        here.last = item
        here.recent.append(item)
        self.items.append(item)
        return item

    def _measure(self, here: Level, prefix: str) -> tuple[str, list[str]]:
        """売上100万円につき1万円: the sum before is what the figure is paid for, and no sum of the subsidy."""
        end = pers.of_a_sum(prefix) if here.last is not None and here.last.figure.kind == "yen" else 0
        if not end or here.last is None:
            return prefix, []
        here.last.dropped = "measure"
        return prefix[end:], [self.text[here.last.figure.start : here.last.figure.end].replace(" ", "")]

    @staticmethod
    def _hang(last: Item | None, item: Item) -> None:
        """How a figure hangs on the one before it: the end of its range, the other of two, or what replaces it."""
        if last is None:
            return
        joined = item.figure.joined
        if last.figure.kind == item.figure.kind:
            if joined == "range" or (joined is None and _RANGE.match(item.prefix)):
                item.pair = last
            elif joined == "or" or _EITHER.match(item.prefix):
                item.either = last
        if joined == "new" or item.prefix.rstrip().endswith("→"):
            last.dropped = "replaced"

    @staticmethod
    def _behind_mark(here: Level, prefix: str) -> str:
        """The words behind the last ① or (1) of a prefix, which begins the next of an enumeration."""
        mark = next(reversed(list(scopes.MARK.finditer(prefix))), None)
        if mark is None:
            return prefix
        here.mark = mark["mark"] if mark["mark"][0] in _NUMBERED else None
        here.label = here.scope = None
        return prefix[mark.end() :]

    def _scope(self, here: Level, item: Item, prefix: str, words: str, linked: bool) -> None:
        """For whom or what the figure is. words: the prefix without its units."""
        rate, last = item.figure.kind == "rate", here.last
        before, colon, behind = words.rpartition(":")
        if colon:
            name = scopes.label(before)
            if name:
                here.label, here.scope = name, None
        mine = scopes.own(behind, rate) if behind.strip() else None
        lead, here.lead = here.lead, None
        if rate and prefix.rstrip().endswith("の"):
            lead = None  # 経費（交付決定から1月までに払うもの）の2/3: what the cost is, not for whom
        if mine or lead:
            here.scope = scopes.join(lead, mine)
        elif last is not None and _TOTAL.match(prefix):
            here.scope = last.own_scope  # 団体には1人6,000円で最大30万円: one clause, so for the same
        elif not linked and (last is None or rate == (last.figure.kind == "rate")):
            here.scope = None  # but 小規模2/3（…）上限50万円: the scope goes on to the figure of the other kind
        if not mine and self._for_all(here, item):
            here.label = here.scope = None
        item.own_scope = scopes.join(lead, mine)
        item.label = here.label
        item.scope = scopes.join(here.outer.scope, here.mark, here.label, here.scope)

    def _drop_workings(self, here: Level, result: Figure) -> None:
        """50人×3,000円=15万円: what stands in the same clause before the sign is how the figure was worked out."""
        for other in here.recent:
            between = self.text[other.figure.start : result.start]
            if "=" in between and not _CLAUSE_END.search(between):
                other.dropped = "workings"

    def _add(self, here: Level, item: Item, prefix: str) -> None:
        """Figures of a formula, and those that come on top of another."""
        if _PLUS.search(prefix) or here.outer.plus:
            if here.last is not None and here.last.how == "formula":
                item.role, item.how = roles.STATED, "formula"  # 300円×世帯数＋50,000円: the sum that is not multiplied
            elif item.how not in _SAID:
                item.role, item.how = roles.ADDITION, "plus"
        if "+" in self.text and prefix.rstrip()[-1:] in ("×", "x", "X", "*") and item.how not in _SAID:
            item.role, item.how = roles.ADDITION, "formula"  # 世帯数×300円＋2万円

    @staticmethod
    def _for_all(here: Level, item: Item) -> bool:
        """中小1/2、小規模2/3 限度額50万円: the first sum after rates for several is for all of them, not for the last."""
        if item.how != "word" or any(i.figure.kind == item.figure.kind for i in here.recent):
            return False
        others = {(i.label, i.own_scope) for i in here.recent if i.label or i.own_scope}
        return len(others) > 1 and here.label in {label for label, _ in others}

    def _role(self, here: Level, item: Item, prefix: str) -> None:
        word, _end = roles.of_words(prefix)
        if word is not None:
            item.role, item.how = word, "word"
            if word in (roles.CAP, roles.FLOOR):
                here.role, here.kind = (word if word == roles.CAP else None), item.figure.kind
            else:
                here.role = None
        elif (prefix.strip() == "~" and item.pair is None) or ((over := _CAPPED.search(prefix)) is not None and over["sum"] == self.text[item.figure.start : item.figure.end]):
            item.role, item.how = roles.CAP, "word"
        elif here.role is not None and here.kind == item.figure.kind:
            item.role, item.how = here.role, "carry"
        elif here.outer.role is not None and here.outer.kind in (None, item.figure.kind):
            item.role, item.how = here.outer.role, "group"

    def _per(self, here: Level, item: Item, units: list[str], marked: bool, linked: bool) -> None:
        own = self._compose(units)
        if here.lead_per:
            own = self._compose([here.lead_per, own] if own else [here.lead_per])
            here.lead_per = None
        if own:
            item.per, item.marked = own, marked
            here.per = own if marked else None
            if item.how == "word":
                here.role_per = True  # 上限 1人10万円 1社100万円: the cap goes on to the next unit
            if here.role_per:
                return
            if (item.how == "carry" and not marked and "・" not in own and own not in ("月", "年", "日")) or (item.how == "carry" and marked):
                item.role, item.how = None, ""
            return
        if item.how == "word" and not linked:
            here.per, here.role_per = None, False
        item.per, item.marked = here.per, here.per is not None
        if item.per is None and item.how not in ("word", "suffix"):
            item.per, item.marked = here.outer.per, here.outer.marked
        if linked and item.per is None and item.pair is not None:
            item.per = item.pair.per

    @staticmethod
    def _compose(units: list[str]) -> str | None:
        if not units:
            return None
        whole = pers.canonical("・".join(units)) if len(units) > 1 else units[0]
        return whole or None

    # ── what stands behind a figure ──────────────────────────────────────────────────────────────
    def suffixes(self, item: Item, pos: int, end: int, figure: int) -> int:
        """Takes the words right behind a figure (以内, /人, を加算); gives where they end."""
        for _ in range(4):
            ahead = self.text[pos : pos + 2].lstrip()
            if not ahead or ahead[0] in "、。,;)]}】>":
                break
            unit = None
            if ahead[0] == "/":
                unit = pers.after(self.text, pos, end, figure)
            elif ahead[0] in "×xX*":
                unit = pers.times(self.text, pos, end)
                if unit is not None and item.how in ("", "carry", "group") and item.figure.kind == "yen" and "+" in self.text:
                    item.role, item.how = roles.ADDITION, "formula"
            elif ahead[0].isalnum() and item.figure.kind == "yen":
                unit = pers.glued(self.text, pos, end)
            if unit is not None:
                item.per = pers.canonical(f"{item.per}・{unit.unit}") if item.per and item.how != "carry" and item.per not in unit.unit else unit.unit
                if item.pair is not None and item.pair.per is None:
                    item.pair.per = item.per
                pos = unit.end
                continue
            given, stop = roles.of_suffix(self.text, pos, end)
            if stop == pos:
                break
            if given is not None and not (given == roles.FLOOR and self.text[pos:stop].strip() == "から"):
                self._give(item, given)
            pos = stop
        item.tail = pos
        return pos

    def _give(self, item: Item, given: str) -> None:
        if item.how == "word" and item.role == roles.ADDITION:
            return
        item.role, item.how = given, "suffix"
        if given == roles.ADDITION and item.pair is not None:
            item.pair.role, item.pair.how = given, "suffix"

    def behind(self, here: Level, last: Item, group: Group, following: int) -> int:
        """A bracket right behind a figure: who it is for, per what, its role, how it was worked out, or another figure."""
        inner = self.text[group.start + 1 : group.end - 1]
        pair = last.pair
        if not group.figures:
            only = _ROLE_ONLY.match(inner)
            unit = pers.bracket(inner)
            if only:
                kind = only.lastgroup or ""
                last.role, last.how = {"cap": roles.CAP, "floor": roles.FLOOR, "fixed": roles.FIXED, "add": roles.ADDITION}[kind], "bracket"
            elif unit is not None:
                whole = pers.canonical(f"{last.per}・{unit.unit}") if last.per and last.per != unit.unit else unit.unit
                last.per, last.marked = whole, True
                if pair is not None:
                    pair.per = whole
            elif (name := scopes.bracket(inner)) is not None:
                last.scope = scopes.join(last.scope, name)
                if pair is not None:
                    pair.scope = last.scope
            return self._after_group(last, group, [], following)
        found: list[Item] = []
        if _WORKINGS.search(inner) and "+" not in inner:
            self._gone(group, "workings")
        else:
            inherited = State(last.scope, last.role, last.figure.kind, last.per, marked=last.marked)
            found = self.level(group.nodes, group.start + 1, group.end - 1, inherited, last)
            self._alternatives(last, group, found)
        return self._after_group(last, group, found, following)

    def _alternatives(self, last: Item, group: Group, found: list[Item]) -> None:
        for item in found:
            same = item.figure.kind == last.figure.kind and (
                item.figure.yen == last.figure.yen and item.figure.ratio[0] * last.figure.ratio[1] == last.figure.ratio[0] * item.figure.ratio[1]
            )
            if item.bare and same:
                item.dropped = "said twice"
            elif item.bare and item.figure.kind == last.figure.kind:
                if group.sign in "<〈《" or (self.note and self.note[0] == group.sign):
                    what = self.note[1] if self.note and self.note[0] == group.sign else "生産性要件" if "中小企業" in self.text or "生産性" in self.text else None
                    item.scope = "・".join(x for x in (last.scope, what) if x) or None
                elif item.figure.kind == "yen" and last.role is None and _BUDGET.search(last.prefix):
                    item.dropped = "budget"
        other = next((scopes.counterpart(i.own_scope) for i in found if i.own_scope), None)
        if other and last.own_scope is None:
            last.scope = scopes.join(last.scope, other)
            for item in self.items:
                if item.parent is last and item not in found:
                    item.scope = "・".join([last.scope or "", *(item.scope or "").split("・")[-1:]]).strip("・")
                elif item.parent is last and item.own_scope and last.scope and item.scope and item.scope.startswith(last.scope + " "):
                    item.scope = item.scope[len(last.scope) + 1 :]

    def _after_group(self, last: Item, group: Group, found: list[Item], following: int) -> int:
        given, stop = roles.of_suffix(self.text, group.end, following)
        if given is not None and given != roles.FLOOR:
            for item in [last, *(i for i in found if i.bare)]:
                if item.how != "suffix" and item.how != "word":
                    item.role, item.how = given, "suffix"
        if stop > group.end:
            last.tail = stop
        unit = pers.after(self.text, stop, following, -1)
        if unit is not None and last.per is None:
            last.per, stop = unit.unit, unit.end
        return stop

    def ahead(self, here: Level, group: Group, gap: str) -> int:
        """A bracket that stands before its figure, or that holds the figures its words speak of: （単身）月15万円, 国内（上限20万円）."""
        inner = self.text[group.start + 1 : group.end - 1]
        if not group.figures:
            unit = pers.bracket(inner)
            if _ROLE_ONLY.match(inner):
                here.pending += f"{gap} {inner} "
                here.lead_sign = group.sign
                return group.end
            if unit is not None:
                here.lead_per = unit.unit
            elif not inner.strip().isdecimal():
                here.lead = scopes.join(here.lead, scopes.bracket(inner))
                if not here.pending and not gap.strip(" 、。・:;※") and here.lead:
                    here.lead_sign = group.sign
            here.pending += gap
            return group.end
        prefix = here.pending + gap
        here.pending = ""
        probe = Level(here.outer, here.label, here.mark, here.role, here.kind, here.per)
        probe.lead = here.lead
        item = Item(Figure("yen", group.start, group.start))
        count = len(self.items)
        item = self.take(probe, item.figure, prefix, None)
        del self.items[count:]
        plus = _PLUS.search(prefix) is not None
        role = item.role if item.how != "plus" else None
        here.label, here.mark, here.role, here.kind, here.lead = probe.label, probe.mark, probe.role, probe.kind, None
        if regex.match(r"例|計算例", inner):
            self._gone(group, "example")
        else:
            self.level(group.nodes, group.start + 1, group.end - 1, State(item.scope, role, None, item.per, plus, item.marked))
        here.last = None
        return group.end

    def _gone(self, group: Group, why: str) -> None:
        for node in group.nodes:
            if isinstance(node, Group):
                self._gone(node, why)
            else:
                self.items.append(Item(node, dropped=why))
