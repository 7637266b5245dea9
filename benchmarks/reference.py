"""The plain way to train one net: a loop over time steps in torch, forced every τ steps.

This is what the kernels are measured against, in the form common in public code for teacher-forced
recurrent networks: one module call a step, the readout's pseudo-inverse at each forcing, one run
at a time.
"""

import torch
from torch import Tensor, nn


class PiecewiseLinear(nn.Module):
    """z ← A∘z + W relu(z) + h with W off-diagonal, called for one step as `nn.RNN` is."""

    def __init__(self, latent: int) -> None:
        super().__init__()
        bound = latent**-0.5
        self.diagonal = nn.Parameter(torch.empty(latent).uniform_(-bound, bound))
        self.recurrent = nn.Parameter(torch.empty(latent, latent).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(latent).uniform_(-bound, bound))
        self.register_buffer("off_diagonal", 1 - torch.eye(latent))

    def forward(self, _: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """Return the next state `(1, window, latent)`, twice."""
        mapped = torch.relu(state) @ (self.recurrent * self.off_diagonal).T
        state = self.diagonal * state + mapped + self.bias
        return state, state


class StepByStep(nn.Module):
    """One network `latent` wide with readout B, trained by sparse teacher forcing."""

    def __init__(self, cell: str, latent: int, component: int) -> None:
        super().__init__()
        cells = {"rnn": nn.RNN, "lstm": nn.LSTM}
        self.cell = cells[cell](1, latent) if cell in cells else PiecewiseLinear(latent)
        self.has_memory = cell == "lstm"
        self.readout = nn.Linear(latent, component, bias=False)

    def loss(self, windows: Tensor, tau: int) -> Tensor:
        """Return the mean squared error on windows `(window, step + 1, component)`."""
        nothing = windows.new_zeros(1, len(windows), 1)
        predictions = []
        for step in range(windows.shape[1] - 1):
            if step % tau == 0:
                inverse = torch.linalg.pinv(self.readout.weight)
                hidden = (windows[:, step] @ inverse.T).unsqueeze(0)
                state = (hidden, torch.zeros_like(hidden)) if self.has_memory else hidden
            output, state = self.cell(nothing, state)
            predictions.append(self.readout(output[0]))
        return nn.functional.mse_loss(torch.stack(predictions, 1), windows[:, 1:])
