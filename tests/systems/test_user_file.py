"""A system of the user's own: what is accepted, and each way it can be wrong."""

from pathlib import Path

import numpy as np
import pytest

from chaoslearn import systems
from chaoslearn.errors import InputError
from chaoslearn.series.integrate import integrate

GOOD = """
import numpy as np
from chaoslearn.systems import System, jacobian_matrix

def equations(time, state, *, rate):
    x, y = state
    return np.array([-rate * x, x * y])

def jacobian(time, state, *, rate):
    x, y = state
    return jacobian_matrix([[-rate, 0.0], [y, x]], state)

SYSTEM = System(
    name="mine", kind="flow", components=("x", "y"), equations=equations, jacobian=jacobian,
    parameters={"rate": 2.0}, initial_state=(1.0, 0.5), time_unit="s", citation="none",
)
"""
MATRIX = "jacobian_matrix([[-rate, 0.0], [y, x]], state)"
DELAYED = """
from chaoslearn.systems import System

SYSTEM = System(
    name="late", kind="delay", components=("x",),
    equations=lambda time, state, delayed, *, rate, delay: -rate * delayed**2,
    jacobian=lambda time, state, delayed, *, rate, delay: (0 * state[None], -rate * delayed[None]),
    parameters={"rate": 2.0, "delay": 1.0}, initial_state=(1.0,), time_unit="s", citation="none",
)
"""


def load(folder: Path, text: str) -> systems.System:
    (folder / "mine.py").write_text(text)
    return systems.load(str(folder / "mine.py"))


def test_a_good_file_is_a_system_like_any_other(tmp_path: Path) -> None:
    system = load(tmp_path, GOOD)
    assert (system.name, system.time_unit) == ("mine", "s")
    states = integrate(system, step=0.5, samples=3, transient=0.0)
    np.testing.assert_allclose(states[2, 0] / states[0, 0], np.exp(-2.0), rtol=1e-8)


def test_the_jacobian_is_optional(tmp_path: Path) -> None:
    system = load(tmp_path, GOOD.replace("jacobian=jacobian,", ""))
    np.testing.assert_allclose(
        system.linearise(0.0, np.array([0.3, 0.7])), [[-2.0, 0.0], [0.7, 0.3]], atol=1e-9
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("import numpy", "import nmupy"), "line 2 does not import: ModuleNotFound"),
        (GOOD.replace("x, y = state", "x, y = = state", 1), "line 6 does not import: SyntaxError"),
        (GOOD.replace("SYSTEM", "OSCILLATOR"), "defines no SYSTEM; add `SYSTEM = System"),
        (GOOD + "SYSTEM = 3\n", "defines no SYSTEM"),
        (GOOD.replace(' citation="none",', ""), "line 13 does not import: TypeError.*'citation'"),
        (GOOD.replace('("x", "y")', '("x",)'), "1 component names for an initial state of 2"),
        (GOOD.replace('"flow"', '"flux"'), "kind 'flux' is unknown; use one of flow, map, delay"),
        (GOOD.replace("[[-rate,", "[[rate,"), r"entry \[0, 0\] is 2 instead of -2"),
        (GOOD.replace("[y, x]", "[y, np.nan]"), r"entry \[1, 1\] is nan"),
        (GOOD.replace(MATRIX, "np.array([-rate, x])"), r"shape \(2,\) instead of \(2, 2\)"),
        (GOOD.replace("-rate * x, x", "x"), r"return shape \(1,\) for 2 components"),
        (GOOD.replace("-rate * x, x * y", "-rate, 0.0"), "equations makes something else"),
        (GOOD.replace("-rate * x, x * y", "-rate, x"), "line 7: two states at once are"),
        (GOOD.replace("x * y", "x * y if x > 0 else y"), "line 7: two states at once .*np.where"),
        (GOOD.replace("x * y", "np.log(-x)"), "near the initial state the equations give.*nan"),
        (
            GOOD.replace(MATRIX, "np.array([[-rate, 0.0], [y, x]])"),
            "line 11: two states at once are too much for the Jacobian.*jacobian_matrix",
        ),
        (GOOD.replace("-rate * x, x", "-rat * x, x"), "line 7: the equations fail.*NameError"),
        (GOOD.replace("[y, x]", "[y, w]"), "line 11: the Jacobian fails.*NameError"),
        (DELAYED, r"disagrees with finite differences, entry \[0, 0\] is -2.* instead of -4"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        load(tmp_path, text)
    assert "\n" not in str(caught.value)


def test_a_delay_equation_of_the_user(tmp_path: Path) -> None:
    system = load(tmp_path, DELAYED.replace("-rate * delayed[None]", "-2 * rate * delayed[None]"))
    assert system.kind == "delay"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.py does not exist"):
        systems.load(str(tmp_path / "absent.py"))
