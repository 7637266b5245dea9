"""Draw gradients and exponents in the course of trainings."""

import json

from chaoslearn import store
from chaoslearn.figures import course, style
from chaoslearn.job import reporting

with reporting(snakemake.log):
    courses = {}
    for path in snakemake.input.courses:
        dataset = store.read(path)
        names = json.loads(dataset.attrs["wildcards"])
        courses[names["cell"], names["forcing"]] = dataset
    style.save(course.draw(courses), snakemake.output.pdf, snakemake.output.png)
