"""How far a gradient reaches: Jacobian products and parameter gradients against time."""
