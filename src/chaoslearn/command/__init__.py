"""The command ``chaoslearn``: look into results, and compute one thing by the code of the rules.

Everything a subcommand understands is declared here, without importing what computes: help comes
at once, and only the subcommand that was asked for is imported. Each is a module with ``run``,
which takes its arguments by name and gives the lines to print.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from chaoslearn.job import reporting


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the subcommand that ``arguments`` (of the terminal if None) ask for.

    Bad input ends it with one line on stderr and exit code 1, misspelt arguments with 2.
    """
    asked = vars(_parser().parse_args(arguments))
    with reporting([]):
        _print(import_module(f"{__name__}.{asked.pop('command')}").run(**asked))


def _print(lines: Iterable[str]) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without λ shows ? in its place
    try:
        print("\n".join(lines), flush=True)
    except BrokenPipeError:  # whoever reads, as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="chaoslearn", description="Look into results; estimate an exponent; run a net freely."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for declare in (_declare_show, _declare_tau, _declare_measures, _declare_predict):
        declare(commands)
    return parser


Commands = argparse._SubParsersAction  # argparse gives this class no public name


def _declare_show(commands: Commands[argparse.ArgumentParser]) -> None:
    show = commands.add_parser("show", help="what a netCDF file of the results is and holds")
    show.add_argument("file", type=Path, metavar="FILE.nc")


def _declare_tau(commands: Commands[argparse.ArgumentParser]) -> None:
    tau = commands.add_parser("tau", help="λ_max and τ_pred of a series of your own")
    tau.add_argument("file", type=Path, metavar="SERIES", help="csv, npy or netCDF")
    step = tau.add_mutually_exclusive_group(required=True)
    step.add_argument("--dt", type=float, metavar="STEP", help="time between two samples")
    step.add_argument("--time-column", metavar="NAME", help="column of times, which give the step")
    tau.add_argument("--columns", nargs="+", metavar="NAME", help="what is observed (default: all)")
    tau.add_argument("--unit", default="1", help="of time (default: none)")
    tau.add_argument(
        "--picture", type=Path, metavar="FILE", help="png or pdf (default: divergence-SERIES.png)"
    )


def _declare_measures(commands: Commands[argparse.ArgumentParser]) -> None:
    measures = commands.add_parser("measures", help="how good all reconstructions are, as a table")
    measures.add_argument(
        "--results", type=Path, default=Path("results"), help="folder (default: results)"
    )
    measures.add_argument("--sort", metavar="COLUMN", help="heading to sort by, best first")
    for part in ("series", "cell", "forcing"):
        measures.add_argument(f"--{part}", metavar="NAME", help=f"only this {part}")


def _declare_predict(commands: Commands[argparse.ArgumentParser]) -> None:
    predict = commands.add_parser("predict", help="run trained nets freely, into a netCDF file")
    predict.add_argument("trained", type=Path, metavar="TRAINED.nc")
    predict.add_argument("--steps", type=int, required=True, help="samples to generate")
    predict.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT.nc", help="where to write them"
    )
    predict.add_argument(
        "--series", type=Path, metavar="SERIES.nc", help="gives the starts (default: its own)"
    )
    predict.add_argument(
        "--transient", type=int, default=0, metavar="STEPS",
        help="dropped first in the standard convention (default: 0)",
    )  # fmt: skip
