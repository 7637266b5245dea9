"""The gradient step can be recorded on a card: nothing in it waits for a value."""

import numpy as np
import pytest
import torch

from chaoslearn import cells, forcing
from chaoslearn.training.adam import sizes_at
from chaoslearn.training.autograd import by_autograd
from chaoslearn.training.captured import captured
from chaoslearn.training.members import Members, gradient_step

LATENT, COMPONENT, MEMBERS, BATCH, WINDOW = 6, 2, 3, 4, 20
FORCINGS = ["sparse-7", "windowed-5", "truncated-6", "clipped-norm-1", "sparse-7+clipped-value-1"]


def start(cell: str, device: str) -> tuple[Members, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    shapes = cells.load(cell).shapes(LATENT) | {"readout": (COMPONENT, LATENT)}
    weights = {
        name: 0.3 * torch.randn(MEMBERS, *shape, generator=generator)
        for name, shape in shapes.items()
    }
    series = torch.randn(100, COMPONENT, generator=generator)
    return Members.start({n: w.to(device) for n, w in weights.items()}), series.to(device)


def plan_of(identifier: str):  # type: ignore[no-untyped-def]
    return forcing.load(identifier).plan(WINDOW, 1.0, np.random.default_rng(0))


@pytest.mark.parametrize("identifier", FORCINGS)
@pytest.mark.parametrize("cell", cells.names())
def test_no_value_is_asked_for(cell: str, identifier: str) -> None:
    """Tensors on "meta" have no values; an operation that wants one fails."""
    members, series = start(cell, "meta")
    step = gradient_step(by_autograd(cells.load(cell), series), members)
    starts = torch.zeros(MEMBERS, BATCH, dtype=torch.int64, device="meta")
    step(starts, plan_of(identifier), torch.ones(2, dtype=torch.float64, device="meta"))
    with pytest.raises(RuntimeError, match="meta"):
        bool(members.alive.all())


@pytest.mark.parametrize("cell", cells.names())
def test_sizes_in_a_tensor_move_the_weights_as_numbers_do(cell: str) -> None:
    starts = torch.arange(MEMBERS * BATCH).view(MEMBERS, BATCH)
    moved = []
    for make in (lambda sizes: sizes, lambda sizes: torch.tensor(sizes, dtype=torch.float64)):
        members, series = start(cell, "cpu")
        members.weights = {name: weight.double() for name, weight in members.weights.items()}
        members = Members.start(members.weights)
        step = gradient_step(by_autograd(cells.load(cell), series.double()), members)
        for update in range(5):
            step(starts, plan_of("sparse-7"), make(sizes_at(update + 1, 1e-2)))
        moved.append(members.weights)
    for name, weight in moved[0].items():
        torch.testing.assert_close(moved[1][name], weight, rtol=1e-12, atol=1e-14)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA card here")
@pytest.mark.parametrize("identifier", FORCINGS)
@pytest.mark.parametrize("cell", cells.names())
def test_recorded_steps_move_the_weights_as_those_on_the_processor(
    cell: str, identifier: str
) -> None:
    moved = []
    for device in ("cpu", "cuda"):
        members, series = start(cell, device)
        step = gradient_step(by_autograd(cells.load(cell), series), members)
        if device == "cuda":
            step = captured(step, members, BATCH)
        for update in range(10):
            starts = torch.arange(MEMBERS * BATCH).view(MEMBERS, BATCH) + update
            step(starts.to(device), plan_of(identifier), sizes_at(update + 1, 1e-2))
        moved.append(members.weights)
    for name, weight in moved[0].items():
        torch.testing.assert_close(moved[1][name].cpu(), weight, rtol=1e-4, atol=1e-5)
