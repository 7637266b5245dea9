# Series → trained ensembles → free runs.
def exponents_if_forced_at_predictability_time(wildcards):
    block = study.block(**wildcards)
    return block.paths("exponents") if "exponents" in block.inputs else []


rule train_block:
    input:
        series="<results>/series/{series}.nc",
        exponents=exponents_if_forced_at_predictability_time,
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
        lambda wildcards: study.training(**wildcards).paths("blocks"),
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
