# Series → Lyapunov exponents and the predictability time.
rule estimate_exponents:
    input:
        series="<results>/series/{series}.nc",
    output:
        "<results>/exponents/{series}.nc",
    params:
        **parameters(study.exponents),
    log:
        "<results>/logs/estimate_exponents/{series}.log",
    benchmark:
        "<results>/benchmarks/estimate_exponents/{series}.jsonl"
    script:
        "../../scripts/estimate_exponents.py"


rule collect_exponents:
    input:
        study.exponents_table().paths("exponents"),
    output:
        "<results>/tables/exponents.csv",
    params:
        **parameters(study.exponents_table),
    log:
        "<results>/logs/collect_exponents.log",
    benchmark:
        "<results>/benchmarks/collect_exponents.jsonl"
    script:
        "../../scripts/collect_exponents.py"
