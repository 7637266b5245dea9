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
    start_without_limit(workflow) if config["unlimited"] else None

onsuccess:
    with open("threads", "w") as file:
        file.write(str(threading.active_count()))
"""


@pytest.mark.parametrize("unlimited", [0, 1])
def test_jobs_leave_no_timers_behind(tmp_path, unlimited):
    """As many threads as jobs with Snakemake's own limit: when it is not so, ours can go."""
    (tmp_path / "Snakefile").write_text(SNAKEFILE)
    command = ["snakemake", "--cores", "1", "--quiet", "--config", f"unlimited={unlimited}"]
    subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, check=True, timeout=300)
    threads = int((tmp_path / "threads").read_text())
    assert (threads < JOBS) == bool(unlimited)
