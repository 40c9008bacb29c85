"""Hosts: one office under two names, a slip of one name, and the repair that a witness makes evident. All towns are made up."""

from __future__ import annotations

import pytest

from subsidy_extract.normalize.host import evident_repair, near_miss, public, same_office, suggest_domain

SAME = [
    ("www.pref.mie.jp", "pref.mie.lg.jp"),
    ("www.city.kitayama.mie.jp", "city.kitayama.lg.jp"),
    ("www.town.kitayama.mie.jp", "town.kitayama.lg.jp"),
    ("www2.vill.kitayama.lg.jp", "vill.kitayama.nara.jp"),
    ("web.pref.mie.lg.jp", "shoko.pref.mie.lg.jp"),
    ("www.kitayama-cci.or.jp", "kitayama-cci.or.jp"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_office(a: str, b: str) -> None:
    assert same_office(a, b)
    assert same_office(b, a)
    assert not near_miss(a, b)


OTHERS = [
    ("city.kitayama.lg.jp", "town.kitayama.lg.jp"),
    ("city.kitayama.lg.jp", "city.minamiyama.lg.jp"),
    ("pref.mie.lg.jp", "pref.nara.lg.jp"),
    ("kitayama-campaign.com", "pref.mie.lg.jp"),
    ("kg-hanro.com", "kg-takaku.com"),
    ("city.tsu.lg.jp", "city.tosu.lg.jp"),
    ("gmail.com", "kitayama.lg.jp"),
    ("kitayama.com", "kitayama.co.jp"),
    ("r6-hojokin.info", "r7-hojokin.info"),
]


@pytest.mark.parametrize(("a", "b"), OTHERS)
def test_two_offices_and_no_slip(a: str, b: str) -> None:
    assert not same_office(a, b)
    assert not near_miss(a, b)
    assert not near_miss(b, a)


SLIPS = [
    ("www.town.kita-yamacho.lg.jp", "town.kitayama-cho.lg.jp"),
    ("city.kitayamma.lg.jp", "www.city.kitayama.lg.jp"),
    ("kitayama-boueki.com", "www.kitayama-beueki.com"),
    ("ktiayama.or.jp", "kitayama.or.jp"),
]


@pytest.mark.parametrize(("a", "b"), SLIPS)
def test_slips(a: str, b: str) -> None:
    assert near_miss(a, b)
    assert near_miss(b, a)
    assert not same_office(a, b)


REPAIRS = [
    ("city.kitayamajp", ["www.city.kitayama.lg.jp"], "city.kitayama.lg.jp"),
    ("city.kitayamalg.jp", ["www.city.kitayama.lg.jp"], "city.kitayama.lg.jp"),
    ("town.kita-yamacho.lg.jp", ["www.town.kitayama-cho.lg.jp"], "town.kitayama-cho.lg.jp"),
    ("pref.mie.1g.jp", [], "pref.mie.lg.jp"),
    ("pref.mie.lg,jp", ["www.pref.nara.jp"], "pref.mie.lg.jp"),
    ("city.kitayamajp", ["www.pref.mie.lg.jp"], None),
    ("city.kitayamajp", [], None),
    ("city.kitayama.lg.jp", ["www.city.kitayama.mie.jp"], None),
    ("gmail.com", ["www.city.kitayama.lg.jp"], None),
]


@pytest.mark.parametrize(("domain", "witnesses", "repair"), REPAIRS)
def test_the_repair_a_witness_makes_evident(domain: str, witnesses: list[str], repair: str | None) -> None:
    assert suggest_domain(domain, witnesses) == repair


def test_a_good_domain_needs_no_repair() -> None:
    for domain in ("city.kitayama.lg.jp", "kitayama.co.jp", "gmail.com", "jetro.go.jp", "lgg.jp", "ego.jp", "kyoto-go.jp"):
        assert evident_repair(domain) is None, domain


@pytest.mark.parametrize(("host", "is_public"), [("kitayama.lg.jp", True), ("city.kitayamajp", False), ("localhost", False), ("lg.jp", False), ("北山町.jp", True), ("", False)])
def test_public(host: str, is_public: bool) -> None:
    assert public(host) is is_public
