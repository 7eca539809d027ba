"""Elements that a line, a column or a page's end cut into pieces, made whole."""

from __future__ import annotations

from oscp_report.outputs.tagging.nodes import Kid, Node


def join(node: Node, repeated: list[Node]) -> None:
    """Make one element of the pieces of each, throughout.

    A table's header rows stand on each of its pages: the first ones stay. Of its footer rows the
    last stay, since they are read after all rows. Of what is fixed on every page the first stays.
    What is taken out is added to ``repeated``.
    """
    pieces = [*node.pieces, node.kids] if node.kids else node.pieces
    kept: list[Kid] = []
    known: dict[tuple[int, str, str], tuple[int, Node]] = {}
    for number, piece in enumerate(pieces):
        for kid in piece:
            if not isinstance(kid, Node):
                kept.append(kid)
                continue
            since, earlier = known.get(kid.key, (number, None))
            follows = bool(kept) and kept[-1] is earlier
            # What comes between two pieces of an inline element is read between them; a cell of a
            # row, or what stands beside a float, goes on where it was.
            if earlier is None or not (follows or (since < number and not kid.part.is_inline)):
                kept.append(kid)
                known[kid.key] = (number, kid)
            elif kid.role in ("THead", "TFoot") or kid.part.is_repeated:
                stays, goes = (kid, earlier) if kid.role == "TFoot" else (earlier, kid)
                kept[kept.index(earlier)] = stays
                known[kid.key] = (number, stays)
                hand_over(goes, stays)
                repeated.append(goes)
            else:
                earlier.pieces.append(earlier.kids)
                earlier.kids = kid.kids
                known[kid.key] = (number, earlier)
    node.kids, node.pieces = kept, []
    for kid in node.nodes:
        join(kid, repeated)


def hand_over(goes: Node, stays: Node) -> None:
    """Keep the annotations of links that are repeated: they can still be clicked on."""
    links = {node.key: node for node in stays.walk() if node.role == "Link"}
    for node in goes.walk():
        if node.role == "Link":
            links[node.key].kids += node.notes()
