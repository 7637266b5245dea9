# The table of contents: what is configured, which stages there are, what is made.
from chaoslearn.workflow import open_study, start_without_limit


configfile: "config.yaml"


study = open_study(config, workflow)


pathvars:
    results=config["results"],


wildcard_constraints:
    series=r"[a-z][a-z0-9_]*",
    cell=r"[^/]+",
    forcing=r"[^/]+",
    block=r"\d+",
    experiment=r"[a-z][A-Za-z0-9_]*",
    convention="published|standard",
    regime="fixed-point|cycle|torus|chaos",
    origin="constructed|trained",


include: "workflow/rules/series.smk"
include: "workflow/rules/exponents.smk"
include: "workflow/rules/training.smk"
include: "workflow/rules/gradients.smk"
include: "workflow/rules/measures.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/scorecard.smk"


rule all:
    default_target: True
    input:
        [file for job in study.jobs() for file in job.files],


onstart:
    start_without_limit(workflow)
