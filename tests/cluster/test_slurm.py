"""The workflow on a real Slurm: equal results, cards, time limits, failed jobs, a failed node."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest
import torch
import xarray as xr
import yaml

pytestmark = [pytest.mark.cluster, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
SLURM = Path(__file__).with_name("slurm.sh")
TINY = ROOT / "tests/workflow/tiny.yaml"
# This Slurm keeps no accounts, and its jobs are short.
IMPATIENT = (
    "--slurm-status-command", "squeue", "--slurm-init-seconds-before-status-checks", "1",
    "--latency-wait", "5",
)  # fmt: skip
WITHOUT_CARDS = ("--set-resources", "train_block:gpu=0", "train_block:runtime=15 * attempt")
LONGEST = 1800  # seconds that a run may take before it counts as hanging
BLOCK = "results/training/lorenz63/rnn/sparse-10/block-0.nc"
LOG = "results/logs/train_block/lorenz63/rnn/sparse-10/block-0.log"


@pytest.fixture(scope="module", autouse=True)
def slurm() -> Iterator[None]:
    if shutil.which("slurmctld") is None:
        pytest.skip(f"no Slurm on this machine: {SLURM.relative_to(ROOT)} install")
    if find_spec("snakemake_executor_plugin_slurm") is None:
        pytest.skip("no Slurm plugin in this environment: pip install '.[cluster]'")
    if os.geteuid() != 0:
        pytest.skip("a Slurm of one's own needs root")
    subprocess.run([SLURM, "start"], check=True)
    yield
    subprocess.run([SLURM, "stop"], check=True)


@dataclass(frozen=True)
class Place:
    """A folder with a configuration of its own; the workflow is that of the checkout."""

    folder: Path

    def here(self, *arguments: str) -> str:
        """What a run on this machine says, which must not fail."""
        process = self.begin("--cores", "2", *arguments)
        said = finish(process)
        assert process.returncode == 0, said[-3000:]
        return said

    def through_slurm(self, *arguments: str, fails: bool = False) -> str:
        """What a run through Slurm says."""
        process = self.begin_through_slurm(*arguments)
        said = finish(process)
        assert (process.returncode != 0) == fails, said[-3000:]
        return said

    def begin_through_slurm(self, *arguments: str) -> subprocess.Popen[str]:
        profile = str(ROOT / "profiles/slurm")
        return self.begin("--workflow-profile", profile, *IMPATIENT, *arguments)

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile"), *arguments],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def log(self) -> str:
        return (self.folder / LOG).read_text()


def place(folder: Path, **changes: dict[str, object]) -> Place:
    """A new folder with the tiny configuration, these sections of it changed."""
    config = yaml.safe_load(TINY.read_text())
    for section, values in changes.items():
        config[section] |= values
    folder.mkdir()
    (folder / "config.yaml").write_text(yaml.safe_dump(config))
    return Place(folder)


def assert_same(one: Place, other: Place) -> None:
    """The same netCDF files with the same data and attributes, keys included."""
    paths = [
        sorted(path.relative_to(each.folder) for path in each.folder.glob("results/**/*.nc"))
        for each in (one, other)
    ]
    assert paths[0]
    assert paths[0] == paths[1]
    for path in paths[0]:
        with (
            xr.open_dataset(one.folder / path) as expected,
            xr.open_dataset(other.folder / path) as found,
        ):
            xr.testing.assert_identical(expected, found)


def jobs_of(place: Place) -> dict[str, str]:
    """What Slurm says of each job begun in a place, by the comment the plugin gives it."""
    told = subprocess.check_output(["scontrol", "--detail", "--oneliner", "show", "job"], text=True)
    return {
        match[1]: line
        for line in told.splitlines()
        if f"WorkDir={place.folder}" in line and (match := re.search(r"Comment=(\S+)", line))
    }


def finish(run: subprocess.Popen[str]) -> str:
    """What a run says until it ends; one that hangs is killed."""
    try:
        return run.communicate(timeout=LONGEST)[0]
    except subprocess.TimeoutExpired:
        run.kill()
        raise


def wait_for_checkpoint(place: Place, run: subprocess.Popen[str]) -> None:
    latest = time.monotonic() + LONGEST
    while not list(place.folder.glob("results/checkpoints/*.npz")):
        assert run.poll() is None, finish(run)[-3000:]
        if time.monotonic() > latest:
            run.kill()
            pytest.fail(f"no checkpoint after {LONGEST} s")
        time.sleep(0.2)


def training(place: Place) -> psutil.Process:
    """The training job at work in a place."""
    scripts = str(place.folder / ".snakemake/scripts")
    (process,) = (
        process
        for process in psutil.process_iter(["cmdline"])
        if any(
            part.startswith(scripts) and part.endswith("train_block.py")
            for part in process.info["cmdline"] or ()
        )
    )
    return process


# ---- what comes out ------------------------------------------------------------------------------


def test_a_run_through_slurm_gives_what_a_local_run_gives(tmp_path: Path) -> None:
    local, remote = place(tmp_path / "local"), place(tmp_path / "remote")
    local.here()
    remote.through_slurm(*WITHOUT_CARDS)
    assert_same(local, remote)
    assert any("ensemble" in name for name in jobs_of(remote)), "no ensemble was made in one job"


def test_a_failed_job_leaves_the_rest_and_is_named_with_its_log(tmp_path: Path) -> None:
    broken: dict[str, object] = {"kind": "file", "path": "broken.csv", "step": 0.1}
    failing = place(tmp_path / "failing", series={"broken": broken})
    (failing.folder / "broken.csv").write_text("x,y\n1,2\nnan,3\n2,5\n")
    exponents = [f"results/exponents/{name}.nc" for name in ("broken", "lorenz63")]
    said = failing.through_slurm("--retries", "0", *exponents, fails=True)
    log = "results/logs/read_series/broken.log"
    assert f"read_series broken, see {log}" in said.rpartition("1 failed")[2]
    assert "broken.csv" in (failing.folder / log).read_text()
    assert [(failing.folder / path).exists() for path in exponents] == [False, True]


# ---- cards ---------------------------------------------------------------------------------------


@pytest.mark.skipif(torch.cuda.is_available(), reason="the training would find a real card")
def test_training_gets_a_card_and_says_so_where_there_is_none(tmp_path: Path) -> None:
    carded = place(tmp_path / "carded")
    carded.through_slurm("--retries", "0", BLOCK, fails=True)
    jobs = jobs_of(carded)
    (trained,) = [line for name, line in jobs.items() if "train_block" in name]
    (integrated,) = [line for name, line in jobs.items() if "integrate_series" in name]
    assert "TresPerJob=gres:gpu:1" in trained
    assert "gpu" not in integrated
    # The pretend card is none to torch: no quiet fall-back to the processor.
    assert carded.log().startswith("error: the profile gives this job a GPU, but torch finds none")
    assert not (carded.folder / BLOCK).exists()


# ---- what is killed goes on ----------------------------------------------------------------------

# Longer than it takes to see a checkpoint and to interfere.
LONG: dict[str, object] = {"epochs": 1500}
OFTEN = (*WITHOUT_CARDS, "train_block:seconds_between_checkpoints=1")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A training on this machine from its beginning to its end."""
    trained = place(tmp_path_factory.mktemp("undisturbed") / "local", training=LONG)
    trained.here(BLOCK)
    return trained


def test_a_training_past_its_time_limit_goes_on_from_its_checkpoint(
    tmp_path: Path, undisturbed: Place
) -> None:
    limited = place(tmp_path / "limited", training=LONG)
    run = limited.begin_through_slurm(*OFTEN, "--", BLOCK)
    wait_for_checkpoint(limited, run)
    # Suspended, it cannot end before the limit, which is of whole minutes, is looked at.
    training(limited).suspend()
    (job,) = [line.split()[0] for name, line in jobs_of(limited).items() if "train_block" in name]
    subprocess.run(["scontrol", "update", job, "TimeLimit=1"], check=True)
    said = finish(run)
    assert run.returncode == 0, said[-3000:]
    # Snakemake's own words, of which the terminal shows a line a job.
    (told,) = limited.folder.glob(".snakemake/log/*.log")
    assert "'TIMEOUT'" in told.read_text()
    assert re.match(r"resumed at epoch [1-9]\d* from ", limited.log())
    assert_same(undisturbed, limited)


def test_a_training_whose_node_failed_goes_on_when_it_is_back(
    tmp_path: Path, undisturbed: Place
) -> None:
    failing = place(tmp_path / "failing", training=LONG)
    run = failing.begin_through_slurm(*OFTEN, "--", BLOCK)
    wait_for_checkpoint(failing, run)
    node = ["scontrol", "update", "NodeName=localhost"]
    subprocess.run([*node, "State=DOWN", "Reason=test"], check=True)
    subprocess.run([*node, "State=RESUME"], check=True)
    said = finish(run)
    assert run.returncode == 0, said[-3000:]
    assert re.match(r"resumed at epoch [1-9]\d* from ", failing.log())
    assert_same(undisturbed, failing)
