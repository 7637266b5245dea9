"""Tables over runs of different series: each keeps its units, none is mislabelled."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from chaoslearn import store
from chaoslearn.errors import InputError
from chaoslearn.records import tables
from chaoslearn.store import variable

CONVENTIONS = ["published", "standard"]


def measures(series: str, unit: str, told: str, members: int = 2) -> xr.Dataset:
    """A measures file in which a number says where it belongs."""
    both = ("convention", "member")
    member = np.arange(members, dtype=float)
    per_member = {
        "fraction_outside": member,
        "valid_prediction_time": 3.0 + member,
        "largest_exponent_error": 0.1 + member,
        "kaplan_yorke_dimension": 2.0 + member,
        "kaplan_yorke_dimension_error": 0.2 + member,
    }
    return xr.Dataset(
        {
            "state_space_divergence": variable(both, [member, 10 + member], "D_stsp"),
            "spectrum_distance": variable(both, [member, 20 + member], "D_H"),
            "failed": variable(both, np.zeros((2, members), bool), "failed"),
            "spectrum_correlation": variable(both, np.ones((2, members)), "PSC"),
            "state_space_divergence_mixture": variable(
                ("variance", "member"), np.outer([0.1, 1.0], 1 + member), "D_stsp by mixture"
            ),
            "state_space_divergence_mixture_floor": variable("variance", [0.01, 0.02], "floor"),
            "prediction_error": variable(
                ("horizon", "member"), np.outer([1.0, 5.0, 20.0], 1 + member), "error"
            ),
            "exponent": variable(("member", "index"), np.outer(1 + member, [0.9, -1]), "λ", unit),
            "state_space_divergence_floor": variable("convention", [0.1, 0.2], "floor"),
            "spectrum_distance_floor": variable("convention", [0.3, 0.4], "floor"),
            "spectrum_correlation_floor": variable("convention", [0.5, 0.6], "floor"),
            **{name: variable("member", values, name) for name, values in per_member.items()},
        },
        {
            "convention": variable("convention", CONVENTIONS, "convention"),
            "member": variable("member", np.arange(members), "member"),
            "horizon": variable("horizon", [1, 5, 20], "horizon"),
            "variance": variable("variance", [0.1, 1.0], "variance"),
            "lyapunov_time": variable("horizon", [0.1, 0.5, 2.0], "Lyapunov times"),
        },
        {
            "wildcards": json.dumps({"series": series, "cell": "rnn", "forcing": "sparse-5"}),
            "valid_prediction_time_unit": told,
        },
    )


def two_series() -> xr.Dataset:
    return tables.measures_table(
        [
            measures("lorenz", "1", "Lyapunov times"),
            measures("mine", "1/s", "none: largest exponent unknown", members=1),
        ]
    )


def test_each_run_says_its_units() -> None:
    table = two_series()
    assert table["unit"].values.tolist() == ["1", "1/s"]
    assert table["valid_prediction_time_unit"].values.tolist() == [
        "Lyapunov times",
        "none: largest exponent unknown",
    ]
    assert table["largest_exponent"].attrs["units"] == "as in unit"
    alike = tables.measures_table([measures(name, "1/s", "") for name in ("one", "two")])
    assert alike["largest_exponent"].attrs["units"] == "1/s"


def test_rows_hold_the_numbers_of_their_run_convention_and_member(tmp_path: Path) -> None:
    tables.write_csv(tables.flat(two_series()), tmp_path / "table.csv")
    frame = pd.read_csv(tmp_path / "table.csv")
    assert len(frame) == 6  # two conventions of two members and of one
    row = frame[(frame.series == "lorenz") & (frame.convention == "standard") & (frame.member == 1)]
    expected = {
        "state_space_divergence": 11,
        "spectrum_distance": 21,
        "largest_exponent": 1.8,
        "prediction_error_1": 2,
        "prediction_error_5": 10,
        "prediction_error_20": 40,
        "valid_prediction_time": 4,
        "state_space_divergence_floor": 0.2,
    }
    assert {name: row[name].item() for name in expected} == pytest.approx(expected)
    assert set(frame[frame.series == "mine"].unit) == {"1/s"}
    assert set(frame.failed) == {False}


def test_runs_with_fewer_members_are_padded_in_the_file(tmp_path: Path) -> None:
    store.write(two_series(), tmp_path / "table.nc", key="k", settings={})
    table = store.read(tmp_path / "table.nc").isel(run=1)
    assert np.isnan(table["state_space_divergence"].sel(member=1)).all()
    assert np.isnan(table["failed"].sel(member=1).astype(float)).all()
    assert table["prediction_error_5"].sel(member=0) == 5.0


def test_a_csv_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"table\.csv: cannot be written"):
        tables.write_csv(pd.DataFrame({"a": [1]}), tmp_path / "file" / "table.csv")
