"""What each forcing says: where segments begin, from what, how the gradient is bounded."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from chaoslearn import forcing
from chaoslearn.errors import InputError
from chaoslearn.forcing.plan import Clip, Plan, every


def plan_of(identifier: str, window: int = 200, progress: float = 1.0, seed: int = 0) -> Plan:
    return forcing.load(identifier).plan(window, progress, np.random.default_rng(seed))


@given(st.integers(1, 300), st.integers(1, 300))
def test_segments_cover_the_window(interval: int, window: int) -> None:
    interval = min(interval, window)
    plan = every(interval, window)
    assert sum(plan.lengths) == window
    assert len(plan.starts) == -(-window // interval)
    assert max(plan.lengths) == interval


def test_sparse_begins_from_what_is_observed() -> None:
    assert plan_of("sparse-60") == Plan(200, (0, 60, 120, 180), "observed")


def test_windowed_begins_from_zero_and_truncated_carries_on() -> None:
    assert plan_of("windowed-100") == Plan(200, (0, 100), "zero")
    assert plan_of("truncated-100") == Plan(200, (0, 100), "carried")


def test_clipped_forces_once_and_bounds_the_gradient() -> None:
    assert plan_of("clipped-norm-10") == Plan(200, (0,), "observed", Clip("norm", 10.0))
    assert plan_of("clipped-value-0.5") == Plan(200, (0,), "observed", Clip("value", 0.5))


def test_annealed_follows_the_published_formula() -> None:
    """τ_e = ⌊(τ_end − 1)·e/E⌋ + 1 for every epoch of a run of 3000."""
    epochs, end = 3000, 46
    for epoch in range(1, epochs + 1):
        interval = (end - 1) * epoch // epochs + 1
        assert plan_of(f"annealed-{end}", progress=epoch / epochs).starts[1:2] == (interval,)


def test_random_draws_all_intervals_of_its_range_and_no_others() -> None:
    drawn = {plan_of("random-5-3", seed=seed).starts[1] for seed in range(300)}
    assert drawn == {2, 3, 4, 5, 6, 7, 8}
    cut = {plan_of("random-3-10", window=6, seed=seed).lengths[0] for seed in range(300)}
    assert cut == {1, 2, 3, 4, 5, 6}


def test_two_forcings_compose() -> None:
    assert plan_of("sparse-100+clipped-norm-1") == Plan(
        200, (0, 100), "observed", Clip("norm", 1.0)
    )


def test_auto_becomes_the_predictability_time() -> None:
    assert forcing.resolve("sparse-auto", 62.7) == "sparse-63"
    assert forcing.resolve("annealed-auto", 46.2) == "annealed-46"
    assert forcing.resolve("sparse-30", float("inf")) == "sparse-30"
    assert forcing.resolve("sparse-auto+clipped-norm-1", 9.6) == "sparse-10+clipped-norm-1"
    for unknown in (float("inf"), float("nan")):
        with pytest.raises(InputError, match="no positive λ_max of the series is known"):
            forcing.resolve("sparse-auto", unknown)


@pytest.mark.parametrize(
    "identifier",
    [
        "sparse-0", "sparse--1", "sparse-1.5", "sparse-x", "sparse", "sparse-1-2", "random-5",
        "clipped-norm-0", "clipped-norm-nan", "clipped-length-1", "clipped-norm", "unheard-of-3",
        "plan-3", "sparse-5+sparse-6", "sparse-5+clipped-norm-1+clipped-norm-2", "no.such.module-3",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(identifier: str) -> None:
    with pytest.raises(InputError) as refusal:
        plan_of(identifier)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("class Forcing:\n    def __init__(self, interval): ...", "TypeError: "),
        ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("class Forcing(:", "SyntaxError: "),
        ("A = 1", "AttributeError: .* has no attribute 'Forcing'"),
    ],
)
def test_a_mistake_in_a_users_module_is_told_in_one_line(
    code: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / f"my_forcings_{abs(hash(code))}"
    folder.mkdir()
    (folder / "one.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    where = rf"module {folder.name}\.one gives no Forcing\(10, 20\): "
    with pytest.raises(InputError, match=where + told) as refusal:
        forcing.load(f"{folder.name}.one-10-20")
    assert "\n" not in str(refusal.value)


def test_an_interval_longer_than_the_window_is_refused() -> None:
    with pytest.raises(InputError, match="between 1 and the window of 20"):
        plan_of("sparse-30", window=20)
