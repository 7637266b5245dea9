"""Snakemake's main process while many short jobs run."""

import subprocess
import sys

import pytest

JOBS = 12
SNAKEFILE = f"""
import threading
from chaoslearn.workflow import start_without_limit

rule all:
    input:
        [f"{{number}}.txt" for number in range({JOBS})]

rule one:
    output:
        "{{number}}.txt"
    shell:
        "touch {{output}}"

onstart:
    start_without_limit(workflow) if config["ours"] else None

onsuccess:
    with open("threads", "w") as file:
        file.write(str(threading.active_count()))
"""


@pytest.mark.parametrize(
    ("ours", "asked_for", "timers"),
    [
        pytest.param(0, [], True, id="Snakemake's own limit: if there are none, ours can go"),
        pytest.param(1, [], False, id="taken off"),
        pytest.param(1, ["--max-jobs-per-timespan", "50/1s"], True, id="one asked for stays"),
    ],
)
def test_jobs_leave_no_timers_behind(tmp_path, ours, asked_for, timers):
    """With a limit, there are as many threads as there were jobs."""
    (tmp_path / "Snakefile").write_text(SNAKEFILE)
    command = ["snakemake", "--cores", "1", "--quiet", *asked_for, "--config", f"ours={ours}"]
    subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, check=True, timeout=300)
    threads = int((tmp_path / "threads").read_text())
    assert (threads >= JOBS) == timers
