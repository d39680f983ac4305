"""The first documents of a tree by the compiled kernel; what it does not cover goes by the arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from searchlib.embedded.search.kernel import kernel_snapshot
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.search.narrowing import within
from searchlib.embedded.search.plans import KernelPlan, plan_like, plan_of
from searchlib.embedded.store.docsets import mark
from searchlib.engine.request import SearchRequest
from searchlib.native import engine
from searchlib.query.nodes import Query
from searchlib.scoring.headline_match import headline_is

_MATCHES, _TITLE, _LEAVES = -2, -1, -3
"""What the kernel asks about: the whole tree, the headline, and from here downwards each leaf."""
_MAY, _SURELY = 1, 2
"""What the kernel is told of a document that may match, and of one that does."""


class Found(NamedTuple):
    """The first documents, with scores, how many leaves each has, and what was first before passages."""

    docs: list[int]
    scores: list[float]
    held: list[int] | None
    """None where only the whole tree is known."""
    first: list[int]
    plan: KernelPlan


def first_documents(
    request: SearchRequest,
    tree: Query,
    matcher: Matcher,
    wanted: int,
    *,
    counts: bool,
    like: KernelPlan | None = None,
) -> Found | None:
    """
    Return the first *wanted* documents of a tree under a request; None when the kernel does not cover it.

    Args:
        counts: Whether to count the leaves in each.
        like: The plan of the same tree with another number of words that are required.
    """
    snapshot = kernel_snapshot(matcher.snapshot) if matcher.figures is matcher else None
    if snapshot is None:
        return None
    plan = plan_of(tree, matcher.analyzer, request.weights) if like is None else plan_like(like, tree)
    kernel = engine().kernel
    if plan is None or kernel is None:
        return None
    known = None
    if plan.known:
        known = bytearray(matcher.snapshot.size)
        found = [matcher.bounds(one) for one in plan.known]
        for one in found:
            mark(known, one.possible, _MAY)
        for one in found:
            mark(known, one.sure, _SURELY)
    ask, asked = _asking(plan, tree, matcher), within(matcher.snapshot, request.narrowed)
    hits, first = kernel.search(snapshot, plan.made, plan.least, wanted, ask, asked, counts, known)
    docs, scores, held = map(list, zip(*hits, strict=True)) if hits else ([], [], [])
    return Found(docs, scores, held if plan.leaves else None, first, plan)


def count_matching(request: SearchRequest, plan: KernelPlan, tree: Query, matcher: Matcher) -> int | None:
    """Return how many documents match a tree of which this is the plan; None where Python finds them."""
    snapshot, kernel = kernel_snapshot(matcher.snapshot), engine().kernel
    if snapshot is None or kernel is None or plan.known or not plan.leaves:
        return None
    asked = within(matcher.snapshot, request.narrowed)
    found: int = kernel.count(snapshot, plan.made, plan.least, _asking(plan, tree, matcher), asked)
    return found


def weights_of(plan: KernelPlan, matcher: Matcher) -> dict[str, float] | None:
    """Return the most that each word and pair of a plan can bring, by its text; None where Python weighs."""
    snapshot, kernel = kernel_snapshot(matcher.snapshot), engine().kernel
    if snapshot is None or kernel is None or plan.known or not plan.leaves:
        return None
    return dict(kernel.weigh(snapshot, plan.made))


def _asking(plan: KernelPlan, tree: Query, matcher: Matcher) -> Callable[[int, int], bool]:
    """Return what answers the kernel where a text must be folded."""

    def ask(doc: int, about: int) -> bool:
        if about == _MATCHES:
            return matcher.matches(tree, doc)
        if about == _TITLE:
            return headline_is(plan.title, matcher.texts(doc, "headline"))
        if about <= _LEAVES:
            return matcher.matches(plan.leaves[_LEAVES - about], doc)
        return matcher.holds(plan.runs[about], doc)

    return ask
