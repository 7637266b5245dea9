# Series → trained ensembles → free runs.
def exponents_if_needed(wildcards):
    needed = study.needs_exponents(wildcards.series, wildcards.cell, wildcards.forcing)
    return study.exponents(wildcards.series).path if needed else []


rule train_block:
    input:
        series="<results>/series/{series}.nc",
        exponents=exponents_if_needed,
    output:
        "<results>/training/{series}/{cell}/{forcing}/block-{block}.nc",
    params:
        **parameters(study.block),
        checkpoints=f"{config['results']}/checkpoints",
    log:
        "<results>/logs/train_block/{series}/{cell}/{forcing}/block-{block}.log",
    benchmark:
        "<results>/benchmarks/train_block/{series}/{cell}/{forcing}/block-{block}.jsonl"
    resources:
        gpu=1,
    script:
        "../../scripts/train_block.py"


rule collect_blocks:
    input:
        lambda wildcards: [job.path for job in study.training(**wildcards).parents],
    output:
        "<results>/training/{series}/{cell}/{forcing}.nc",
    params:
        **parameters(study.training),
    log:
        "<results>/logs/collect_blocks/{series}/{cell}/{forcing}.log",
    benchmark:
        "<results>/benchmarks/collect_blocks/{series}/{cell}/{forcing}.jsonl"
    script:
        "../../scripts/collect_blocks.py"


rule generate_free_runs:
    input:
        series="<results>/series/{series}.nc",
        training="<results>/training/{series}/{cell}/{forcing}.nc",
    output:
        "<results>/free_runs/{series}/{cell}/{forcing}.nc",
    params:
        **parameters(study.free_runs),
    log:
        "<results>/logs/generate_free_runs/{series}/{cell}/{forcing}.log",
    benchmark:
        "<results>/benchmarks/generate_free_runs/{series}/{cell}/{forcing}.jsonl"
    script:
        "../../scripts/generate_free_runs.py"
