# Series → Lyapunov exponents and the predictability time.
rule estimate_exponents:
    input:
        series="<results>/series/{series}.nc",
    output:
        "<results>/exponents/{series}.nc",
    log:
        "<results>/logs/estimate_exponents/{series}.log",
    benchmark:
        "<results>/benchmarks/estimate_exponents/{series}.jsonl"
    priority: 1  # all else waits for series, and theirs are the first figures
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.exponents),
    script:
        "../../scripts/estimate_exponents.py"


rule collect_exponents:
    input:
        study.exponents_table().paths("exponents"),
    output:
        "<results>/tables/exponents.csv",
    log:
        "<results>/logs/collect_exponents.log",
    benchmark:
        "<results>/benchmarks/collect_exponents.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.exponents_table),
    script:
        "../../scripts/collect_exponents.py"
