"""Which families a sweep shows as curves, and against what."""

from chaoslearn.figures.families import axis_of, shows_predictability, swept
from chaoslearn.published.places import Place


def test_a_family_with_two_positions_is_swept_and_others_lie_across() -> None:
    lorenz = [Place("sparse", 5.0), Place("sparse", 30.0), Place("clipped-norm", 1.0)]
    assert swept(lorenz) == ["sparse"]
    random = [Place("sparse", 30.0), Place("random-30", 10.0), Place("random-30", 20.0)]
    assert swept(random) == ["random-30"]


def test_with_one_position_each_sparse_is_swept() -> None:
    assert swept([Place("annealed", 46.0), Place("sparse", 30.0)]) == ["sparse"]
    assert swept([Place("windowed", 30.0)]) == ["windowed"]


def test_axes_tell_units_and_where_the_predictability_time_belongs() -> None:
    assert axis_of("random-30").endswith("(steps)")
    assert axis_of("clipped-norm").endswith("(dimensionless)")
    assert shows_predictability("sparse")
    assert not shows_predictability("random-30")
