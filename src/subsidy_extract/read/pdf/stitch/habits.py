"""How a column breaks its lines where geometry is sure → what a line's end is where it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log

from subsidy_extract.compiled import compiled
from subsidy_extract.patience import patience
from subsidy_extract.read.join import ITEM, counts_on, is_letter, itemised, labelled

MARKS = frozenset("(（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮●○■□◆◇▼▲★☆※＊*◎➢✓•・.．)）")
DEPENDENT = frozenset("ーをがのにへとるれらりっんゃゅょァィゥェォッャュョ")  # Japanese seldom or never begins a line of its own with these
TAIL = compiled(r"[ぁ-ん]{1,4}[。、）)]|(?:及び|又は|並びに|若しくは|または|および|もしくは|以内|以上|以下|未満|まで|から|など|する|した|して|され|です|ます)")
KATAKANA = compiled(r"[ァ-ヴー]{2}")
BRACKETS = frozenset("(（「『【")
SURE = 0.5  # log odds from which a full line counts as broken on purpose (taught by lists printed by five programs)
CERTAIN = 5.0
FULL = 0.1  # of the lines broken on purpose are full by chance: one piece in about ten fits no more
ELSEWHERE = 0.3  # what other columns of the table do counts for this much
FEW = 5.0  # line ends: what fewer of them say counts for less
FEW_PAIRS, OFTEN = 2.0, 0.3  # the same for the last two characters, of which one goes before the other that often
HEARD = 1000  # lines: more would only cost memory
SIGNS = 200.0  # different characters a column may have: what was never seen is not impossible


@dataclass(slots=True)
class Usage:
    """Of one column. kept, wrapped: line ends that geometry is sure of. ends, starts: the last character of lines broken
    on purpose, and the kind of the first of the next. inside, begun: the same of places inside lines. heard: lines not
    yet counted in `inside`: HEARD in one go take a tenth of the time."""

    kept: int = 0
    wrapped: int = 0
    words: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    starts: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)
    characters: int = 0
    begun: Counter[str] = field(default_factory=Counter)
    heard: list[str] = field(default_factory=list)

    def line(self, text: str) -> None:
        """A line of the column: all but its end is running text."""
        if len(text) < 2:
            return
        self.heard.append(text[:-1])
        if len(self.heard) >= HEARD:
            self._count()
        self.characters += len(text) - 1
        if not MARKS.isdisjoint(text):
            self.begun["・"] += text.count("・", 1)
            self.begun["item"] += sum(1 for m in ITEM.finditer(text, timeout=patience(text)) if m.start() and m.group() != "・")

    def seen_inside(self, character: str) -> int:
        """How often a character stood inside lines, not at their end."""
        if self.heard:
            self._count()
        return self.inside.get(character, 0)

    def _count(self) -> None:
        self.inside.update("".join(self.heard))
        self.heard.clear()

    def end(self, a: str, b: str, kept: bool) -> None:
        """A line's end that geometry is sure of."""
        if kept:
            self.kept += 1
            self.ends[a[-1]] += 1
            self.pairs[a[-2:]] += 1
            self.starts[kind_of(b)] += 1
        else:
            self.wraps(a, b)

    def wraps(self, a: str, b: str) -> None:
        """A line's end that is merely wrapped, or full as those are. Where words, numbers and addresses are wrapped says
        nothing of where Japanese text is."""
        if is_letter(a[-1]) and is_letter(b[0]):
            self.words += 1
        else:
            self.wrapped += 1

    def odds(self, a: str, b: str, others: Sequence[Usage] = ()) -> float:
        """Logarithm of the odds that the end of a full line was put there on purpose. others: columns of the same table;
        what ends a sentence in one does in the next."""
        if counts_on(a, b):
            return CERTAIN
        wrapped = self.words if is_letter(a[-1]) and is_letter(b[0]) else self.wrapped
        prior = log((FULL * self.kept + 0.2) / (wrapped + 1.0))
        c = a[-1]
        other_kept = other_ends = other_inside = other_characters = 0
        for u in others:
            other_kept += u.kept
            other_ends += u.ends.get(c, 0)
            other_inside += u.seen_inside(c)
            other_characters += u.characters
        kept = self.kept + ELSEWHERE * other_kept
        ends = self.ends.get(c, 0) + ELSEWHERE * other_ends
        inside = self.seen_inside(c) + ELSEWHERE * other_inside
        characters = self.characters + ELSEWHERE * other_characters
        usual = (inside + 0.5) / (characters + SIGNS)
        end = log((ends + FEW * usual) / (kept + FEW) / usual)
        if ends:  # まで ends lines of their own, 必要で does not
            mine = self.ends.get(c, 0)
            end += min(max(log((self.pairs.get(a[-2:], 0) + FEW_PAIRS * OFTEN) / (mine + FEW_PAIRS) / OFTEN), -1.0), 0.8)
        kind = kind_of(b)
        odds = prior + (max(end, -1.0) if kind else end)  # an item may follow anything
        if kind:
            begun = (self.begun[kind] + 0.5) / (self.characters + SIGNS)
            odds += log((self.starts[kind] + FEW * begun) / (self.kept + FEW) / begun)
        if kind == "item" and follows(a, b):
            odds += 8.0
        if unclosed(a):
            odds -= 3.0
        if KATAKANA.match(a[-1] + b[:1]) is not None:
            odds -= 1.5  # センター, グループ: in the middle of a word
        if b[0] in DEPENDENT:
            odds -= 4.0 if b[0] == "を" else 2.0
        if TAIL.match(b, timeout=patience(b)) is not None:
            odds -= 3.0
        return odds


def follows(paragraph: str, after: str) -> bool:
    """Whether a line begins with the item after the one that its paragraph begins with: (2) after (1)."""
    a, b = ITEM.match(paragraph, timeout=patience(paragraph)), ITEM.match(after, timeout=patience(after))
    if a is None or b is None:
        return False
    one, two = "".join(c for c in a.group() if c.isalnum()), "".join(c for c in b.group() if c.isalnum())
    if one.isdecimal() and two.isdecimal():
        return int(two) == int(one) + 1
    return len(one) == len(two) == 1 and ord(two) - ord(one) in (1, 2)  # ア イ, ① ②


def unclosed(text: str) -> bool:
    """Whether a bracket is open at the end."""
    if BRACKETS.isdisjoint(text):
        return False
    return sum([text.count(c) for c in "(（「『【"]) > sum([text.count(c) for c in ")）」』】"])


def kind_of(text: str) -> str:
    """How a line begins: a label (TEL：), an item (①, (2), ※), ・ (which parts words as well), or plain text."""
    if text[:1] == "・":
        return "・"
    return "label" if labelled(text) else "item" if itemised(text) else ""
