"""Grow-diag-final-and: one set of word links from the two directions' (Koehn, Och and Marcu 2003)."""

from __future__ import annotations

Link = tuple[int, int]
_NEIGHBOURS = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def symmetrise(forward: set[Link], reverse: set[Link]) -> list[Link]:
    """Start from the links both directions have, grow into neighbours that one has, then link words alone on both sides.

    >>> symmetrise({(0, 0), (1, 1)}, {(0, 0), (1, 1), (1, 2)})
    [(0, 0), (1, 1), (1, 2)]
    """
    union, links = forward | reverse, forward & reverse
    sources, targets = {i for i, _ in links}, {j for _, j in links}

    def add(link: Link) -> None:
        links.add(link)
        sources.add(link[0])
        targets.add(link[1])

    grown = True
    while grown:
        grown = False
        for i, j in sorted(links):
            for down, right in _NEIGHBOURS:
                link = (i + down, j + right)
                if link in union and link not in links and (link[0] not in sources or link[1] not in targets):
                    add(link)
                    grown = True
    for direction in (forward, reverse):
        for link in sorted(direction):
            if link[0] not in sources and link[1] not in targets:
                add(link)
    return sorted(links)
