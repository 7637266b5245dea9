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


# Nets whose regime is known from how they are made, traced the same way.
rule trace_constructed:
    output:
        "<results>/constructed/{regime}/{cell}.nc",
    log:
        "<results>/logs/trace_constructed/{regime}/{cell}.log",
    benchmark:
        "<results>/benchmarks/trace_constructed/{regime}/{cell}.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.theorems.constructed),
    script:
        "../../scripts/trace_constructed.py"


rule collect_theorems:
    input:
        constructed=study.theorems.table().paths("constructed"),
        trained=study.theorems.table().paths("trained"),
    output:
        netcdf="<results>/tables/theorems.nc",
        csv="<results>/tables/theorems.csv",
    log:
        "<results>/logs/collect_theorems.log",
    benchmark:
        "<results>/benchmarks/collect_theorems.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.theorems.table),
    script:
        "../../scripts/collect_theorems.py"


rule trace_growth:
    input:
        series="<results>/series/{series}.nc",
        training="<results>/training/{series}/{cell}/{forcing}.nc",
    output:
        "<results>/growth/{series}/{cell}/{forcing}.nc",
    log:
        "<results>/logs/trace_growth/{series}/{cell}/{forcing}.log",
    benchmark:
        "<results>/benchmarks/trace_growth/{series}/{cell}/{forcing}.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.theorems.growth),
    script:
        "../../scripts/trace_growth.py"


rule collect_growth:
    input:
        study.theorems.growth_table().paths("growth"),
    output:
        netcdf="<results>/tables/growth.nc",
        csv="<results>/tables/growth.csv",
    log:
        "<results>/logs/collect_growth.log",
    benchmark:
        "<results>/benchmarks/collect_growth.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.theorems.growth_table),
    script:
        "../../scripts/collect_growth.py"


rule trace_forced:
    input:
        series="<results>/series/{series}.nc",
        training="<results>/training/{series}/{cell}/{forcing}.nc",
    output:
        "<results>/forced/{series}/{cell}/{forcing}.nc",
    log:
        "<results>/logs/trace_forced/{series}/{cell}/{forcing}.log",
    benchmark:
        "<results>/benchmarks/trace_forced/{series}/{cell}/{forcing}.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.theorems.forced),
    script:
        "../../scripts/trace_forced.py"


rule trace_course:
    input:
        series="<results>/series/{series}.nc",
        training="<results>/training/{series}/{cell}/{forcing}.nc",
    output:
        "<results>/courses/{series}/{cell}/{forcing}.nc",
    log:
        "<results>/logs/trace_course/{series}/{cell}/{forcing}.log",
    benchmark:
        "<results>/benchmarks/trace_course/{series}/{cell}/{forcing}.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.theorems.course),
    script:
        "../../scripts/trace_course.py"
