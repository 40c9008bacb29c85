"""Who is who: siblings, renames, splits, merges, namesakes, decisions; and a sample of invented towns held to 0.98."""

from __future__ import annotations

from pathlib import Path

import pytest

from subsidy_extract.diff import Diff, Link, carry_ids, diff, read_links
from subsidy_extract.errors import Exit, ExtractError

from .edits import case
from .lists import HARBOUR, programme, year


def told(d: Diff) -> dict[str, list[tuple[list[int], list[int]]]]:
    """Status → (old numbers, new numbers)."""
    out: dict[str, list[tuple[list[int], list[int]]]] = {}
    for f in d.fates:
        out.setdefault(f.status, []).append(([p.number for p in f.old], [p.number for p in f.new]))
    return out


TOWN = [
    programme("若槻市空き店舗活用補助金", "商店街の空いた店を借りて営業するための改装費の2分の1（上限50万円）を補助します。", "若槻市商工課 TEL：0777-22-1111 E-mail：shoko@city.wakatsuki.lg.jp", eligibility="商店街に出店する者"),
    programme("創業支援事業", "市内で新たに会社を設立するときの登記の費用を助成します。", "若槻市商工課 TEL：0777-22-1111 E-mail：shoko@city.wakatsuki.lg.jp", eligibility="これから創業する個人"),
    programme("木造住宅耐震改修補助金", "昭和56年以前に建てられた家の補強工事の費用を補助します。", "若槻市建築課 TEL：0777-22-2222 E-mail：kenchiku@city.wakatsuki.lg.jp", eligibility="木造住宅の所有者"),
    programme("有害鳥獣対策補助金", "田畑を囲う電気柵の資材費を補助します。", "若槻市農政課 TEL：0777-22-3333 E-mail：nosei@city.wakatsuki.lg.jp", eligibility="農地を耕作する者"),
]  # fmt: skip


def test_nothing_changed() -> None:
    d = diff(year(2025, *TOWN, *HARBOUR), year(2026, *TOWN, *HARBOUR))
    assert d.counts["same"] == 11
    assert not d.changed


@pytest.mark.parametrize("gone", range(7))
def test_siblings_of_one_office_and_page_are_not_taken_for_each_other(gone: int) -> None:
    old = [h for i, h in enumerate(HARBOUR) if i != (gone + 1) % 7]
    new = [h for i, h in enumerate(HARBOUR) if i != gone]
    d = diff(year(2025, *TOWN, *old), year(2026, *reversed(new), *TOWN))
    assert d.counts["same"] == 9
    assert not d.counts["renamed"]
    # 木材 gone and 製材 new: alike in all but one word, so a person is asked; never taken for one
    assert d.counts["removed"] + d.counts["possible_rename"] == 1


def test_renamed_and_changed() -> None:
    new = [dict(TOWN[0], name="空き店舗利活用応援補助金", summary=TOWN[0]["summary"].replace("50万円", "80万円")), *TOWN[1:]]
    d = diff(year(2025, *TOWN), year(2026, *new))
    (fate,) = [f for f in d.fates if f.status != "same"]
    assert fate.status == "renamed"
    assert [(c.kind, c.old, c.new, c.delta, c.percent) for c in fate.changes] == [("amount", 500000, 800000, 300000, 60.0)]
    assert fate.score
    assert fate.score > 0.9
    assert {"name", "summary", "eligibility", "contact"} <= set(fate.evidence)


def test_one_gone_and_one_new_of_the_same_office_are_two() -> None:
    other = programme("資格取得支援事業", "従業員が国家資格を取るための講習の受講料を助成します。", TOWN[0]["contact"], eligibility="従業員を派遣する事業主")
    d = diff(year(2025, *TOWN), year(2026, *TOWN[1:], other))
    assert told(d)["removed"] == [([1], [])]
    assert told(d)["added"] == [([], [4])]


def test_the_namesake_of_another_town_is_another() -> None:
    here = programme("新婚生活支援事業", "新婚世帯の家賃を補助します。", "若槻市福祉課 TEL：0777-22-4444", eligibility="新婚世帯")
    there = programme("新婚生活支援事業", "新婚世帯の家賃を補助します。", "桐原町住民課 TEL：0888-33-5555", eligibility="新婚世帯")
    d = diff(year(2025, *TOWN, here), year(2026, *TOWN, there))
    assert d.counts["added"] == d.counts["removed"] == 1


def test_one_name_in_several_towns_goes_by_the_office() -> None:
    towns = [programme("販路拡大支援事業", "展示会の出展料を補助します。", f"{t}商工課 TEL：0777-4{i}-1111", eligibility="市内事業者") for i, t in enumerate(("青瀬市", "霧浜市", "桐原町"))]
    d = diff(year(2025, *towns), year(2026, *reversed(towns)))
    assert sorted(told(d)["same"]) == [([1], [3]), ([2], [2]), ([3], [1])]


def test_split_into_frames() -> None:
    parts = [dict(TOWN[0], name=f"若槻市空き店舗活用補助金（{f}）") for f in ("改装枠", "家賃枠")]
    d = diff(year(2025, *TOWN), year(2026, *parts, *TOWN[1:]))
    assert told(d)["split"] == [([1], [1, 2])]
    assert not d.counts["added"]


def test_split_by_content() -> None:
    old = programme("海外展開支援事業", "海外の展示会への出展料と小間料、及び外国語のホームページの作成費と翻訳料を助成します。", TOWN[0]["contact"], eligibility="輸出に取り組む事業者")
    new = [
        programme("海外展示会出展支援事業", "海外の展示会への出展料と小間料を助成します。", TOWN[0]["contact"], eligibility="輸出に取り組む事業者"),
        programme("海外展開情報発信支援事業", "外国語のホームページの作成費と翻訳料を助成します。", TOWN[0]["contact"], eligibility="輸出に取り組む事業者"),
    ]
    assert told(diff(year(2025, *TOWN, old), year(2026, *TOWN, *new)))["split"] == [([5], [5, 6])]


def test_merged() -> None:
    one = programme("空き店舗活用・創業補助金", TOWN[0]["summary"] + TOWN[1]["summary"], TOWN[0]["contact"], eligibility="商店街に出店する者、これから創業する個人")
    d = diff(year(2025, *TOWN), year(2026, one, *TOWN[2:]))
    assert told(d)["merged"] == [([1, 2], [1])]
    assert not d.counts["removed"]


def test_a_new_sibling_is_no_split() -> None:
    d = diff(year(2025, *TOWN, *HARBOUR[:5]), year(2026, *TOWN, *HARBOUR[:6]))
    assert d.counts["added"] == 1
    assert not d.counts["split"]


@pytest.mark.parametrize(
    ("decision", "status"), [("same", "renamed"), ("different", "removed"), ("split", "renamed"), ("merge", "renamed")]
)
def test_a_person_decides(decision: str, status: str) -> None:
    new = [dict(TOWN[0], name="空き店舗利活用応援補助金"), *TOWN[1:]]
    d = diff(year(2025, *TOWN), year(2026, *new), [Link("2025-1", "2026-1", decision)])
    (fate,) = [f for f in d.fates if f.old and f.old[0].number == 1]
    assert fate.status == status
    assert (fate.how == "decision") is (decision != "different")


def test_a_decision_for_a_split_takes_all_its_lines() -> None:
    other = programme("まったく別の名前の制度", "別の文", "別の課")
    d = diff(year(2025, *TOWN), year(2026, *TOWN[1:], dict(TOWN[0], name="店の補助"), other), [Link("2025-1", "2026-4", "split"), Link("2025-1", "2026-5", "split")])
    assert told(d)["split"] == [([1], [4, 5])]


def test_unknown_ids_of_a_decision_are_told() -> None:
    link = Link("2025-1", "nobody", "same")
    assert diff(year(2025, *TOWN), year(2026, *TOWN), [link]).unused_links == (link,)


def test_links_file(tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_text("old_id,new_id,decision,why\n# asked the office\naaa,bbb,Same,phone call\n\n", encoding="utf-8-sig")
    assert read_links(path) == (Link("aaa", "bbb", "same"),)
    path.write_text("aaa,bbb,perhaps\n", encoding="utf8")
    with pytest.raises(ExtractError) as stop:
        read_links(path)
    assert stop.value.code == Exit.USAGE
    with pytest.raises(ExtractError) as stop:
        read_links(tmp_path / "none.csv")
    assert stop.value.code == Exit.UNREADABLE


def test_ids_are_carried_through_a_rename_and_stay_unique() -> None:
    old = year(2025, *(dict(p, id=f"id{i}") for i, p in enumerate(TOWN)))
    renamed = dict(TOWN[0], name="空き店舗利活用応援補助金", id="id9")
    usurper = programme(TOWN[0]["name"], "温室の暖房の燃料代を補助します。", "桐原町農林課 TEL：0888-11-1111", eligibility="温室を持つ農家", id="id0")
    new = year(2026, renamed, *(dict(p, id=f"id{i}") for i, p in enumerate(TOWN[1:], 1)), usurper)
    carried = carry_ids(old, new)
    assert carried["id9"] == "id0"
    assert carried["id0"] not in {"id0", "id1", "id2", "id3", "id9"}
    assert set(carried) == {"id9", "id0"}


def test_a_carried_id_is_believed_whatever_the_name() -> None:
    new = programme("まったく別の名前", "別の内容の事業です。", "別の課", id="lasting")
    d = diff(year(2025, *TOWN, dict(TOWN[0], name="もとの名前", id="lasting")), year(2026, *TOWN, new))
    assert ([5], [5]) in told(d)["renamed"]


def test_empty_lists() -> None:
    assert diff(year(2025), year(2026)).changed is False
    assert diff(year(2025), year(2026, *TOWN)).counts["added"] == 4
    assert diff(year(2025, *TOWN), year(2026)).counts["removed"] == 4


def test_invented_towns() -> None:
    """A sample of bench/diff.py; the whole of it is 200 pairs."""
    true = told_ = right = 0
    for seed in range(500, 512):
        c = case(seed)
        d = diff(c.old, c.new)
        at = {id(p): u for side, uids in ((c.old, c.old_uids), (c.new, c.new_uids)) for p, u in zip(side.programmes, uids, strict=True)}
        found = {(at[id(a)], at[id(b)]) for f in d.fates if f.status != "possible_rename" for a in f.old for b in f.new}
        true, told_, right = true + len(c.truth.pairs), told_ + len(found), right + len(found & set(c.truth.pairs))
    assert right / told_ >= 0.98
    assert right / true >= 0.98


def test_every_programme_has_one_fate() -> None:
    for seed in (3, 8):
        c = case(seed)
        d = diff(c.old, c.new)
        assert sorted(p.number for f in d.fates for p in f.old) == [p.number for p in c.old.programmes]
        assert sorted(p.number for f in d.fates for p in f.new) == [p.number for p in c.new.programmes]
