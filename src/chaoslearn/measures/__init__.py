"""How good is a reconstruction: state space, spectrum, prediction, exponents, and their floors."""
