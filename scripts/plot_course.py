"""Draw gradients and exponents in the course of trainings."""

import json

from chaoslearn import store
from chaoslearn.figures import course, style
from chaoslearn.job import reporting

with reporting(snakemake.log):
    courses = {}
    forcings = snakemake.params.settings["forcings"]
    for path, forcing in zip(snakemake.input.courses, forcings, strict=True):
        dataset = store.read(path)
        courses[json.loads(dataset.attrs["wildcards"])["cell"], forcing] = dataset
    style.save(course.draw(courses), snakemake.output.pdf, snakemake.output.png)
