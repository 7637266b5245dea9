# Everything computed → figures. They open netCDF and draw; a figure's caption has its rule's name.
# One label each: of two, the report makes a switch where values happen to come in equal numbers,
# and fails where a figure then has no partner.
attractors = [name for name, e in study.experiments.items() if e.figure == "attractor"]
traces = [name for name, e in study.experiments.items() if e.figure == "gradients"]
forced = [name for name, e in study.experiments.items() if e.figure == "forced"]
courses = [name for name, e in study.experiments.items() if e.figure == "course"]


rule plot_divergence:
    input:
        exponents="<results>/exponents/{series}.nc",
    output:
        pdf="<results>/figures/divergence-{series}.pdf",
        png=report(
            "<results>/figures/divergence-{series}.png",
            caption="../report/plot_divergence.rst",
            category="Exponents",
            labels={"series": "{series}"},
        ),
    log:
        "<results>/logs/plot_divergence/{series}.log",
    benchmark:
        "<results>/benchmarks/plot_divergence/{series}.jsonl"
    priority: 1  # all else waits for series, and theirs are the first figures
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.divergence_figure),
    script:
        "../../scripts/plot_divergence.py"


rule plot_sweep:
    input:
        exponents=lambda w: study.sweep_figure(**w).paths("exponents"),
        measures=lambda w: study.sweep_figure(**w).paths("measures"),
    output:
        pdf="<results>/figures/{experiment}-{convention}.pdf",
        png=report(
            "<results>/figures/{experiment}-{convention}.png",
            caption="../report/plot_sweep.rst",
            category="Reconstruction against τ",
            labels={"figure": "{experiment}, {convention} convention"},
        ),
    log:
        "<results>/logs/plot_sweep/{experiment}-{convention}.log",
    benchmark:
        "<results>/benchmarks/plot_sweep/{experiment}-{convention}.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.sweep_figure),
    script:
        "../../scripts/plot_sweep.py"


rule plot_attractor:
    input:
        series=lambda w: study.attractor_figure(**w).paths("series"),
        exponents=lambda w: study.attractor_figure(**w).paths("exponents"),
        free_runs=lambda w: study.attractor_figure(**w).paths("free_runs"),
        measures=lambda w: study.attractor_figure(**w).paths("measures"),
    output:
        pdf="<results>/figures/{experiment}.pdf",
        png=report(
            "<results>/figures/{experiment}.png",
            caption="../report/plot_attractor.rst",
            category="Attractors",
            labels={"figure": "{experiment}, standard convention"},
        ),
    log:
        "<results>/logs/plot_attractor/{experiment}.log",
    benchmark:
        "<results>/benchmarks/plot_attractor/{experiment}.jsonl"
    wildcard_constraints:
        experiment="|".join(attractors) or "-",
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.attractor_figure),
    script:
        "../../scripts/plot_attractor.py"


rule plot_gradients:
    input:
        gradients=lambda w: study.gradients_figure(**w).paths("gradients"),
    output:
        pdf="<results>/figures/{experiment}.pdf",
        png=report(
            "<results>/figures/{experiment}.png",
            caption="../report/plot_gradients.rst",
            category="Gradients",
            labels={"figure": "{experiment}"},
        ),
    log:
        "<results>/logs/plot_gradients/{experiment}.log",
    benchmark:
        "<results>/benchmarks/plot_gradients/{experiment}.jsonl"
    wildcard_constraints:
        experiment="|".join(traces) or "-",
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.gradients_figure),
    script:
        "../../scripts/plot_gradients.py"


rule plot_theorems:
    input:
        gradients=lambda w: study.theorems.figure(**w).paths("gradients"),
    output:
        pdf="<results>/figures/{experiment}-{origin}.pdf",
        png=report(
            "<results>/figures/{experiment}-{origin}.png",
            caption="../report/plot_theorems.rst",
            category="Gradients",
            labels={"figure": "{experiment}, {origin} nets"},
        ),
    log:
        "<results>/logs/plot_theorems/{experiment}-{origin}.log",
    benchmark:
        "<results>/benchmarks/plot_theorems/{experiment}-{origin}.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.theorems.figure),
    script:
        "../../scripts/plot_theorems.py"


rule plot_link:
    input:
        growth="<results>/tables/growth.nc",
    output:
        pdf="<results>/figures/link.pdf",
        png=report(
            "<results>/figures/link.png",
            caption="../report/plot_link.rst",
            category="Gradients",
            labels={"figure": "link"},
        ),
    log:
        "<results>/logs/plot_link.log",
    benchmark:
        "<results>/benchmarks/plot_link.jsonl"
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.theorems.link_figure),
    script:
        "../../scripts/plot_link.py"


rule plot_forced:
    input:
        exponents=lambda w: study.theorems.forced_figure(**w).paths("exponents"),
        forced=lambda w: study.theorems.forced_figure(**w).paths("forced"),
    output:
        pdf="<results>/figures/{experiment}.pdf",
        png=report(
            "<results>/figures/{experiment}.png",
            caption="../report/plot_forced.rst",
            category="Gradients",
            labels={"figure": "{experiment}"},
        ),
    log:
        "<results>/logs/plot_forced/{experiment}.log",
    benchmark:
        "<results>/benchmarks/plot_forced/{experiment}.jsonl"
    wildcard_constraints:
        experiment="|".join(forced) or "-",
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.theorems.forced_figure),
    script:
        "../../scripts/plot_forced.py"


rule plot_course:
    input:
        courses=lambda w: study.theorems.course_figure(**w).paths("courses"),
    output:
        pdf="<results>/figures/{experiment}.pdf",
        png=report(
            "<results>/figures/{experiment}.png",
            caption="../report/plot_course.rst",
            category="Gradients",
            labels={"figure": "{experiment}"},
        ),
    log:
        "<results>/logs/plot_course/{experiment}.log",
    benchmark:
        "<results>/benchmarks/plot_course/{experiment}.jsonl"
    wildcard_constraints:
        experiment="|".join(courses) or "-",
    conda:
        "../../envs/chaoslearn.yaml"
    params:
        **parameters(study.theorems.course_figure),
    script:
        "../../scripts/plot_course.py"
