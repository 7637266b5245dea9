"""What the workflow costs beside training: planning when there is nothing to do, and other jobs.

`python benchmarks/bench_overheads.py`; method and results: docs/performance.md.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from chaoslearn.config import read
from chaoslearn.study import Study

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("Snakefile", "config.yaml", "config", "workflow", "scripts", "profiles", "envs", "src")
SCALES = {"default": (), "paper": ("config/paper.yaml",)}
TRAINING = "train_block"
ROUNDS = 3


def snakemake(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call Snakemake in a folder with the package that lies in it."""
    return subprocess.run(
        [sys.executable, "-m", "snakemake", "--cores", "1", *arguments],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(folder / "src")},
        check=True, capture_output=True, text=True,
    )  # fmt: skip


def pretend_finished(folder: Path, overlays: tuple[str, ...]) -> int:
    """Put an empty file in the place of every result, with Snakemake's record of it; how many."""
    paths = [folder / file for job in study(overlays).jobs() for file in job.files]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    configs = ("--configfile", *overlays) if overlays else ()
    snakemake(folder, "--touch", "--forceall", *configs)
    return len(paths)


def study(overlays: tuple[str, ...]) -> Study:
    """All jobs of a scale."""
    return Study(read(ROOT / "config.yaml", *(ROOT / path for path in overlays)), ROOT)


def idle_seconds(folder: Path, overlays: tuple[str, ...]) -> tuple[float, float]:
    """Shortest wall-clock and processor time of a dry run that plans nothing."""
    configs = ("--configfile", *overlays) if overlays else ()
    walls, processors = [], []
    for _ in range(ROUNDS):
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        run = snakemake(folder, "--dry-run", *configs)
        walls.append(time.perf_counter() - began)
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        processors.append(now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime)
        if "Nothing to be done" not in run.stdout + run.stderr:
            raise RuntimeError("something is planned where all is there")
    return min(walls), min(processors)


def seconds_by_rule(benchmarks: Path) -> dict[str, float]:
    """Seconds of all jobs of each rule, added up, from Snakemake's benchmark files."""
    seconds: dict[str, float] = defaultdict(float)
    for file in benchmarks.rglob("*.jsonl"):
        rule = file.relative_to(benchmarks).parts[0].removesuffix(".jsonl")
        seconds[rule] += sum(json.loads(line)["s"] for line in file.read_text().splitlines())
    return dict(seconds)


def main() -> None:
    """Print the time of planning nothing at each scale, and the share of what is not training."""
    print("scale     files  dry run/s  processor/s")
    for scale, overlays in SCALES.items():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for part in PARTS:
                copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
                copy(ROOT / part, folder / part)
            files = pretend_finished(folder, overlays)
            wall, processor = idle_seconds(folder, overlays)
        print(f"{scale:8} {files:6} {wall:10.1f} {processor:12.1f}")
    seconds = seconds_by_rule(ROOT / "results" / "benchmarks")
    if seconds:
        total = sum(seconds.values())
        print(f"not training: {1 - seconds.get(TRAINING, 0.0) / total:.1%} of {total:.0f} s")
    else:
        print("share of training: no results/benchmarks here; run `make` first")


if __name__ == "__main__":
    main()
