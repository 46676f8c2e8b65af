"""Ways of writing CAR T, and look-alikes: a hit and a near miss for each pattern."""

import pytest

from importers.classify.fields import Passage
from importers.classify.naming import OTHER_CELLS, car_t, find_car_t, products
from trials.vocabulary.folding import fold


@pytest.mark.parametrize(
    "text",
    [
        "CAR-T cells",
        "CART",
        "UCART19",
        "huCART19",
        "4SCAR19/22 T cells",
        "CAR-γδT",
        "CAR-NKT cells",
        "CAR-20/19-T",
        "huCAR19",
        "CARCIK-CD19",
        "CAR-modified autologous T lymphocytes",
        "Chimeric Antigen Receptor (CAR) transduced T cells",
        "T cells expressing a CD19 chimeric antigen receptor",
        "chimeric T cell receptor",
        "redirected autologous T cells",
        "T cells re-directed to FAP",
        "CD19-specific T cells",
        "T cells targeted to PSMA",
        "Anti-Human CD70 T-cell injection",
        "Kappa-CD28 T lymphocytes",
        "Meso-CIR T cells",
        "iC9-GD2-CAR-VZV-CTL",
        "DSG3-CAAR-T",
    ],
)
def test_car_t_is_recognised(text: str) -> None:
    line = fold(text).line
    found = car_t().search(line)
    again = find_car_t(line)
    assert found
    assert again
    assert found.span() == again.span()


@pytest.mark.parametrize(
    "text",
    [
        "CAR-NK cells",
        "CAR-pNK cells",
        "CAR-M cells",
        "CAR-DC vaccine",
        "cART in HIV",
        "constitutive androstane receptor",
        "MacArthur scale",
        "Descartes",
        "EBV-specific T cells",
        "WT1-specific T cells",
        "NY-ESO-1 specific T cells",
        "gamma secretase inhibitor",
        "chimeric antigen receptor NK cells",
        "T-cell immunoreceptor with Ig and ITIM domains",
        "tumour infiltrating lymphocytes",
    ],
)
def test_look_alikes_are_not_car_t(text: str) -> None:
    assert car_t().search(fold(text).line) is None


@pytest.mark.parametrize(
    "text", ["CAR-NK", "NK cells with a CAR", "CAR macrophages", "TCR-T cells", "CAR-DC"]
)
def test_other_cells_are_recognised(text: str) -> None:
    assert OTHER_CELLS.search(fold(text).line)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Yescarta or axi-cel", [("axicabtagene ciloleucel", True)] * 2),
        ("bb2121", [("idecabtagene vicleucel", True)]),
        ("bb21217", [("bb21217", True)]),
        ("TAK-007", [("TAK-007", False)]),
        ("LCAR-M23 cells", [("LCAR-M23", True)]),
        ("huCART19", []),
    ],
)
def test_products_are_known_by_every_name(text: str, found: list[tuple[str, bool]]) -> None:
    passage = Passage("interventions", fold(text))
    assert [(product.name, product.is_car_t) for product, _, _ in products(passage)] == found
