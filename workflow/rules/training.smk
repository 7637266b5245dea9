# Series → trained ensembles → free runs.
rule train_block:
    input:
        series="<results>/series/{series}.nc",
        exponents=lambda wildcards: study.block(**wildcards).paths("exponents"),
    output:
        "<results>/training/{series}/{cell}/{forcing}/block-{block}.nc",
    log:
        "<results>/logs/train_block/{series}/{cell}/{forcing}/block-{block}.log",
    benchmark:
        "<results>/benchmarks/train_block/{series}/{cell}/{forcing}/block-{block}.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    # Where and how it runs, not what is computed; a profile sets others with set-resources.
    resources:
        gpu=1,
        seconds_between_checkpoints=30,
    params:
        **parameters(study.block),
        checkpoints=f"{config['results']}/checkpoints",
    script:
        "../../scripts/train_block.py"


rule collect_blocks:
    input:
        lambda wildcards: study.training(**wildcards).paths("blocks"),
    output:
        "<results>/training/{series}/{cell}/{forcing}.nc",
    log:
        "<results>/logs/collect_blocks/{series}/{cell}/{forcing}.log",
    benchmark:
        "<results>/benchmarks/collect_blocks/{series}/{cell}/{forcing}.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.training),
    script:
        "../../scripts/collect_blocks.py"


rule generate_free_runs:
    input:
        series="<results>/series/{series}.nc",
        exponents="<results>/exponents/{series}.nc",
        training="<results>/training/{series}/{cell}/{forcing}.nc",
    output:
        "<results>/free_runs/{series}/{cell}/{forcing}.nc",
    log:
        "<results>/logs/generate_free_runs/{series}/{cell}/{forcing}.log",
    benchmark:
        "<results>/benchmarks/generate_free_runs/{series}/{cell}/{forcing}.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.free_runs),
    script:
        "../../scripts/generate_free_runs.py"
