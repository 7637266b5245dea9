import numpy as np
import pytest

from chaoslearn import systems
from chaoslearn.errors import InputError
from chaoslearn.lyapunov.of_system import spectrum_of_system
from chaoslearn.systems.system import Array, System


def linear_map(matrix: Array, modulus: float | None = None) -> System:
    def equations(state: Array) -> Array:
        image = matrix @ state
        return image if modulus is None else image % modulus

    def jacobian(state: Array) -> Array:
        return np.broadcast_to(matrix[..., None], (*matrix.shape, *state.shape[1:]))

    return System(
        name="linear_map",
        kind="map",
        components=("x", "y"),
        equations=equations,
        jacobian=jacobian,
        parameters={},
        initial_state=(0.3, 0.4),
        time_unit="1",
        citation="",
    )


def test_linear_map_has_the_logarithms_of_its_eigenvalues() -> None:
    system = linear_map(np.array([[0.6, 0.2], [0.2, 0.3]]))
    spectrum = spectrum_of_system(system, starts=3, duration=200, transient=100, seed=1)
    eigenvalues = np.linalg.eigvalsh([[0.6, 0.2], [0.2, 0.3]])[::-1]
    np.testing.assert_allclose(spectrum.per_start, np.tile(np.log(eigenvalues), (3, 1)), rtol=1e-12)


def test_cat_map_has_the_golden_exponents() -> None:
    system = linear_map(np.array([[2.0, 1.0], [1.0, 1.0]]), modulus=1.0)
    spectrum = spectrum_of_system(system, starts=2, duration=100, transient=50, seed=1)
    expected = np.log((3 + np.sqrt(5)) / 2)
    np.testing.assert_allclose(spectrum.exponent, [expected, -expected], rtol=1e-12)
    assert spectrum.kaplan_yorke_dimension == pytest.approx(2.0, abs=1e-9)


def test_rotation_has_exponents_zero() -> None:
    cosine, sine = np.cos(1.0), np.sin(1.0)
    system = linear_map(np.array([[cosine, -sine], [sine, cosine]]))
    spectrum = spectrum_of_system(system, starts=2, duration=1000, transient=0, seed=1)
    np.testing.assert_allclose(spectrum.exponent, 0.0, atol=1e-15)


def test_logistic_map_has_ln_2() -> None:
    spectrum = spectrum_of_system(
        systems.load("logistic"), starts=200, duration=5000, transient=100, seed=1
    )
    assert spectrum.exponent[0] == pytest.approx(np.log(2), abs=1e-3)
    assert abs(spectrum.exponent[0] - np.log(2)) < 4 * spectrum.exponent_error[0] + 1e-5


def test_henon_map() -> None:
    spectrum = spectrum_of_system(
        systems.load("henon"), starts=200, duration=5000, transient=100, seed=1
    )
    # The determinant is −0.3 everywhere, so the sum is exact in every orbit.
    np.testing.assert_allclose(spectrum.per_start.sum(axis=1), np.log(0.3), rtol=1e-12)
    assert spectrum.exponent[0] == pytest.approx(0.41922, abs=1.5e-3)
    assert spectrum.kaplan_yorke_dimension == pytest.approx(1.258, abs=2e-3)


def test_convergence_curve_ends_at_the_exponent() -> None:
    spectrum = spectrum_of_system(
        systems.load("henon"), starts=4, duration=1000, transient=10, seed=1
    )
    assert spectrum.convergence.shape == (100, 2)
    assert spectrum.convergence_time[-1] == 1000
    np.testing.assert_array_equal(spectrum.convergence[-1], spectrum.exponent)


def test_escape_is_told() -> None:
    henon = systems.load("henon").with_parameters(a=3.0)
    with pytest.raises(InputError, match="escapes to infinity"):
        spectrum_of_system(henon, starts=2, duration=1000, transient=0, seed=1)


def test_more_exponents_than_dimensions_are_refused() -> None:
    with pytest.raises(InputError, match="lower count"):
        spectrum_of_system(
            systems.load("henon"), starts=2, duration=10, transient=0, seed=1, count=3
        )


def test_a_duration_of_less_than_a_step_is_refused() -> None:
    with pytest.raises(InputError, match=r"shorter than a step.*; give a longer duration"):
        spectrum_of_system(systems.load("henon"), starts=2, duration=0.3, transient=10, seed=1)
