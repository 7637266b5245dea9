"""One member of an ensemble, in float64."""

from torch import Tensor

from chaoslearn.cells.cell import Weights


def one_member(weights: Weights, member: int) -> dict[str, Tensor]:
    """Take one member's weights out of an ensemble, in float64 and with `member` of size 1."""
    return {name: array[member : member + 1].detach().double() for name, array in weights.items()}
