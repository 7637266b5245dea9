import numpy as np

from chaoslearn.series.neighbours import nearest_neighbours


def brute_force(points: np.ndarray, origin: int, window: int) -> int:
    distance = np.linalg.norm(points - points[origin], axis=1)
    near_in_time = np.abs(np.arange(len(points)) - origin) <= window
    return int(np.argmin(np.where(near_in_time, np.inf, distance)))


def test_agree_with_brute_force() -> None:
    points = np.cumsum(np.random.default_rng(0).standard_normal((500, 3)), axis=0)
    points /= points.std(axis=0)
    references = np.arange(0, 500, 7)
    kept, found = nearest_neighbours(points, references, theiler_window=20, count=1)
    np.testing.assert_array_equal(kept, references)
    assert found[:, 0].tolist() == [brute_force(points, origin, 20) for origin in references]


def test_several_come_in_order_of_distance_and_outside_the_window() -> None:
    points = np.random.default_rng(1).standard_normal((300, 2))
    kept, found = nearest_neighbours(points, np.arange(300), theiler_window=10, count=5)
    distance = np.linalg.norm(points[found] - points[kept][:, None], axis=2)
    assert (np.diff(distance, axis=1) >= 0).all()
    assert (np.abs(found - kept[:, None]) > 10).all()


def test_copies_are_no_neighbours() -> None:
    points = np.tile(np.arange(10.0), 20)[:, None]  # every value comes twenty times
    kept, found = nearest_neighbours(points, np.arange(200), theiler_window=1, count=1)
    assert (np.abs(points[found[:, 0]] - points[kept]) == 1.0).all()


def test_references_without_neighbours_are_left_out() -> None:
    points = np.zeros((50, 1))
    kept, found = nearest_neighbours(points, np.arange(50), theiler_window=1, count=1)
    assert len(kept) == len(found) == 0
