"""A table of texts → the pages a word processor, a browser or a spreadsheet would make of it (synthetic PageReads)."""

from __future__ import annotations

from collections.abc import Sequence

from subsidy_extract.read.pdf.nouns import Grid, GridBox, GridCell, GridRead, Line, PageRead

EM, PITCH, PAD, LEFT, TOP = 10.0, 12.0, 2.0, 30.0, 60.0
HEAD = ("事業名", "対象者", "事業概要", "問合せ先")
WIDTHS = (8, 10, 16, 12)  # em
ROWS = (
    ("青葉町創業支援補助金", "町内で新たに創業する個人又は法人", "創業に要する経費（広報費、専門家への謝金その他町長が必要と認める経費をいう。）の2分の1以内を補助します。", "青葉町産業振興課\n商工係\nTEL：0123-45-6789\nE-mail：shoko@town.aoba.lg.example.jp"),
    ("緑野市新商品開発促進事業費補助金", "(1) 市内に事業所を有する者\n(2) 市税を滞納していない者", "新商品の開発に要する経費の３分の２以内を補助します（上限額：100万円）。\n※予算がなくなり次第終了します。", "緑野市商工課\nTEL：0234-56-7890\nE-mail：sangyo-shinko@city.midorino.lg.example.jp"),
    ("白波村海外販路開拓助成事業", "村内の中小企業者", "海外の展示会への出展に要する経費の一部を助成します。", "白波村企画課\n観光グループ\nTEL：0345-67-8901"),
    ("雲井町省エネ改修応援奨励金（特別枠）", "町内に本店又は主たる事業所を有する中小企業者", "空調設備、照明設備その他の省エネルギーに資する設備の更新に要する経費について、その一部を補助します。申請の前に御相談ください。", "雲井町環境課\nTEL：0456-78-9012\nE-mail：kankyo@town.kumoi.lg.example.jp"),
    ("小石原町人材育成支援補助金", "町内の商店街団体、商工会等", "研修の受講料及び講師の謝金を補助します。", "小石原町産業課\n商工観光係\nTEL：0567-89-0123"),
)  # fmt: skip


def width_of(c: str) -> float:
    return EM / 2 if c < "\u2000" else EM


def wrap(text: str, room: float) -> list[str]:
    """Lines of at most `room` points; 。、） never begin a line; Latin words stay whole where they fit."""
    out: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        units: list[str] = []
        for c in paragraph:
            if units and (c in "。、）：" or (c < "\u2000" and units[-1][-1] < "\u2000" and not (units[-1][-1] in "-/" and c.isalpha()))):
                units[-1] += c
            else:
                units.append(c)
        for u in units:
            w = sum(map(width_of, u))
            if line and used + w > room:
                out.append(line)
                line, used = "", 0.0
            while w > room:
                k = int(room // (EM / 2))
                out.append(u[:k])
                u = u[k:]
                w = sum(map(width_of, u))
            line, used = line + u, used + w
        out.append(line)
    return out


def lines_of(row: Sequence[str]) -> list[list[str]]:
    return [wrap(t, w * EM) if t else [] for t, w in zip(row, WIDTHS, strict=True)]


def placed(text: str, x: float, y: float) -> Line:
    edges, at = [], 0.0
    for c in text:
        at += width_of(c)
        edges.append(at)
    bare = text.rstrip()
    return Line(bare, (x, y, x + at, y + EM), EM, len(bare) < len(text), edges=tuple(edges[: len(bare)]))


def page(number: int, rows: Sequence[Sequence[Sequence[str]]], open_top: bool = False, open_bottom: bool = False, prose: Sequence[Line] = (), top: float = TOP, ruled: bool = True) -> PageRead:
    """rows: for each its cells' lines."""
    xs = [LEFT]
    for w in WIDTHS:
        xs.append(xs[-1] + w * EM + 2 * PAD)
    ys = [top]
    for row in rows:
        ys.append(ys[-1] + max([len(c) for c in row] + [1]) * PITCH + 2 * PAD)
    boxes, cells = [], []
    for r, row in enumerate(rows):
        for c, lines in enumerate(row):
            box = GridBox(r, c, 1, 1, (xs[c], ys[r], xs[c + 1], ys[r + 1]))
            boxes.append(box)
            cells.append(GridCell(box, tuple(placed(t, xs[c] + PAD, ys[r] + PAD + k * PITCH) for k, t in enumerate(lines))))
    grid = Grid(tuple(xs), tuple(ys), tuple(boxes), ruled, open_top, open_bottom)
    words = "".join(t for row in rows for cell in row for line in cell for t in line if not t.isspace()) + "".join(p.text for p in prose)
    return PageRead(number, 700.0, 500.0, (GridRead(grid, tuple(cells)),), tuple(prose), (), words)


def cut(rows: Sequence[Sequence[str]], at: int, line: int, repeat: bool = True, opened: bool = False) -> list[PageRead]:
    """Two pages: a page break before line `line` of row `at` (0: between two rows)."""
    head = [[h] for h in HEAD]
    laid = [lines_of(r) for r in rows]
    first, rest = [head, *laid[:at]], laid[at:]
    if line:
        first.append([c[:line] for c in laid[at]])
        rest = [[c[line:] for c in laid[at]], *laid[at + 1 :]]
    mark = opened and line > 0
    return [page(1, first, open_bottom=mark), page(2, [head, *rest] if repeat else rest, open_top=mark and not repeat)]
