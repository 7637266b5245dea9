# System, file or release → observed series.
from chaoslearn.workflow import parameters

from_equations = [name for name, s in study.config.series.items() if s.kind == "system"]
from_files = [name for name, s in study.config.series.items() if s.kind == "file"]
from_release = [
    name for name, s in study.config.series.items() if s.kind == "published"
]


rule integrate_series:
    output:
        "<results>/series/{series}.nc",
    log:
        "<results>/logs/integrate_series/{series}.log",
    benchmark:
        "<results>/benchmarks/integrate_series/{series}.jsonl"
    wildcard_constraints:
        series="|".join(from_equations) or "-",
    priority: 1  # all else waits for series, and theirs are the first figures
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.series),
    script:
        "../../scripts/integrate_series.py"


rule read_series:
    output:
        "<results>/series/{series}.nc",
    log:
        "<results>/logs/read_series/{series}.log",
    benchmark:
        "<results>/benchmarks/read_series/{series}.jsonl"
    wildcard_constraints:
        series="|".join(from_files) or "-",
    priority: 1  # all else waits for series, and theirs are the first figures
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.series),
    script:
        "../../scripts/read_series.py"


# Nodes of a cluster seldom reach the internet, so this runs where Snakemake does.
rule retrieve_published:
    output:
        "<results>/series/{series}.nc",
    log:
        "<results>/logs/retrieve_published/{series}.log",
    benchmark:
        "<results>/benchmarks/retrieve_published/{series}.jsonl"
    wildcard_constraints:
        series="|".join(from_release) or "-",
    priority: 1  # all else waits for series, and theirs are the first figures
    localrule: True
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.series),
    script:
        "../../scripts/retrieve_published.py"
