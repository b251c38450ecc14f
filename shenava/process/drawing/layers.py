"""Layers: how far from the beginning each node stands, every way forward leading at least one column on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Edge = tuple[str, str]


def columns(keys: Sequence[str], edges: Iterable[Edge], anytime: Iterable[Edge] = ()) -> dict[str, int]:
    """The column of each node, by its longest way from the first; ways that lead back are left out of account.

    The walk begins at the first of `keys`, so that what leads back is what a run takes back. What only `anytime` leads
    to follows the first place from which it does, and every way from there to what was walked leads back.
    """
    out: dict[str, list[str]] = {key: [] for key in keys}
    for source, target in edges:
        if source != target and target not in out[source]:
            out[source].append(target)
    reached, _back = _walked(keys[:1], out)
    for key in set(keys) - set(reached):
        out[key] = [target for target in out[key] if target not in reached]
    found = _longest(keys, out)
    first: dict[str, str] = {}
    for source, target in sorted(anytime, key=lambda edge: found[edge[0]]):
        if source in reached and target not in reached:
            first.setdefault(target, source)
    for target, source in first.items():
        out[source].append(target)
    return _longest(keys, out)


def _longest(keys: Sequence[str], out: Mapping[str, Sequence[str]]) -> dict[str, int]:
    ordered, back = _walked(keys, out)
    found = dict.fromkeys(keys, 0)
    for key in ordered:
        for target in out[key]:
            if (key, target) not in back:
                found[target] = max(found[target], found[key] + 1)
    return found


def _walked(keys: Sequence[str], out: Mapping[str, Sequence[str]]) -> tuple[list[str], set[Edge]]:
    """The nodes, each before those it leads on to, and the ways that lead back."""
    done: list[str] = []
    back: set[Edge] = set()
    seen: set[str] = set()
    for first in keys:
        if first in seen:
            continue
        seen.add(first)
        path = [(first, iter(out[first]))]
        open_keys = {first}
        while path:
            key, further = path[-1]
            target = next(further, None)
            if target is None:
                path.pop()
                open_keys.discard(key)
                done.append(key)
            elif target in open_keys:
                back.add((key, target))
            elif target not in seen:
                seen.add(target)
                open_keys.add(target)
                path.append((target, iter(out[target])))
    return done[::-1], back
