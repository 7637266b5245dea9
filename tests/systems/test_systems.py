"""Every system: its Jacobian, its batches, its identities, and what is written down about it."""

import math

import numpy as np
import pytest

from chaoslearn import systems
from chaoslearn.errors import InputError
from chaoslearn.series.integrate import integrate
from chaoslearn.systems.finite_differences import central_differences
from chaoslearn.systems.system import Reference, System

NAMES = systems.names()
SMALL_FLOWS = [
    name
    for name in NAMES
    if systems.load(name).kind == "flow" and systems.load(name).dimension <= 4
]


def states_near(system: System, count: int) -> np.ndarray:
    """Batch of states `(component, count)` well off the initial state and off any symmetry."""
    initial = np.asarray(system.initial_state)[:, np.newaxis]
    offset = np.random.default_rng(3).uniform(-0.5, 0.5, (system.dimension, count))
    return initial + offset * (1.0 + np.abs(initial)) * 0.5


def before_state(system: System) -> list[float]:
    return [] if system.kind == "map" else [0.7]


def test_all_systems_of_the_paper_and_the_controls_are_there() -> None:
    expected = {
        "lorenz63", "lorenz63_published", "lorenz63_wolf", "roessler", "roessler_published",
        "duffing", "mackey_glass", "mackey_glass_23", "mackey_glass_30", "mackey_glass_published",
        "lorenz96", "henon", "logistic", "van_der_pol", "damped_oscillator", "torus", "chua",
    }  # fmt: skip
    assert expected <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_jacobian_agrees_with_finite_differences(name: str) -> None:
    system = systems.load(name)
    assert system.jacobian is not None
    states = states_near(system, 5)
    if system.kind == "delay":
        delayed = 1.1 * states
        given = system.linearise_delayed(0.0, states, delayed)
        expected = (
            central_differences(lambda at: system.rate(0.0, at, delayed), states),
            central_differences(lambda at: system.rate(0.0, states, at), delayed),
        )
        for one, other in zip(given, expected, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-7, atol=1e-8)
    else:
        before = before_state(system)
        expected_one = central_differences(lambda at: system.rate(*before, at), states)
        np.testing.assert_allclose(
            system.linearise(*before, states), expected_one, rtol=1e-7, atol=1e-7
        )


@pytest.mark.parametrize("name", NAMES)
def test_a_batch_equals_its_states_one_by_one(name: str) -> None:
    system = systems.load(name)
    states = states_near(system, 6)
    count = 2 if system.kind == "delay" else 1
    batch = system.rate(*before_state(system), *[states] * count)
    assert batch.shape == states.shape
    for index in range(6):
        alone = system.rate(*before_state(system), *[states[:, index]] * count)
        np.testing.assert_allclose(batch[:, index], alone, rtol=1e-14)
    two_axes = states.reshape(system.dimension, 2, 3)
    assert system.rate(*before_state(system), *[two_axes] * count).shape == two_axes.shape


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_down(name: str) -> None:
    system = systems.load(name)
    assert system.name == name
    assert "doi:10." in system.citation
    if system.reference is not None:
        exponents = system.reference.exponents
        assert list(exponents) == sorted(exponents, reverse=True)
        assert 0 < system.reference.relative_tolerance < 0.2
        assert system.reference.source


@pytest.mark.parametrize("name", SMALL_FLOWS)
def test_reference_exponents_sum_to_the_mean_divergence(name: str) -> None:
    system = systems.load(name)
    assert system.reference is not None
    # Chua's circuit stays long on one scroll: means over 300 time units vary by 2.5 %.
    samples = 100_000 if name == "chua" else 3000
    states = integrate(
        system, step=0.1, samples=samples, transient=50, relative_tolerance=1e-7, seed=1
    ).T
    divergence = np.trace(system.linearise(0.0, states)).mean()
    assert sum(system.reference.exponents) == pytest.approx(divergence, rel=0.02)


@pytest.mark.parametrize(
    ("name", "divergence"),
    [("lorenz63", -41 / 3), ("lorenz63_published", -41 / 3), ("lorenz63_wolf", -21.0),
     ("duffing", -0.1), ("damped_oscillator", -0.2), ("lorenz96", -20.0)],
)  # fmt: skip
def test_divergence_is_the_constant_it_must_be(name: str, divergence: float) -> None:
    system = systems.load(name)
    traces = np.trace(system.linearise(0.0, states_near(system, 8)))
    np.testing.assert_allclose(traces, divergence, rtol=1e-12)


def test_henon_shrinks_areas_by_b_in_every_step() -> None:
    henon = systems.load("henon")
    determinant = np.linalg.det(np.moveaxis(henon.linearise(states_near(henon, 9)), -1, 0))
    np.testing.assert_allclose(determinant, -0.3, rtol=1e-12)
    assert henon.reference is not None
    assert sum(henon.reference.exponents) == pytest.approx(math.log(0.3), abs=1e-5)


def test_lorenz63_rests_at_its_known_fixed_point() -> None:
    lorenz = systems.load("lorenz63")
    root = math.sqrt(8 / 3 * 27)
    np.testing.assert_allclose(lorenz.rate(0.0, np.array([root, root, 27.0])), 0.0, atol=1e-13)


def test_chua_is_odd_and_rests_where_its_outer_lines_say() -> None:
    chua = systems.load("chua")
    state = np.array([1.3, -0.2, 0.4])
    np.testing.assert_allclose(chua.rate(0.0, -state), -chua.rate(0.0, state), atol=1e-14)
    # y = 0, z = −x and x + f(x) = 0 with f(x) = −5/7 x − 3/7 for x > 1.
    np.testing.assert_allclose(chua.rate(0.0, np.array([1.5, 0.0, -1.5])), 0.0, atol=1e-13)


def test_lorenz96_does_not_know_where_its_circle_begins() -> None:
    lorenz = systems.load("lorenz96")
    state = states_near(lorenz, 1)[:, 0]
    np.testing.assert_allclose(
        lorenz.rate(0.0, np.roll(state, 7)), np.roll(lorenz.rate(0.0, state), 7), rtol=1e-13
    )


def test_mackey_glass_rests_at_one() -> None:
    """β / (1 + 1) = γ · 1 for β = 2 γ, whatever n and the delay are."""
    one = np.ones(1)
    for name in ("mackey_glass", "mackey_glass_30", "mackey_glass_published"):
        assert systems.load(name).rate(0.0, one, one) == pytest.approx(0.0, abs=1e-15)


def test_duffing_records_the_cosine_of_its_phase() -> None:
    duffing = systems.load("duffing")
    states = states_near(duffing, 4)
    observed = duffing.observed(states)
    assert duffing.observed_components == ("x", "velocity", "cos_phase")
    np.testing.assert_array_equal(observed[:2], states[:2])
    np.testing.assert_array_equal(observed[2], np.cos(states[2]))


def test_a_system_that_says_nothing_of_it_records_its_state() -> None:
    lorenz = systems.load("lorenz63")
    states = states_near(lorenz, 2)
    np.testing.assert_array_equal(lorenz.observed(states), states)
    assert lorenz.observed_components == ("x", "y", "z")


def test_published_variants_differ_in_parameters_alone() -> None:
    published = systems.load("lorenz63_published")
    assert published.parameters == {"sigma": 10.0, "rho": 38.0, "beta": 8 / 3}
    assert systems.load("roessler_published").parameters == {"a": 0.15, "b": 0.2, "c": 10.0}
    assert systems.load("mackey_glass_published").parameters == {
        "beta": 2.0, "gamma": 1.0, "n": 9.65, "delay": 2.0,
    }  # fmt: skip


def test_a_reference_holds_only_for_its_parameters() -> None:
    lorenz = systems.load("lorenz63")
    assert lorenz.with_parameters(rho=28.0).reference is lorenz.reference
    assert lorenz.with_parameters(rho=30.0).reference is None
    known = Reference((1.0,), None, "here", 0.01)
    assert lorenz.with_parameters("mine", known, rho=30.0).reference is known


def test_dimension_of_lorenz96_is_free_and_keeps_its_forcing() -> None:
    lorenz = systems.load("lorenz96").with_parameters(forcing=7.0).with_dimension(11)
    assert lorenz.dimension == 11
    assert lorenz.parameters == {"forcing": 7.0}
    assert lorenz.reference is None
    for sites, largest in [(5, 0.471), (10, 1.177), (20, 1.552), (40, 1.71)]:
        reference = systems.load("lorenz96").with_dimension(sites).reference
        assert reference is not None
        assert reference.exponents == (largest,)


def test_without_a_jacobian_finite_differences_step_in() -> None:
    lorenz = systems.load("lorenz63")
    bare = System(
        name="bare", kind="flow", components=lorenz.components, equations=lorenz.equations,
        parameters=lorenz.parameters, initial_state=lorenz.initial_state, time_unit="1",
        citation="none",
    )  # fmt: skip
    states = states_near(lorenz, 5)
    np.testing.assert_allclose(
        bare.linearise(0.0, states), lorenz.linearise(0.0, states), atol=1e-7
    )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: systems.load("lorentz"), "'lorentz' is unknown.*lorenz63"),
        (lambda: systems.load("system"), "'system' is unknown"),
        (
            lambda: systems.load("lorenz63").with_parameters(r=28.0),
            "no parameter 'r'; it has sigma",
        ),
        (lambda: systems.load("lorenz63").with_parameters(rho=math.nan), "rho is nan"),
        (lambda: systems.load("lorenz63").with_dimension(4), "3 components and no other"),
        (lambda: systems.load("lorenz96").with_dimension(3), "at least 4 components, not 3"),
        (lambda: systems.load("mackey_glass").with_parameters(delay=0.0), "`delay` > 0"),
    ],
)
def test_bad_input_is_told_in_one_line(call, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        call()
    assert "\n" not in str(caught.value)
