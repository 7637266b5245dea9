# Trained ensembles → how far their gradients reach.
rule trace_gradients:
    input:
        series="<results>/series/{series}.nc",
        training="<results>/training/{series}/{cell}/{forcing}.nc",
    output:
        "<results>/gradients/{series}/{cell}/{forcing}.nc",
    log:
        "<results>/logs/trace_gradients/{series}/{cell}/{forcing}.log",
    benchmark:
        "<results>/benchmarks/trace_gradients/{series}/{cell}/{forcing}.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.gradients),
    script:
        "../../scripts/trace_gradients.py"
