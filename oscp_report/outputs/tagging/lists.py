"""Lists: each item a label and a body, a list within an item in that item's body."""

from __future__ import annotations

from oscp_report.outputs.tagging.nodes import Content, Kid, Node

NUMBERINGS = {
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
    "decimal": "Decimal",
    "decimal-leading-zero": "Decimal",
    "upper-roman": "UpperRoman",
    "lower-roman": "LowerRoman",
    "upper-alpha": "UpperAlpha",
    "upper-latin": "UpperAlpha",
    "lower-alpha": "LowerAlpha",
    "lower-latin": "LowerAlpha",
}
"""CSS's ``list-style-type`` as PDF's ``ListNumbering`` (ISO 32000-1, table 347)."""


def nest(node: Node) -> None:
    """Put a list that WeasyPrint left beside its item back into it, where it is read."""
    for kid in [*node.nodes, *(kid for piece in node.pieces for kid in piece)]:
        if isinstance(kid, Node):
            nest(kid)
    if node.role != "L":
        return
    kept: list[Kid] = []
    for kid in node.kids:
        item = kept[-1] if kept else None
        is_list = isinstance(kid, Node) and kid.role == "L"
        if is_list and isinstance(item, Node) and item.role == "LI":
            after = (n for n, other in enumerate(item.kids) if _order(other) > _order(kid))
            item.kids.insert(next(after, len(item.kids)), kid)
        else:
            kept.append(kid)
    node.kids = kept


def _order(kid: Kid) -> int:
    if isinstance(kid, Node):
        return kid.part.order
    return kid.order if isinstance(kid, Content) else 0


def tidy(document: Node) -> None:
    """Give every list its numbering and its items, and every item its body."""
    for node in list(document.walk()):
        if node.role == "L":
            node.kids = [as_item(kid, node) for kid in node.kids]
            for item in node.nodes:
                if item.role == "LI":
                    give_body(item)
            node.attributes["List"] = {"/ListNumbering": f"/{numbering(node)}"}


def as_item(kid: Kid, of: Node) -> Kid:
    """What stands in a list, as an item if it is none."""
    if isinstance(kid, Node) and kid.role in ("LI", "Caption"):
        return kid
    return Node("LI", of.part, kid.page, kids=[kid])


def give_body(item: Node) -> None:
    """Keep the label, and put all else into one body."""
    labels: list[Kid] = [kid for kid in item.nodes if kid.role == "Lbl"]
    body = Node("LBody", item.part, item.page)
    body.kids = [kid for kid in item.kids if kid not in labels]
    # A label that was a style sheet's picture holds nothing any more.
    item.kids = [*(kid for kid in labels if isinstance(kid, Node) and kid.kids), body]


def numbering(node: Node) -> str:
    """How the items are numbered; ``None`` also when the labels are of nobody's system."""
    items = [item for item in node.nodes if item.role == "LI"]
    labelled = (item for item in items if any(kid.role == "Lbl" for kid in item.nodes))
    first = next(labelled, None)
    return NUMBERINGS.get(first.source.marker, "None") if first else "None"
