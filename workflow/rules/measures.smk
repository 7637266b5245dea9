# Free runs and trained ensembles → how good the reconstructions are.
rule measure_reconstruction:
    input:
        series="<results>/series/{series}.nc",
        exponents="<results>/exponents/{series}.nc",
        training="<results>/training/{series}/{cell}/{forcing}.nc",
        free_runs="<results>/free_runs/{series}/{cell}/{forcing}.nc",
    output:
        "<results>/measures/{series}/{cell}/{forcing}.nc",
    log:
        "<results>/logs/measure_reconstruction/{series}/{cell}/{forcing}.log",
    benchmark:
        "<results>/benchmarks/measure_reconstruction/{series}/{cell}/{forcing}.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.measures),
    script:
        "../../scripts/measure_reconstruction.py"


rule collect_measures:
    input:
        study.measures_table().paths("measures"),
    output:
        netcdf="<results>/tables/measures.nc",
        csv="<results>/tables/measures.csv",
    log:
        "<results>/logs/collect_measures.log",
    benchmark:
        "<results>/benchmarks/collect_measures.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.measures_table),
    script:
        "../../scripts/collect_measures.py"
