"""Lyapunov exponents of anything that has a step and a Jacobian, and from a series alone."""
