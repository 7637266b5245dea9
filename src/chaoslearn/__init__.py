"""chaoslearn: learn chaotic dynamics with recurrent networks, and measure how well it went."""
