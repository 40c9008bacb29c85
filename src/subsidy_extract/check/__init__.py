"""The only maker of Issue: facts of a list → outcomes, a rule each."""

from __future__ import annotations

from collections.abc import Callable

from subsidy_extract.check.contents import check_contents
from subsidy_extract.check.coverage import check_coverage
from subsidy_extract.check.facts import Facts
from subsidy_extract.check.previous import check_previous
from subsidy_extract.check.rules import RULES
from subsidy_extract.check.siblings import check_duplicates, check_paths
from subsidy_extract.check.structure import (
    check_corrections,
    check_names,
    check_numbers,
    check_stage_doubts,
    check_totals,
)
from subsidy_extract.check.values import (
    check_doubts,
    check_formulas,
    check_groups,
    check_links,
    check_mails,
    check_missing,
    check_nameless_columns,
    check_own_cells,
    check_phones,
    check_urls,
)
from subsidy_extract.model import Outcome

CHECKS: tuple[Callable[[Facts], tuple[Outcome, ...]], ...] = (
    check_coverage,
    check_stage_doubts,
    check_names,
    check_totals,
    check_numbers,
    check_contents,
    check_duplicates,
    check_mails,
    check_phones,
    check_urls,
    check_links,
    check_paths,
    check_missing,
    check_nameless_columns,
    check_groups,
    check_doubts,
    check_own_cells,
    check_formulas,
    check_corrections,
    check_previous,
)


def check(facts: Facts) -> tuple[Outcome, ...]:
    """Every check, in the order of the table of rules."""
    order = {code: i for i, code in enumerate(RULES)}
    return tuple(sorted((o for run in CHECKS for o in run(facts)), key=lambda o: order[o.rule]))
