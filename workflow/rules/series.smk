# System or file → observed series.
from chaoslearn.workflow import parameters

from_equations = [name for name, s in study.config.series.items() if s.kind == "system"]
from_files = [name for name, s in study.config.series.items() if s.kind == "file"]


rule integrate_series:
    output:
        "<results>/series/{series}.nc",
    wildcard_constraints:
        series="|".join(from_equations) or "-",
    params:
        **parameters(study.series),
    log:
        "<results>/logs/integrate_series/{series}.log",
    benchmark:
        "<results>/benchmarks/integrate_series/{series}.jsonl"
    script:
        "../../scripts/integrate_series.py"


rule read_series:
    output:
        "<results>/series/{series}.nc",
    wildcard_constraints:
        series="|".join(from_files) or "-",
    params:
        **parameters(study.series),
    log:
        "<results>/logs/read_series/{series}.log",
    benchmark:
        "<results>/benchmarks/read_series/{series}.jsonl"
    script:
        "../../scripts/read_series.py"
